"""What a conversation test says of one turn: the form of its files (docs/evaluation.md)."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.evaluation.requirement import Requirement, Values
from bot.shopping.question import Kind
from recommender.query.constraints import Constraints, Sort

_LINE = re.compile(r"(?P<quantity>\d+) x (?P<product>.+)")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Wish(_Strict):
    """What the assistant looks for. A field that is left out must be empty; only the text, the
    category and the order are free unless named."""

    text: str | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    brand: Values = ()
    color: Values = ()
    category: Values | None = None
    size: Values = ()
    gender: Values = ()
    material: Values = ()
    in_stock: bool = False
    rating_min: Decimal | None = None
    features: Values = ()
    measurements: Values = ()
    not_brand: Values = ()
    not_color: Values = ()
    not_category: Values = ()
    not_size: Values = ()
    not_material: Values = ()
    not_words: Values = ()
    sort: Sort | None = None

    def differences(self, text: str, filters: Constraints) -> list[str]:
        found = []
        if self.text is not None and self.text != text:
            found.append(f"looks for {text!r}, not {self.text!r}")
        for name in type(self).model_fields:
            wanted, got = getattr(self, name), getattr(filters, name, None)
            if name == "text" or (name in ("category", "sort") and wanted is None):
                continue
            if isinstance(got, tuple):
                wanted, got = set(wanted), {str(value) for value in got}
            if wanted != got:
                found.append(f"wish: {name} is {_plain(got)}, not {_plain(wanted)}")
        return found


class Shown(_Strict):
    """The cards of a turn."""

    exactly: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    all: Requirement | None = None
    """What the catalogue must say of every card; there must be one."""
    any: Requirement | None = None
    """What it must say of one at least."""
    are: tuple[str, ...] | None = None
    """The products, in this order."""
    include: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    new: bool = False
    """Whether none of the cards may have been shown before."""
    order: Literal["price", "-price"] | None = None


class CartLine(_Strict):
    product: str
    quantity: int = 1


def _cart_line(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _LINE.fullmatch(value)
    return match.groupdict() if match else {"product": value}


def _nothing(value: object) -> object:
    return {"exactly": 0} if value == "nothing" else value


class Table(_Strict):
    columns: tuple[str, ...]
    """Products, in this order."""
    rows: tuple[str, ...] = ()
    """Names of rows that must be among them."""


def _several(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Sentence = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""Words of which one at least is said. Case does not matter."""


def _sentences(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


class Expectation(_Strict):
    """A field that is left out is not judged. Products are named by their title, "title, colour,
    size", "card 2" of the latest cards before this turn, or "card 2 of turn 1"."""

    act: Values | None = None
    """What the assistant did, in order."""
    intent: Values | None = None
    """What Rasa understood: any of these."""
    wish: Wish | None = None
    focus: str | None = None
    """The product that "it" means afterwards; "nothing" where none."""
    shown: Annotated[Shown | None, BeforeValidator(_nothing)] = None
    cart: tuple[Annotated[CartLine, BeforeValidator(_cart_line)], ...] | None = None
    saved: tuple[str, ...] | None = None
    comparison: tuple[str, ...] | None = None
    voucher: str | None = None
    says: Annotated[tuple[Sentence, ...], BeforeValidator(_several)] = ()
    says_not: Values = ()
    asks: bool | Kind | None = None
    """Whether, or what kind of, question is open afterwards."""
    between: tuple[str, ...] = ()
    """The products that a question "which one?" names, among others perhaps."""
    buttons: Values = ()
    """Words of quick replies that must be offered."""
    chips: tuple[str, ...] | None = None
    """The titles of all chips, in any order."""
    table: Table | None = None


class TurnTest(_Strict):
    """One message of the customer, and what must come of it. `{card 2}` in it is its title."""

    say: str
    expect: Expectation = Field(default_factory=Expectation)


def _plain(value: object) -> object:
    if isinstance(value, set):
        return ", ".join(sorted(value)) or "empty"
    return "empty" if value in (None, False) else value
