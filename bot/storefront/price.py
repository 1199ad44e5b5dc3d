"""Prices as an English page writes them."""

from decimal import Decimal

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹"}
_WITHOUT_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP"})


def format_price(price: Decimal, currency: str) -> str:
    """`$1,054.00`, `¥5,400`, `54.00 CHF`; the number alone where no currency is known."""
    number = f"{price:,.0f}" if currency in _WITHOUT_MINOR_UNIT else f"{price:,.2f}"
    if currency in _SYMBOLS:
        return _SYMBOLS[currency] + number
    return f"{number} {currency}".strip()
