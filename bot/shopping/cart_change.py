"""What the customer's words change of a line of the cart."""

from dataclasses import dataclass, field

from bot.shopping import english, versions
from catalog.models import Variant
from recommender.query.constraints import Constraints


@dataclass(frozen=True, slots=True)
class CartChange:
    number: int | None = None
    """How many there should be."""
    more: int = 0
    """How many more than now, or fewer."""
    version: Constraints = field(default_factory=Constraints)
    """The colour and size of the version to take its place; empty for the same."""
    lacks_size: bool = False
    """Whether a bigger or smaller size is wanted that there is not."""

    def __bool__(self) -> bool:
        return self.number is not None or self.more != 0 or bool(self.version)

    def quantity(self, now: int) -> int:
        return now + self.more if self.number is None else self.number


def read(variant: Variant, parsed: Constraints, text: str, before: str = "") -> CartChange:
    """The change that the words make.

    Args:
        variant: That of the line.
        parsed: The constraints in the words.
        before: What the customer had said, if the words only answer a question about it.
    """
    number = english.quantity(text)
    if number is None and before:
        number = english.quantity(before)
    if (step := english.size_step(text)) is not None:
        size = versions.next_size(variant, step)
        if size is None:
            return CartChange(lacks_size=True)
        return CartChange(version=versions.other(variant, Constraints(size=(size,))))
    version = versions.other(variant, versions.said(variant, parsed, text))
    if version.size == (str(number),):
        number = None  # "change it to 10" is about shoes
    return CartChange(number, english.quantity_change(text) or 0, version)
