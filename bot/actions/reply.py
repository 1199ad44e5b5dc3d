"""One bubble of the assistant's answer."""

from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from recommender.offer import Offer

# What a card shows. Rasa keeps every reply in the tracker and posts all of that to each action,
# so that descriptions would grow every later turn.
_CARD = frozenset({"id", "title", "brand", "price", "currency", "in_stock", "url", "image", "why"})


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    offers: tuple[Offer, ...] = ()
    """Shown as cards."""
    quick_replies: tuple[str, ...] = ()
    """Sentences the customer may send with one tap. Each must lead somewhere."""

    def send(self, dispatcher: CollectingDispatcher) -> None:
        """Says it through Rasa, in one call, so that channels keep text and cards together."""
        cards = {"products": [_card(offer) for offer in self.offers]} if self.offers else None
        buttons = [{"title": words, "payload": words} for words in self.quick_replies]
        dispatcher.utter_message(text=self.text, json_message=cards, buttons=buttons)


def _card(offer: Offer) -> dict[str, Any]:
    return {name: value for name, value in offer.to_json().items() if name in _CARD}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action says, and which slots it sets."""

    replies: tuple[Reply, ...]
    slots: dict[str, Any] | None = None
