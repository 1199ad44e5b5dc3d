"""Returns in words: how they are, and how the things get back."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session, sessionmaker

from bot.orders.placed_order import PlacedOrder
from bot.orders.returns import PlacedReturn
from bot.voice.voice import Voice
from catalog.models import Policy
from catalog.policies import list_policies

_PAGE = "return"
"""In the name of the page that tells of returns."""


def states(voice: Voice, order: PlacedOrder, returns: Sequence[PlacedReturn]) -> list[str]:
    """Where each return of the order is."""
    title_of = {line.id: line.title for line in order.lines}
    return [
        voice.say(
            "return-state",
            status=each.status.value,
            number=each.number,
            titles=[f"{n} × {title_of[id]}" for id, n in each.lines.items() if id in title_of],
            asked=each.created_at,
        )
        for each in returns
    ]


def returns_page(session: Session) -> Policy | None:
    """The shop's own page about returns."""
    return next((page for page in list_policies(session) if _PAGE in page.slug), None)


def directions(
    voice: Voice,
    sessions: sessionmaker[Session],
    number: str,
    label: str,
    address: str,
    until: date | None,
) -> str:
    """Where a return goes, with what on it, and by when."""
    said = []
    if label:
        said.append(voice.say("return-label", number=number, label=label))
    if address:
        said.append(voice.say("return-address", number=number, address=address))
    if not said:
        with sessions() as session:
            page = returns_page(session)
        said.append(_page(voice, page) if page else voice.say("return-ask-shop"))
    if until is not None:
        said.append(voice.say("return-by", until=until))
    return " ".join(said)


def _page(voice: Voice, page: Policy) -> str:
    return voice.say("return-page", page=page.title, address=page.url or f"/policies/{page.slug}")
