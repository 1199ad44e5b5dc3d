"""The dialogue model: training it with Rasa, and the environment that Rasa runs in."""

import hashlib
import os
import subprocess
from pathlib import Path

from bot.secret_key import read_or_create
from bot.settings import PROJECT_ROOT, Settings

INPUTS = ("config.yml", "domain.yml", "bot/data", "bot/nlu")
MODEL_NAME = "aisle.tar.gz"


class DialogueError(Exception):
    """The dialogue model can't be trained or run; the message says what to do."""


def model_folder(settings: Settings) -> Path:
    return settings.data_dir / "models" / "dialogue"


def rasa_environment(settings: Settings) -> dict[str, str]:
    """What `credentials.yml`, `endpoints.yml` and our components read from the environment."""
    return {
        **os.environ,
        "AISLE_DATA_DIR": str(settings.data_dir),
        "AISLE_SERVICE_URL": settings.service_url,
        "AISLE_ACTIONS_KEY": read_or_create(settings.actions_key_file),
        "AISLE_ALLOWED_ORIGINS": ",".join(settings.origins),
        "AISLE_TRACKER_DB": str(settings.data_dir / "conversations.db"),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONUNBUFFERED": "1",
    }


def rasa_command(settings: Settings, *arguments: str) -> list[str]:
    """The command line for Rasa in its own environment.

    Raises:
        DialogueError: that environment is not there.
    """
    if not settings.rasa_python.exists():
        raise DialogueError(
            f"Rasa's environment is missing ({settings.rasa_python}). Run `make setup`."
        )
    return [str(settings.rasa_python), "-m", "rasa", *arguments]


def is_trained(settings: Settings) -> bool:
    """Whether the trained model is there and was made from the inputs as they are now."""
    folder = model_folder(settings)
    stamp = folder / "inputs.sha256"
    return (
        (folder / MODEL_NAME).exists()
        and stamp.exists()
        and stamp.read_text() == _inputs_digest(settings)
    )


def train(settings: Settings, *, force: bool = False) -> bool:
    """Trains the dialogue model where its inputs changed; says whether it had to.

    Raises:
        DialogueError: the training failed; the log's last line is in the message.
    """
    if is_trained(settings) and not force:
        return False
    folder = model_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    log = settings.data_dir / "logs" / "rasa-train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    digest = _inputs_digest(settings)
    command = rasa_command(
        settings,
        *("train", "--config", "config.yml", "--domain", "domain.yml", "--data", "bot/data"),
        *("--out", str(folder), "--fixed-model-name", MODEL_NAME.removesuffix(".tar.gz")),
        *(("--force",) if force else ()),
    )
    with log.open("w") as output:
        done = subprocess.run(
            command,
            cwd=PROJECT_ROOT,
            env=rasa_environment(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0 or not (folder / MODEL_NAME).exists():
        raise DialogueError(f"rasa train failed: {last_line(log)} ({log})")
    (folder / "inputs.sha256").write_text(digest)
    return True


def last_line(log: Path) -> str:
    """What a process said last, which usually is why it ended."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    return next((line for line in reversed(lines) if line), "it said nothing")


def _inputs_digest(settings: Settings) -> str:
    """Of everything the model is made from: training data, pipeline code, sentence encoder."""
    digest = hashlib.sha256()
    encoder = settings.data_dir / "models" / "encoder" / "model.onnx"
    for name in INPUTS:
        path = PROJECT_ROOT / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in {".py", ".yml"}:
                digest.update(str(file.relative_to(PROJECT_ROOT)).encode() + b"\0")
                digest.update(file.read_bytes() + b"\0")
    if encoder.exists():
        status = encoder.stat()
        digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
