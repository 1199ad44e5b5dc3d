"""Secrets that are made on first use. Runs in both environments, so it needs nothing but Python."""

import os
import secrets
import tempfile
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
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(beside)
    return path.read_text().strip()
