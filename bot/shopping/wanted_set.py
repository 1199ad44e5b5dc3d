"""Several things wanted within one budget, which the next turns edit as they edit a search."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class WantedThing:
    words: str
    quantity: int = 1
    below: Decimal | None = None
    """It must cost less than this apiece."""
    passed: tuple[str, ...] = ()
    """Variant ids that the customer has seen and wants another for."""

    def to_json(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "quantity": self.quantity,
            "below": None if self.below is None else str(self.below),
            "passed": list(self.passed),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "WantedThing":
        below = data.get("below")
        return cls(
            str(data["words"]),
            int(data.get("quantity", 1)),
            None if below is None else Decimal(below),
            tuple(map(str, data.get("passed", ()))),
        )


@dataclass(frozen=True, slots=True)
class WantedSet:
    things: tuple[WantedThing, ...] = ()
    budget: Decimal | None = None
    """What all may cost together, by the customer's words."""
    below: Decimal | None = None
    """What it may come to at most, to be cheaper than what was shown."""
    chosen: tuple[str, ...] = ()
    """The variant id last shown for each thing, in their order."""

    def __bool__(self) -> bool:
        return bool(self.things)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(thing.words for thing in self.things)

    @property
    def limit(self) -> Decimal | None:
        """The lower of the two."""
        limits = [limit for limit in (self.budget, self.below) if limit is not None]
        return min(limits, default=None)

    def with_thing(self, place: int, thing: WantedThing) -> "WantedSet":
        return replace(self, things=(*self.things[:place], thing, *self.things[place + 1 :]))

    def without(self, place: int) -> "WantedSet":
        return replace(
            self,
            things=(*self.things[:place], *self.things[place + 1 :]),
            chosen=(*self.chosen[:place], *self.chosen[place + 1 :]),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "things": [thing.to_json() for thing in self.things],
            "budget": None if self.budget is None else str(self.budget),
            "below": None if self.below is None else str(self.below),
            "chosen": list(self.chosen),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "WantedSet":
        """The inverse of `to_json`."""
        budget, below = data.get("budget"), data.get("below")
        return cls(
            tuple(map(WantedThing.from_json, data.get("things", ()))),
            None if budget is None else Decimal(budget),
            None if below is None else Decimal(below),
            tuple(map(str, data.get("chosen", ()))),
        )
