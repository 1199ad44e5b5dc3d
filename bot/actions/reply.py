"""One bubble of the assistant's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from rasa_sdk.executor import CollectingDispatcher

from bot.attachments.content import ACCEPTED
from bot.shopping.state import ShoppingState
from recommender.offer import Offer

# What a card shows. Rasa keeps every reply in the tracker and posts all of that to each action,
# so that descriptions would grow every later turn.
_CARD = frozenset({"id", "title", "brand", "price", "currency", "in_stock", "url", "image", "why"})


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is looked for, with the sentence that takes it away."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Table:
    """Products beside each other: one column each, one row for each attribute that differs."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """Name and one value for each column; an empty value is one that the catalogue lacks."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An invitation to add files to this."""

    max_bytes: int
    """Of one."""


StageState = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of something that takes days."""

    title: str
    time: str
    """In the shop's words: when it was, or when it should be; empty where nobody knows."""
    state: StageState


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    offers: tuple[Offer, ...] = ()
    """Shown as cards."""
    quick_replies: tuple[str, ...] = ()
    """Sentences the customer may send with one tap. Each must lead somewhere."""
    chips: tuple[Chip, ...] = ()
    """What is looked for, each to be taken away with one tap."""
    table: Table | None = None
    timeline: tuple[Stage, ...] = ()
    """What the text says of an order's way, to be seen at a glance."""
    upload: Upload | None = None

    query: str = ""
    """What was searched for where the offers are what was found; no customer sees it."""

    def send(self, dispatcher: CollectingDispatcher, currency: str = "") -> None:
        """Says it through Rasa, in one call, so that channels keep text and cards together.

        Args:
            currency: of products for which the catalogue names none.
        """
        custom: dict[str, Any] = {}
        if self.offers:
            custom["products"] = [_card(offer, currency) for offer in self.offers]
            if self.query:
                custom["query"] = self.query
        if self.chips:
            custom["constraints"] = [
                {"title": chip.title, "payload": chip.payload} for chip in self.chips
            ]
        if self.table:
            custom["table"] = {
                "columns": list(self.table.columns),
                "rows": [
                    {"name": name, "values": list(values)} for name, values in self.table.rows
                ],
            }
        if self.timeline:
            custom["timeline"] = [
                {"title": stage.title, "time": stage.time, "state": stage.state}
                for stage in self.timeline
            ]
        if self.upload:
            types = list(ACCEPTED)
            custom["upload"] = {"max_bytes": self.upload.max_bytes, "types": types}
        buttons = [{"title": words, "payload": words} for words in self.quick_replies]
        dispatcher.utter_message(text=self.text, json_message=custom or None, buttons=buttons)


def _card(offer: Offer, currency: str) -> dict[str, Any]:
    shown = {name: value for name, value in offer.to_json().items() if name in _CARD}
    return {**shown, "currency": shown["currency"] or currency}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an act says, and what it changes."""

    replies: tuple[Reply, ...]
    state: ShoppingState | None = None
    """The shopping state after it; None leaves it as it was."""
    slots: Mapping[str, Any] | None = None
    """Other slots, with their new values."""
    missed: bool = False
    """Whether nothing was understood, and all that is said is so."""

    def and_then(self, later: "Answer") -> "Answer":
        """Both, one after the other; the later state holds."""
        return replace(
            self,
            replies=(*self.replies, *later.replies),
            state=later.state or self.state,
            slots={**(self.slots or {}), **(later.slots or {})} or None,
            missed=(self.missed or not self.replies) and later.missed,
        )
