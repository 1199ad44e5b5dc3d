"""Looking up a customer's order."""

import re
import unicodedata

from sqlalchemy import ColumnElement, false, func

from catalog.models import Order

# A number as customers write it: `#A-1001`, `a 1001`, `ORD-20391`, `1001-B`. With a space only one
# letter belongs to it: "order 1001" is the order 1001. Letters are those of numbers, not of a
# language that writes without spaces.
_NUMBER = re.compile(
    r"""
    (?<![A-Za-z0-9_@+]) (?<!\d[.,-]) (?!(?<=\d/)\d)
    (?P<hash>\#\s?)?
    (?:[A-Za-z]{1,4}\s?-\s?|[A-Za-z]{1,4}|[A-Za-z]\s)?
    (?P<digits>[0-9]{1,12})
    (?:-[A-Za-z]{1,3})?
    (?![A-Za-z0-9_@%]) (?![-.,/][0-9])
    """,
    re.VERBOSE,
)
_TELEPHONE = re.compile(r"\+[0-9][0-9\s().-]{6,}[0-9]|\(?[0-9]{3}\)?[\s.-]+[0-9]{3}[\s.-][0-9]{4}")
_FEWEST_DIGITS = 3
"""Of a number without a `#`: "2 shirts" names no order."""


def has_number(number: str) -> ColumnElement[bool]:
    """For a query: the orders whose number this is, however it is written."""
    key = order_key(number)
    return func.replace(Order.number, "-", "") == key if key else false()


def order_number(text: str) -> str:
    """An order's number as the database has it: `# ab-1001` is `AB-1001`."""
    return _without_spaces(text).lstrip("#").upper()


def order_key(text: str) -> str:
    """What two spellings of a number share: `#a-1001` and `A 1001` are `A1001`."""
    return "".join(filter(str.isalnum, text)).upper()


def order_numbers(text: str) -> list[str]:
    """The order numbers in a message, as `order_key` writes them, in its order and each once.

    Amounts, shares, dates, telephone numbers and e-mail addresses are none. Whether a shop has
    such an order, or numbers so long, only a look-up can tell.
    """
    found = []
    text = _TELEPHONE.sub(" ", text)
    for match in _NUMBER.finditer(text):
        is_marked = match["hash"] is not None
        if is_marked or (len(match["digits"]) >= _FEWEST_DIGITS and not _is_an_amount(text, match)):
            found.append(order_key(match[0]))
    return list(dict.fromkeys(found))


def _is_an_amount(text: str, match: re.Match[str]) -> bool:
    """`$1001`, `1001 €`: a currency's sign stands beside it."""
    around = text[: match.start()].rstrip()[-1:] + text[match.end() :].lstrip()[:1]
    return any(unicodedata.category(sign) == "Sc" for sign in around)


def _without_spaces(text: str) -> str:
    """Without anything else that does not print either, which PostgreSQL may refuse."""
    return "".join(character for character in text if character.isprintable() and character != " ")
