"""What is wrong with a file of help pages."""

from pathlib import Path


class PolicyError(Exception):
    """A file that can't be used; the message names it, and the line where that is known."""

    def __init__(self, file: Path, reason: str, line: int | None = None) -> None:
        place = f"{file}, line {line}" if line else f"{file}"
        super().__init__(f"{place}: {reason}.")
