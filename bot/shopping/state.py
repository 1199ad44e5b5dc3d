"""The shopping state: what the customer wants and has seen, kept in one slot."""

import logging
from dataclasses import dataclass, field, replace
from typing import Any

from recommender.query.constraints import Constraints, ParsedQuery

SLOT = "shopping"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShoppingState:
    text: str = ""
    """The search text: what kind of thing, without the constraints."""
    filters: Constraints = field(default_factory=Constraints)
    shown: tuple[str, ...] = ()
    """Variant ids of the last page of cards, in the order shown: what "the second one" means."""
    seen: tuple[str, ...] = ()
    """Variant ids of all pages of this search: what "show me more" leaves out."""
    focus: str | None = None
    """The variant id that "it" means."""

    @property
    def has_search(self) -> bool:
        return bool(self.text or self.filters)

    @property
    def query(self) -> ParsedQuery:
        return ParsedQuery(self.text, self.filters)

    def for_query(self, query: ParsedQuery) -> "ShoppingState":
        """The state at the start of another search; what is on the screen stays referable."""
        return replace(self, text=query.text, filters=query.filters, seen=(), focus=None)

    def after_showing(self, ids: list[str]) -> "ShoppingState":
        """The state with one more page of cards shown. Of a single card, "it" is plain."""
        return replace(
            self,
            shown=tuple(ids),
            seen=(*self.seen, *ids),
            focus=ids[0] if len(ids) == 1 else None,
        )

    def focused_on(self, id: str) -> "ShoppingState":
        return replace(self, focus=id)

    def to_slot(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "filters": self.filters.to_json(),
            "shown": list(self.shown),
            "seen": list(self.seen),
            "focus": self.focus,
        }

    @classmethod
    def from_slot(cls, value: object) -> "ShoppingState":
        """The inverse of `to_slot`. A slot of another shape, from an older version, is empty."""
        if value is None:
            return cls()
        try:
            if not isinstance(value, dict):
                raise ValueError("not an object")
            focus = value.get("focus")
            return cls(
                text=str(value.get("text", "")),
                filters=Constraints.from_json(value.get("filters", {})),
                shown=tuple(map(str, value.get("shown", ()))),
                seen=tuple(map(str, value.get("seen", ()))),
                focus=None if focus is None else str(focus),
            )
        except (ValueError, TypeError, AttributeError) as error:
            logger.warning("A shopping slot could not be read (%s); starting afresh", error)
            return cls()
