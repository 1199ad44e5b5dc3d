"""What a feed's cells mean: prices, stock and text. Every refusal says what to write instead."""

import re
from decimal import Decimal
from html.parser import HTMLParser

from catalog.types import MONEY_PLACES

MAX_PRICE = Decimal(10) ** 12
MAX_STOCK = 2**31 - 1

# A dollar may be any country's; unless the feed says which, it is the US one.
_CURRENCY_OF_SYMBOL = {"€": "EUR", "£": "GBP", "$": "USD", "₹": "INR", "₩": "KRW", "元": "CNY"}
_DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"])
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])

_PRICE = re.compile(
    r"(?P<before>[A-Za-z]{3}|[^\w\s.,'’+-])?\s*"
    r"(?P<amount>[+-]?\d(?:[\d.,'’\s]*\d)?)"
    r"\s*(?P<after>[A-Za-z]{3}|[^\w\s.,'’+-]|元)?"
)
_POINT = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(['’\s]\d{3})+(\.\d+)?")
_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(\.\d{3})+,\d{1,2}|\d{1,3}(\s\d{3})+,\d{1,2}")
_POINT_OR_GROUPS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class RowError(ValueError):
    """A row that cannot be imported; the message tells the shop keeper what to do about it."""


def parse_price(text: str, currency: str = "") -> tuple[Decimal | None, str]:
    """The exact amount and ISO 4217 currency of a price such as `54`, `$1,299.00` or `54,00 EUR`.

    No text is no price. `currency` is what the feed says beside the price; it must agree with what
    stands in it. The currency is empty where nothing says it.

    Raises:
        RowError: not a price, a negative one, or one that could be read in two ways.
    """
    currency = _currency(currency)
    text = text.strip()
    if not text:
        return None, currency
    match = _PRICE.fullmatch(text)
    if match is None:
        raise RowError(f"price {_quote(text)} is not a number: write it like 54.00")
    for mark in (match["before"], match["after"]):
        currency = _agreed(currency, mark, text)
    digits = match["amount"].removeprefix("+")
    if digits.startswith("-"):
        raise RowError(f"price {_quote(text)} is negative: write what the customer pays")
    if _POINT_OR_GROUPS.fullmatch(digits) and currency not in _THREE_DECIMALS:
        raise RowError(
            f"price {_quote(text)} could be {digits.replace('.', '')}.00 or {digits}0: "
            "write it with two decimals"
        )
    if _POINT.fullmatch(digits):
        amount = Decimal(re.sub(r"[,'’\s]", "", digits))
    elif _COMMA.fullmatch(digits):
        amount = Decimal(re.sub(r"[.\s]", "", digits).replace(",", "."))
    else:
        raise RowError(f"price {_quote(text)} is not a number: write it like 1299.00")
    if amount >= MAX_PRICE:
        raise RowError(f"price {_quote(text)} is too large")
    if amount != round(amount, MONEY_PLACES):
        raise RowError(f"price {_quote(text)} has more than {MONEY_PLACES} decimals: round it")
    return amount, currency


def parse_stock(text: str) -> int | None:
    """Units on hand; None where nothing is said.

    Raises:
        RowError: not a whole number from 0 up.
    """
    text = text.strip()
    if not text:
        return None
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?", text, re.ASCII)
    if match is None:
        raise RowError(
            f"stock {_quote(text)} is not a whole number from 0 up: "
            "write 0 when sold out, nothing when unknown"
        )
    if len(match[1]) > 14 or (stock := int(match[1].replace(",", ""))) > MAX_STOCK:
        raise RowError(f"stock {_quote(text)} is too large")
    return stock


def plain_text(text: str) -> str:
    """Text without HTML, one line a paragraph or list item. Plain text comes back stripped only."""
    if not _MARKUP.search(text):
        return text.strip()
    reader = _TextOfHtml()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).splitlines())
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Plain text with every run of white space made a single space."""
    return " ".join(plain_text(text).split())


def category_path(text: str) -> str:
    """`Shoes>Running ` as `Shoes > Running`."""
    return " > ".join(part for piece in plain_text(text).split(">") if (part := one_line(piece)))


_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)


class _TextOfHtml(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def _currency(text: str) -> str:
    text = text.strip().upper()
    if text and not re.fullmatch(r"[A-Z]{3}", text):
        raise RowError(f"currency {_quote(text)} is not a code of three letters, such as USD")
    return text


def _agreed(currency: str, mark: str | None, price: str) -> str:
    """The currency, now that this mark stands in the price too."""
    if not mark:
        return currency
    if (mark == "$" and currency in _DOLLARS) or (mark == "¥" and currency in ("JPY", "CNY")):
        return currency
    if mark == "¥" and not currency:
        raise RowError(f"price {_quote(price)} may be yen or yuan: write JPY or CNY")
    stated = _CURRENCY_OF_SYMBOL.get(mark) or (mark.upper() if mark.isascii() else "")
    if not re.fullmatch(r"[A-Z]{3}", stated):
        raise RowError(f"price {_quote(price)} has a sign that is no known currency: {mark}")
    if currency and currency != stated:
        raise RowError(f"price {_quote(price)} is not in {currency}: say one currency")
    return stated


def _quote(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
