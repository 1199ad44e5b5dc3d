"""The dialogue model: training it with Rasa, and the environment that Rasa runs in."""

import hashlib
import os
import subprocess
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.privacy.tracker_url import with_our_driver
from bot.secret_key import read_or_create
from bot.settings import PROJECT_ROOT, Settings
from catalog.database import connect

INPUTS = ("config.yml", "domain.yml", "bot/data", "bot/nlu")
MODEL_NAME = "aisle.tar.gz"


class DialogueError(Exception):
    """The dialogue model can't be trained or run; the message says what to do."""


def model_folder(settings: Settings) -> Path:
    return settings.data_dir / "models" / "dialogue"


def rasa_environment(settings: Settings, worker: int = 1) -> dict[str, str]:
    """What `credentials.yml`, `endpoints.yml` and our components read from the environment.

    Args:
        worker: Which of several Rasa processes it is for, from 1 on.
    """
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        **os.environ,
        **settings.channel_environment(),
        "AISLE_DATA_DIR": str(settings.data_dir),
        "AISLE_SERVICE_URL": settings.service_url,
        "AISLE_ACTIONS_KEY": read_or_create(settings.actions_key_file),
        "AISLE_ALLOWED_ORIGINS": ",".join(settings.origins),
        "AISLE_REDIS_URL": settings.redis_url,
        "AISLE_TRACKER_URL": settings.tracker_url,
        "AISLE_RASA_WORKERS": str(settings.rasa_workers),
        "AISLE_RASA_WORKER": str(worker),
        "AISLE_SHARED_PORT": f"{host}:{settings.rasa_port}" if settings.rasa_workers > 1 else "",
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


def check_tracker(settings: Settings) -> None:
    """Opens the database that is to keep the conversations, where it is a server's: Rasa would
    try until nobody waits for it any more, and not say why.

    Raises:
        DialogueError: it can't be opened.
    """
    try:
        url = with_our_driver(make_url(settings.tracker_url))
        if url.get_backend_name() != "sqlite":
            engine = connect(url.render_as_string(hide_password=False))
            engine.connect().close()
            engine.dispose()
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        if isinstance(error, ArgumentError):
            reason = "it is no address of a database"  # which would show its password
        raise DialogueError(
            f"The database of AISLE_TRACKER_URL can't be opened ({reason}). Start it, make the "
            "database, or unset AISLE_TRACKER_URL."
        ) from error


def check_redis(settings: Settings) -> None:
    """Asks the Redis that Rasa's processes share, with what they ask it with.

    Raises:
        DialogueError: it does not answer.
    """
    if not settings.redis_url:
        return
    ask = "import os, redis; redis.from_url(os.environ['AISLE_REDIS_URL'], socket_timeout=5,"
    ask += " socket_connect_timeout=5).ping()"
    done = subprocess.run(
        [*rasa_command(settings)[:1], "-c", ask],
        env=rasa_environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
        reason = lines[-1].rpartition("exceptions.")[2]
        raise DialogueError(
            f"The Redis of AISLE_REDIS_URL does not answer ({reason}). Start it, or unset "
            "AISLE_REDIS_URL and AISLE_RASA_WORKERS."
        )


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
