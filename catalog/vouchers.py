"""Vouchers: looking them up."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalog.models import Voucher


def find_voucher(session: Session, code: str | None) -> Voucher | None:
    """The voucher of this code, however it is written; None if there is none."""
    if not code or not code.isprintable():
        return None
    return session.get(Voucher, voucher_code(code))


def public_vouchers(session: Session, now: datetime) -> Sequence[Voucher]:
    """Those that anybody may be told of and that count now, by code."""
    counting = (
        select(Voucher)
        .where(Voucher.public)
        .where(or_(Voucher.valid_from.is_(None), Voucher.valid_from <= now))
        .where(or_(Voucher.valid_until.is_(None), Voucher.valid_until > now))
    )
    return session.scalars(counting.order_by(Voucher.code)).all()


def voucher_code(text: str) -> str:
    """A code as the database has it: `save 10` is `SAVE10`."""
    return "".join(text.split()).upper()
