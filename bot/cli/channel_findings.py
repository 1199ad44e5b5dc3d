"""What `aisle validate channels` says, which asks the platforms from Rasa's environment."""

import json
import subprocess

from bot.cli.finding import Finding
from bot.dialogue import rasa_environment
from bot.settings import PROJECT_ROOT, Settings

_SECONDS = 300


def channel_findings(settings: Settings) -> list[Finding]:
    """One for each messaging platform that has keys."""
    if not settings.rasa_python.exists():
        return [Finding("Channels", "error", f"{settings.rasa_python} is missing", "`make setup`")]
    done = subprocess.run(
        [str(settings.rasa_python), "-m", "bot.channels.messaging.check"],
        cwd=PROJECT_ROOT,
        env=rasa_environment(settings),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return [Finding("Channels", "error", reason, "Run `make setup`.")]
    found = [Finding(**each) for each in json.loads(done.stdout)]
    nothing = "no messaging platform has keys; the web channel is the only one"
    return found or [Finding("Channels", "ok", nothing)]
