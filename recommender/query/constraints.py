"""What a customer requires of a product, apart from what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from recommender.query.measurement import Measurement

Sort = Literal["price", "-price", "-rating"]
"""What comes first: the cheapest, the dearest, or the best rated."""

SORTS: tuple[Sort, ...] = ("price", "-price", "-rating")
_AMOUNTS = ("price_min", "price_max", "rating_min")
_EXCLUDED = {
    "brand": "not_brand",
    "color": "not_color",
    "category": "not_category",
    "size": "not_size",
    "material": "not_material",
    "features": "not_words",
}
EXCLUSIONS = tuple(_EXCLUDED.values())
"""The fields that say what must not be: never relaxed."""
_GATHERED = (*EXCLUSIONS, "features", "measurements")
_MOST_MONEY = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Constraints:
    """Values are joined by OR within a field, and fields by AND. An empty field requires nothing.

    `brand` and `category` hold the catalogue's own spellings; a category path stands for itself
    and everything below it. The other values are the customer's terms ("red", "9", "men"), which
    `recommender.query.facets` resolves to the catalogue's values. What is said in `features`,
    `measurements` and the `not_…` fields holds all at once: a thing has every feature, and
    nothing that is excluded.
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
    rating_min: Decimal | None = None
    """Stars, of five."""
    features: tuple[str, ...] = ()
    """What attributes say of a thing: "waterproof", "memory foam", "slim fit"."""
    measurements: tuple[Measurement, ...] = ()
    not_brand: tuple[str, ...] = ()
    not_color: tuple[str, ...] = ()
    not_category: tuple[str, ...] = ()
    not_size: tuple[str, ...] = ()
    not_material: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    """Whatever else must not be: "hood", "in ear"."""
    sort: Sort | None = None
    """Not a requirement, but the order of everything that meets them."""

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

    def with_values(self, name: str, values: Any) -> "Constraints":
        """The same with these values of a field, and no others."""
        changed: dict[str, Any] = {name: values}
        return replace(self, **changed)

    def merged_with(self, newer: "Constraints") -> "Constraints":
        """What holds after the customer has said `newer`: each field it sets replaces ours.

        Features, measurements and exclusions add up: "not Nike" and later "not Puma" are both
        meant. What is excluded now is wanted no longer, and what is wanted now is excluded no
        longer. An old price limit that contradicts a new one is dropped: "over $50", then "under
        $30".
        """
        values = {name: getattr(newer, name) for name in newer.names()}
        for name in _GATHERED:
            if name in values:
                values[name] = _gathered(getattr(self, name), values[name])
        for wanted, excluded in _EXCLUDED.items():
            for new, old in ((wanted, excluded), (excluded, wanted)):
                said = {value.casefold() for value in getattr(newer, new)}
                left = [value for value in getattr(self, old) if value.casefold() not in said]
                if said and old not in newer.names():
                    values[old] = tuple(left)
        merged = replace(self, **values)
        low, high = merged.price_min, merged.price_max
        if low is not None and high is not None and low > high:
            return merged.without("price_min" if newer.price_max is not None else "price_max")
        return merged

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the fields that require something, amounts as numbers."""
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
            if name in _AMOUNTS:
                values[name] = _amount(name, value)
            elif name == "sort":
                if value not in SORTS:
                    raise ValueError(f"sort must be one of {', '.join(SORTS)}, not {value!r}")
                values[name] = value
            elif name == "in_stock":
                values[name] = bool(value)
            elif isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
                values[name] = tuple(
                    Measurement.parse(item) if name == "measurements" else item for item in value
                )
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
    if isinstance(value, tuple):
        return [str(item) if isinstance(item, Measurement) else item for item in value]
    return value


def _gathered(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Both, but a new measurement takes the place of an old one of the same thing."""
    replaced = {item.subject for item in new if isinstance(item, Measurement)}
    kept = [
        item for item in old if not (isinstance(item, Measurement) and item.subject in replaced)
    ]
    return tuple(dict.fromkeys([*kept, *new]))


def _amount(name: str, value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{name} must be a number, not {value!r}") from None
    if not amount.is_finite() or abs(amount) > _MOST_MONEY:
        raise ValueError(f"{name} must be an amount of money, not {value!r}")
    return amount
