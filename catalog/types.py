"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer
from sqlalchemy.types import TypeDecorator

SurrogateKey = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number that the database counts up. SQLite's INTEGER is one, and only it counts up."""


def enum_column_type(kind: type[StrEnum], length: int) -> Enum:
    """Text of at most `length` characters: the value of one of `kind`, not its name."""
    return Enum(
        kind,
        native_enum=False,
        length=length,
        values_callable=lambda kinds: [each.value for each in kinds],
    )


MONEY_PLACES = 4
_SCALE: int = 10**MONEY_PLACES


class Money(TypeDecorator[Decimal]):
    """An exact decimal amount, stored as a whole number of 1/10,000 units.

    SQLite has no decimal type and would keep a float; a scaled integer is exact, sorts and
    compares in SQL, and holds every currency's minor unit (four places at most, ISO 4217).
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | str | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * _SCALE
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {MONEY_PLACES} decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        amount = Decimal(value) / _SCALE
        return amount.quantize(Decimal("0.01")) if value % 100 == 0 else amount.normalize()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite drops the zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: give it a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
