"""What a customer requires of a product, apart from what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

_PRICES = ("price_min", "price_max")
_MOST_MONEY = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Constraints:
    """Values are joined by OR within a field, and fields by AND. An empty field requires nothing.

    `brand` and `category` hold the catalogue's own spellings; a category path stands for itself
    and everything below it. The other values are the customer's terms ("red", "9", "men"), which
    `recommender.query.facets` resolves to the catalogue's values.
    """

    price_min: Decimal | None = None
    price_max: Decimal | None = None
    brand: tuple[str, ...] = ()
    color: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    gender: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    in_stock: bool = False

    def __bool__(self) -> bool:
        return any(self.names())

    def names(self) -> tuple[str, ...]:
        """The fields that require something."""
        empty = Constraints()
        # By identity where equality misleads: a limit of 0 equals False.
        return tuple(
            each.name
            for each in fields(self)
            if (value := getattr(self, each.name)) is not (none := getattr(empty, each.name))
            and (isinstance(value, Decimal) or value != none)
        )

    def without(self, *names: str) -> "Constraints":
        """The same with these fields required no longer."""
        empty = Constraints()
        return replace(self, **{name: getattr(empty, name) for name in names})

    def merged_with(self, newer: "Constraints") -> "Constraints":
        """What holds after the customer has said `newer`: each field it sets replaces ours.

        An old price limit that contradicts a new one is dropped: "over $50", then "under $30".
        """
        merged = replace(self, **{name: getattr(newer, name) for name in newer.names()})
        low, high = merged.price_min, merged.price_max
        if low is not None and high is not None and low > high:
            return merged.without("price_min" if newer.price_max is not None else "price_max")
        return merged

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the fields that require something, prices as numbers."""
        return {name: _plain(getattr(self, name)) for name in self.names()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Constraints":
        """The inverse of `to_json`. Unknown keys are ignored.

        Raises:
            ValueError: a value has the wrong type.
        """
        values: dict[str, Any] = {}
        for name in (each.name for each in fields(cls)):
            value = data.get(name)
            if value is None:
                continue
            if name in _PRICES:
                values[name] = _amount(name, value)
            elif name == "in_stock":
                values[name] = bool(value)
            elif isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
                values[name] = tuple(value)
            else:
                raise ValueError(f"{name} must be a list of texts, not {value!r}")
        return cls(**values)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A customer's words: the text to search by, and what is required."""

    text: str
    filters: Constraints
    took_ms: float = field(default=0.0, compare=False, repr=False)
    """How long understanding took."""


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def _amount(name: str, value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{name} must be a number, not {value!r}") from None
    if not amount.is_finite() or abs(amount) > _MOST_MONEY:
        raise ValueError(f"{name} must be an amount of money, not {value!r}")
    return amount
