"""Vouchers: looking them up."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomllib
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalog.models import Voucher, VoucherKind


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


class VoucherError(Exception):
    """A file of vouchers can't be used; the message says which entry and why."""


def load_vouchers(
    session: Session, path: Path, now: datetime, *, currency: str = ""
) -> list[Voucher]:
    """Adds or changes the vouchers of a TOML file, as `catalog/demo/vouchers.toml` is written.

    Args:
        now: What the file's `until` and `from`, in days, count from; dates may stand there too.

    Raises:
        VoucherError: the file can't be read, or an entry is wrong.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("vouchers", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VoucherError(f"{path} can't be read: {error}") from error
    if not rows:
        raise VoucherError(f"{path} has no [[vouchers]].")
    return [session.merge(_voucher(path, row, now, currency)) for row in rows]


def _voucher(path: Path, row: dict[str, Any], now: datetime, currency: str) -> Voucher:
    try:
        return Voucher(
            code=voucher_code(row["code"]),
            kind=VoucherKind(row["kind"]),
            value=Decimal(row["value"]),
            currency=row.get("currency", currency),
            threshold=_amount(row.get("threshold")),
            cap=_amount(row.get("cap")),
            brand=row.get("brand", ""),
            valid_from=_moment(now, row.get("from")),
            valid_until=_moment(now, row.get("until")),
            public=bool(row.get("public", False)),
        )
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        name = row.get("code", "an entry without a code")
        raise VoucherError(f"{path}, {name}: {type(error).__name__} {error}") from error


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(now: datetime, value: Any) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min, UTC)
    return now + timedelta(days=float(value))


def voucher_code(text: str) -> str:
    """A code as the database has it: `save 10` is `SAVE10`."""
    return "".join(text.split()).upper()
