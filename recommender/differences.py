"""What tells a few products apart: the attributes in which they differ."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Variant
from recommender.query.language import Language
from recommender.query.ratings import rating_of

Value = str | Decimal | bool | tuple[str, ...] | None
"""None where the catalogue does not say."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One attribute and its values, one for each product, in their order."""

    attribute: str
    """`price`, `brand`, `material`, `sizes`, `colors`, `in_stock`, `rating`, `gender`, or the
    catalogue's own name of another, with `is_own`."""
    values: tuple[Value, ...]
    is_own: bool = False


def differences(variants: Sequence[Variant], language: Language) -> list[Difference]:
    """Every attribute that is not the same of all, those first that decide most purchases."""
    known = [
        Difference(name, values)
        for name, read in _KNOWN.items()
        if _differ(values := tuple(read(each, language) for each in variants))
    ]
    said = [_said(each, language) for each in variants]
    names = dict.fromkeys(name for each in said for name in each)
    own = [
        Difference(name, values, is_own=True)
        for name in names
        if _differ(values := tuple(each.get(name) for each in said))
    ]
    # What all of them say is compared; what one says alone is the less telling, the fewer say it.
    own.sort(key=lambda difference: difference.values.count(None))
    return [*known, *own]


def _said(variant: Variant, language: Language) -> dict[str, str]:
    """The catalogue's further attributes, without the rating, which is known."""
    return {
        name: value
        for name, value in variant.all_attributes.items()
        if rating_of({name: value}, language) is None
    }


def _available(variant: Variant, option: str) -> tuple[str, ...] | None:
    """What can be chosen of it, and is not known to be sold out; numbers by their size."""
    values = dict.fromkeys(
        value
        for each in variant.product.variants
        if each.in_stock is not False and (value := getattr(each, option))
    )
    if all(value.replace(".", "", 1).isdecimal() for value in values):
        return tuple(sorted(values, key=float)) or None
    return tuple(values)


_KNOWN: dict[str, Callable[[Variant, Language], Value]] = {
    "price": lambda each, _: each.price,
    "rating": lambda each, language: rating_of(each.all_attributes, language),
    "in_stock": lambda each, _: each.in_stock,
    "brand": lambda each, _: each.product.brand or None,
    "material": lambda each, _: each.product.material or None,
    "gender": lambda each, _: each.product.gender or None,
    "colors": lambda each, _: _available(each, "color"),
    "sizes": lambda each, _: _available(each, "size"),
}


def _differ(values: Iterable[Value]) -> bool:
    # In another order they are the same choice.
    plain = [frozenset(value) if isinstance(value, tuple) else value for value in values]
    return any(value != plain[0] for value in plain)
