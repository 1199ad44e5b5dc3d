"""What the actions need from the service."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.attachments import Attachments
from bot.checkout import CheckoutLinks
from bot.help.answers import HelpDesk
from bot.identity.codes import OneTimeCodes
from bot.identity.identities import Identities
from bot.orders.desk import OrderDesk
from bot.support.continuing import Continuing
from bot.support.handing_over import People
from bot.voice.voice import Voice
from recommender.search import SearchEngine


@dataclass(frozen=True, slots=True)
class ActionContext:
    """Made once by the service, and given to every action."""

    search: SearchEngine
    sessions: sessionmaker[Session]
    voice: Voice
    checkout: CheckoutLinks
    orders: OrderDesk
    identities: Identities
    codes: OneTimeCodes
    people: People | None = None
    """To whom conversations are handed over; None where the shop has no desk."""
    continuing: Continuing | None = None
    """How one customer goes on on another channel."""
    help: HelpDesk | None = None
    """What the shop's own pages say; None where an act needs none of them."""
    mailbox: str = ""
    """The page where the demo's customers read their mail; empty where mail is really sent."""
    attachments: Attachments | None = None
    """What customers add to returns; None where an act takes none."""
