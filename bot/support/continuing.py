"""One customer on two channels: known again on a messaging channel, and going on where they were.

Only who has just proved who they are, by a code or a token, is linked or gets anything of another
conversation. A link shows orders; what cannot be taken back still asks for a proof.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.conversation_id import WEB, channel_of
from bot.identity.channel_links import ChannelLinks
from bot.identity.identities import Identities
from bot.identity.identity import Method, VerifiedIdentity
from bot.privacy.conversations import ConversationStore
from bot.shopping.state import SLOT, ShoppingState
from catalog.models import ChannelLink, ProvedIdentity

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Continuing:
    sessions: sessionmaker[Session]
    identities: Identities
    links: ChannelLinks
    conversations: ConversationStore | None
    """None where nobody here can look into the tracker store."""

    def known_again(self, conversation: str, device: str, now: datetime) -> VerifiedIdentity | None:
        """Who a messaging channel's sender was linked to; None for a stranger, and on the web."""
        channel = channel_of(conversation)
        who = None if channel == WEB else self.links.of(channel, conversation)
        if who is None:
            return None
        return self.identities.remember(conversation, device, who, Method.LINK, now)

    def forget(self, conversation: str) -> bool:
        """Takes the sender's link away, and says whether there was one."""
        channel = channel_of(conversation)
        return channel != WEB and self.links.unlink(channel, conversation)

    def proved(
        self, conversation: str, here: ShoppingState, who: VerifiedIdentity, now: datetime
    ) -> ShoppingState:
        """Links the sender who has just proved to be `who`; the state that they go on with, which
        is `here` unless another conversation of theirs has something to bring."""
        channel = channel_of(conversation)
        if channel != WEB:
            self.links.link(channel, conversation, who, now)
        left = self._left_elsewhere(conversation, who, now)
        return here if left is None else brought(here, left)

    def _left_elsewhere(
        self, conversation: str, who: VerifiedIdentity, now: datetime
    ) -> ShoppingState | None:
        """The state of the customer's latest other conversation."""
        if self.conversations is None:
            return None
        address = who.email.lower()
        proved = select(ProvedIdentity.conversation_id).where(
            func.lower(ProvedIdentity.email) == address, ProvedIdentity.expires_at > now
        )
        linked = select(ChannelLink.sender_id).where(func.lower(ChannelLink.email) == address)
        with self.sessions() as session:
            others = {*session.scalars(proved), *session.scalars(linked)} - {conversation}
        slot = self.conversations.latest_slot(others, SLOT) if others else None
        return None if slot is None else ShoppingState.from_slot(slot)


def brought(here: ShoppingState, left: ShoppingState) -> ShoppingState:
    """The state here with what was left elsewhere: the cart, the wish list, and what was looked
    for and shown where nothing was yet here. Questions and letters stay where they are."""
    cart = here.cart
    for line in left.cart.lines:
        if not cart.quantity_of(line.id):
            cart = cart.with_quantity(line.id, line.quantity, line.title)
    saved = tuple(dict.fromkeys((*here.saved, *left.saved)))
    kept = replace(here, cart=cart, saved=saved, voucher=here.voucher or left.voucher)
    if here.has_search or here.pages:
        return kept
    return replace(
        kept,
        text=left.text,
        filters=left.filters,
        past=left.past,
        pages=left.pages,
        shown=left.shown,
        seen=left.seen,
        focus=left.focus,
        comparison=left.comparison,
        prices={**left.prices, **here.prices},
        available=tuple(dict.fromkeys((*here.available, *left.available))),
    )
