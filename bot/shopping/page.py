"""What was on the customer's screen, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """The cards of one reply."""

    ids: tuple[str, ...]
    """Of variants, in the order shown."""
    at: float
    """Seconds since 1970."""

    def to_json(self) -> dict[str, Any]:
        return {"ids": list(self.ids), "at": self.at}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Page":
        """The inverse of `to_json`.

        Raises:
            ValueError, TypeError: the data is no page.
        """
        return cls(tuple(map(str, data.get("ids", ()))), float(data.get("at", 0)))
