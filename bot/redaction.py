"""Takes personal data out of what is written to logs. Runs in both environments.

Better one number too many than one too few, but what a shop's engineer needs to follow a log stays:
order numbers, prices, ids and names of products.
"""

import logging
import re
from collections.abc import Callable

_EMAIL = re.compile(r"[\w.!#$%&*+/=?^{|}~-]+(?:'[\w.+-]+)*@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_EMAIL_ENCODED = re.compile(r"[\w.+-]+%40[\w-]+(?:\.[\w-]+)+", re.ASCII | re.IGNORECASE)
"""As in the address of a request."""

_CARD = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){13,18}(?![\w-])", re.ASCII)
_CARD_ISSUERS = re.compile(
    r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|(?:6011|65\d\d|64[4-9]\d)\d{12}|62\d{14,17}|35\d{14}"
)
"""Without the 13 digits of long ago: those are the bar codes of products."""

_PHONE = re.compile(
    r"(?<![\w.#/-])(?:"
    r"\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ .-]?\d){5,12}"  # +49 30 1234567
    r"|(?:1[ .-])?\(\d{3}\)[ .-]?\d{3}[ .-]\d{4}"  # (212) 555-0187
    r"|(?:1[ .-])?[2-9]\d{2}([ .-])\d{3}\1\d{4}"  # 212-555-0187
    r"|0\d{2,4}[ /-]\d{3,4}(?:[ -]?\d{2,5}){1,3}"  # 020 7946 0018, 030/1234567
    r"|1[3-9]\d{9}"  # a Chinese mobile
    r")(?![\w-])",
    re.ASCII,
)
_CODE = re.compile(
    r"((?:\bcode\b|\bpin\b|\botp\b|验证码)\D{0,12}?)(?<!\d)(\d{3}[ -]?\d{3})(?!\d)", re.IGNORECASE
)
_CODE_ALONE = re.compile(r"\s*\d{3}[ -]?\d{3}[\s.]*")

_STREETS = (
    "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|terrace|place|pl|square"
    "|highway|hwy|parkway|pkwy|close|crescent"
)
_ADDRESS = re.compile(
    # 221B Baker Street, London NW1 6XE
    rf"\b\d{{1,5}}[A-Za-z]?,? (?:(?:[NSEW]|[A-Z][\w'’-]*)\.? ){{1,3}}(?i:{_STREETS})\b\.?"
    r"(?:,? (?:(?:Apt|Apartment|Suite|Unit|Flat|#) ?\w{1,5}))?"
    r"(?:,? [A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2},? (?:[A-Z]{2} \d{5}(?:-\d{4})?"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}))?"
    r"|\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|allee|platz|gasse) ?\d{1,4}\s?[a-z]?\b"
    r"(?:,? \d{5} [A-ZÄÖÜ]\w+)?"
    r"|\b(?i:p\.? ?o\.? ?box) \d{1,6}\b"
    r"|[\u4e00-\u9fff]{2,12}[路街道巷]\d{1,5}[号弄](?:\d{1,4}[室号楼])*"
)
_BEARER = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?")
"""A signed token: who holds it is somebody."""
_LINK = re.compile(r"(/(?:attachments|desk/answer)/)(?!\[)[\w.%-]+")
"""The signed part of a link that is for the shop's people alone."""


def redact(text: str) -> str:
    """The text with each piece of personal data replaced by what it was, `[email]`."""
    if _CODE_ALONE.fullmatch(text):
        return "[code]"
    text = _LINK.sub(r"\1[token]", _BEARER.sub("[token]", text))
    text = _EMAIL_ENCODED.sub("[email]", _EMAIL.sub("[email]", text))
    text = without_cards(text)
    text = _ADDRESS.sub("[address]", text)
    text = _PHONE.sub("[phone]", text)
    return _CODE.sub(r"\1[code]", text)


def without_cards(text: str) -> str:
    """The text without card numbers, which nothing in a chat ever needs."""
    return _CARD.sub(lambda found: "[card]" if _is_card(found[0]) else found[0], text)


def _is_card(text: str) -> bool:
    digits = [int(each) for each in text if each.isdecimal()]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    passes_luhn = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    return passes_luhn and bool(_CARD_ISSUERS.fullmatch("".join(map(str, digits))))


class RedactingFilter(logging.Filter):
    """Redacts a record, its arguments, and the traceback that it brings."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            return True  # logging itself reports what does not fit its format
        redacted = redact(said)
        if redacted != said:
            if isinstance(record.args, tuple) and record.name == "uvicorn.access":
                # Its formatter takes the arguments apart.
                record.args = tuple(
                    redact(each) if isinstance(each, str) else each for each in record.args
                )
            else:
                record.msg, record.args = redacted, None
        if record.exc_info and not record.exc_text:
            # Formatters print what is cached here: an exception's message may quote a customer.
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def install() -> None:
    """Redacts every record of this process, whichever logger and handler it goes through.

    At their making: a filter on a logger would not see its children's records, and one on a handler
    none of the handlers that a library adds later.
    """
    made_by = logging.getLogRecordFactory()
    if not isinstance(made_by, _RedactingFactory):
        logging.setLogRecordFactory(_RedactingFactory(made_by))


class _RedactingFactory:
    def __init__(self, made_by: Callable[..., logging.LogRecord]) -> None:
        self._made_by = made_by
        self._filter = RedactingFilter()

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record = self._made_by(*args, **kwargs)
        self._filter.filter(record)
        return record
