"""One outcome of `aisle validate`."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    level: Level
    detail: str
    do: str = ""
    """What mends it; empty where nothing is wrong."""
