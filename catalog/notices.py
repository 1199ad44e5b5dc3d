"""Customers' requests to be written to when something is back, or cheaper."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Notice, NoticeKind, Variant
from catalog.products import find_variants


@dataclass(frozen=True, slots=True)
class Due:
    """A notice whose time has come."""

    notice: Notice
    variant: Variant


def ask(
    session: Session,
    email: str,
    variant: Variant,
    kind: NoticeKind,
    *,
    below: Decimal | None = None,
) -> Notice | None:
    """Stores a request; None where one is stored already, which takes the newer limit."""
    open_one = session.scalars(
        select(Notice)
        .where(Notice.email == email, Notice.variant_id == variant.id, Notice.kind == kind)
        .where(Notice.sent_at.is_(None))
    ).one_or_none()
    if open_one is not None:
        open_one.below = below
        return None
    notice = Notice(email=email, variant_id=variant.id, kind=kind, price=variant.price, below=below)
    session.add(notice)
    session.flush()  # which gives it its id
    return notice


def forget(session: Session, ids: Sequence[int]) -> int:
    """Deletes those of these requests that nobody was written to about; says how many."""
    open_ones = session.scalars(
        select(Notice).where(Notice.id.in_(ids), Notice.sent_at.is_(None))
    ).all()
    for notice in open_ones:
        session.delete(notice)
    return len(open_ones)


def due(session: Session) -> list[Due]:
    """All that can be sent now, in the order of asking."""
    waiting = session.scalars(
        select(Notice).where(Notice.sent_at.is_(None)).order_by(Notice.id)
    ).all()
    variants = _variants(session, waiting)
    return [
        Due(notice, variant)
        for notice in waiting
        if (variant := variants.get(notice.variant_id)) is not None and is_due(notice, variant)
    ]


def find_due(session: Session, id: int) -> Due | None:
    """One of them, locked where the database can; None if it is not due, or another has it."""
    chosen = select(Notice).where(Notice.id == id, Notice.sent_at.is_(None))
    notice = session.scalars(chosen.with_for_update(skip_locked=True)).one_or_none()
    if notice is None:
        return None
    variant = _variants(session, [notice]).get(notice.variant_id)
    return Due(notice, variant) if variant is not None and is_due(notice, variant) else None


def is_due(notice: Notice, variant: Variant) -> bool:
    """Whether what was waited for is so: a price below the limit, or below the one of then."""
    if notice.kind is NoticeKind.BACK_IN_STOCK:
        return variant.in_stock is True
    limit = notice.below if notice.below is not None else notice.price
    if variant.price is None or limit is None:
        return False
    return variant.price <= limit if notice.below is not None else variant.price < limit


def _variants(session: Session, notices: Sequence[Notice]) -> dict[str, Variant]:
    found = find_variants(session, list({each.variant_id for each in notices}))
    return {each.id: each for each in found}
