"""Secrets that are made on first use. Runs in both environments, so it needs nothing but Python."""

import os
import secrets
from pathlib import Path


def read_or_create(path: Path) -> str:
    """The secret in the file, made with 256 random bits if there is none yet.

    The file is readable by its owner only. Of two processes that come first at the same time,
    both get the same secret: it is written beside and linked into place, which only one can do.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return path.read_text().strip()
