"""What a platform renders: one bubble, with everything that can be chosen numbered."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.channels.message import Message, Product, Table
from bot.channels.messaging import english


@dataclass(frozen=True)
class Choice:
    """Something to tap, or to type the number of."""

    id: str
    """What a tap sends back, `<set>.<number>`: never the payload, which stays with us."""
    number: int
    """From 1 up, through all that a turn shows."""
    title: str
    payload: str
    product: str = ""
    """The product's title, where it stands for one."""


@dataclass(frozen=True)
class Card:
    """A product, and what choosing it says."""

    product: Product
    choice: Choice


@dataclass(frozen=True)
class Reply:
    """One bubble of the assistant's, or of a person's."""

    text: str
    cards: tuple[Card, ...] = ()
    buttons: tuple[Choice, ...] = ()
    table: Table | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Cards first, then buttons: in the order of their numbers."""
        return (*(card.choice for card in self.cards), *self.buttons)


def numbered(messages: Sequence[Message], choice_set: int, shop: str = "") -> list[Reply]:
    """The bubbles of one turn. Numbers go through all of them, so that "2" means one thing.

    Args:
        shop: where customers reach the service, which products' addresses may be relative to.
    """
    replies: list[Reply] = []
    number = 0
    for message in messages:
        cards = []
        for place, shown in enumerate(message["products"], 1):
            product = _on_the_internet(shown, shop)
            number += 1
            about = english.about_number(place)
            title = product["title"]
            choice = Choice(f"{choice_set}.{number}", number, english.DETAILS, about, title)
            cards.append(Card(product, choice))
        buttons = []
        for button in message["buttons"]:
            number += 1
            said = Choice(f"{choice_set}.{number}", number, button["title"], button["payload"])
            buttons.append(said)
        text = message["text"]
        if message["author"]:
            text = f"{message['author']}: {text}"
        replies.append(Reply(text, tuple(cards), tuple(buttons), message["table"]))
    return replies


def _on_the_internet(product: Product, shop: str) -> Product:
    if not shop:
        return product
    url, image = product["url"], product["image"]
    return {
        **product,
        "url": urljoin(shop, url) if url else "",
        "image": urljoin(shop, image) if image else "",
    }
