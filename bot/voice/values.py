"""What a message may hold besides words, as the shop's locale writes it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

_CENTS = re.compile(r"\.0+")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as a price: "$54.00"."""

    amount: Decimal
    currency: str
    """ISO 4217; empty is the shop's."""


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount as somebody says it, without cents where there are none: "under $60"."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Either:
    """Values of which one is enough: "red or blue"."""

    values: tuple[str, ...]


Value = str | bool | int | Decimal | date | Money | Limit | Either | list[str] | tuple[str, ...]


def written(value: Value, locale: Locale, currency: str) -> str | int | Decimal:
    """The value for a Fluent pattern: text, or a number, by which a plural is chosen."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return money(value.amount, value.currency or currency, locale)
    if isinstance(value, Limit):
        return limit(value.amount, value.currency or currency, locale)
    if isinstance(value, Either):
        return format_list(value.values, style="or", locale=locale)
    if isinstance(value, list | tuple):
        return format_list(value, locale=locale)
    if isinstance(value, date):
        return format_date(value, format="long", locale=locale)
    return value


def money(amount: Decimal, currency: str, locale: Locale) -> str:
    if not currency:
        return format_decimal(amount, format="#,##0.00", locale=locale)
    return _plain(format_currency(amount, currency, locale=locale))


def limit(amount: Decimal, currency: str, locale: Locale) -> str:
    """At most $58.99 is under $59, and that is how people say it."""
    if amount % 1 == Decimal("0.99"):
        amount += Decimal("0.01")
    if amount % 1:
        return money(amount, currency, locale)
    if not currency:
        return format_decimal(amount, format="#,##0", locale=locale)
    pattern = _CENTS.sub("", locale.currency_formats["standard"].pattern)
    return _plain(format_currency(amount, currency, pattern, locale, currency_digits=False))


def _plain(text: str) -> str:
    """With ordinary spaces: customers copy and search what is said."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
