"""What customers put into the cart of what a search showed them, for learning."""

import logging
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.shopping.cart import Cart
from catalog.models import Behaviour, BehaviourKind, Variant

logger = logging.getLogger(__name__)


def record(
    sessions: sessionmaker[Session], conversation_id: str, before: Cart, after: Cart
) -> None:
    """Writes down each new line beside the search that the customer saw the product in, once.

    What no search has shown says nothing of any. What can't be kept is lost: no customer waits
    for it.
    """
    new = set(after.ids) - set(before.ids)
    if not new or not conversation_id:
        return
    try:
        with sessions.begin() as session:
            session.add_all(_events(session, conversation_id, new))
    except SQLAlchemyError as error:
        logger.warning("What went into a cart could not be kept: %s", type(error).__name__)


def _events(session: Session, conversation_id: str, ids: Iterable[str]) -> Iterator[Behaviour]:
    """As the card had it: the customer may have taken another size of the product."""
    products = select(Variant.product_pk).where(Variant.id.in_(ids)).distinct()
    for product in session.scalars(products).all():
        versions = select(Variant.id).where(Variant.product_pk == product)
        seen = session.scalar(
            select(Behaviour)
            .where(Behaviour.conversation_id == conversation_id, Behaviour.product_id.in_(versions))
            .order_by(Behaviour.id.desc())
            .limit(1)
        )
        if seen is not None and seen.event is not BehaviourKind.CART:
            yield Behaviour(
                conversation_id=conversation_id,
                event=BehaviourKind.CART,
                product_id=seen.product_id,
                query=seen.query,
                position=seen.position,
            )
