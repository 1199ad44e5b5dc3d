"""What the catalogue says of its products beside the usual columns, as it stands in attributes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, select, true
from sqlalchemy.orm import Session

from catalog.models import Product, Variant
from recommender.query.language import Phrase
from recommender.query.words import keys

_LONGEST_VALUE = 60
"""In characters. Longer ones are prose, not facets."""
_MOST_VALUES = 5_000
"""Of one attribute. A name with more values, like a serial number's, is no facet."""


@dataclass(frozen=True, eq=False)
class Attribute:
    """One name with all its short values. "battery_life" has the words ("battery", "life")."""

    name: str
    words: Phrase
    values: Mapping[str, Mapping[str, int]]
    """A value to the categories it is stated in, each with the number of products."""
    has_prose: bool = False
    """Whether some values are too long to be listed here."""

    def stated_in(self, paths: Iterable[str]) -> bool:
        """Whether any product of these categories, or below them, states it. Of none: of all."""
        prefixes = tuple(paths)
        return not prefixes or any(
            _is_in(category, prefixes) for counts in self.values.values() for category in counts
        )

    def values_in(self, paths: Iterable[str]) -> dict[str, int]:
        """The values stated in these categories, each with its number of products."""
        prefixes = tuple(paths)
        found: dict[str, int] = {}
        for value, counts in self.values.items():
            number = sum(
                count
                for category, count in counts.items()
                if not prefixes or _is_in(category, prefixes)
            )
            if number:
                found[value] = number
        return found


def read_attributes(session: Session) -> tuple[Attribute, ...]:
    """Every attribute that can be asked for, of products and of variants."""
    values: defaultdict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    prose: set[str] = set()
    for name, value, category, number in _rows(session):
        if value is None or not is_plain(name):
            continue
        if len(value) > _LONGEST_VALUE:
            prose.add(name)
            continue
        counts = values[name].setdefault(value, {})
        counts[category] = counts.get(category, 0) + number
    return tuple(
        Attribute(name, keys(name.replace("_", " ")), counts, name in prose or crowded)
        for name in sorted(values.keys() | prose)
        for crowded in [len(values[name]) > _MOST_VALUES]
        for counts in [{} if crowded else values[name]]
    )


def is_plain(name: str) -> bool:
    """Whether a name can stand in a JSON path of every database."""
    return bool(name) and all(letter.isalnum() or letter in " _-" for letter in name)


def attribute(name: str) -> ColumnElement[str | None]:
    """What a variant says under a name or, where it says nothing, its product; null for nothing.

    For a query of variants joined to their products.
    """
    return func.coalesce(Variant.attributes[name].as_string(), Product.attributes[name].as_string())


def _rows(session: Session) -> Iterable[tuple[str, str | None, str, int]]:
    each = (
        func.json_each_text if session.get_bind().dialect.name == "postgresql" else func.json_each
    )
    for model in (Product, Variant):
        pair = each(model.attributes).table_valued("key", "value")
        said = cast(pair.c.value, String)
        query = (
            select(pair.c.key, said, Product.category, func.count(Product.pk.distinct()))
            .select_from(Product)
            .where(cast(model.attributes, String) != "{}")
            .group_by(pair.c.key, said, Product.category)
        )
        if model is Variant:
            query = query.join(Variant, Variant.product_pk == Product.pk)
        for name, value, category, number in session.execute(query.join(pair, true())):
            yield str(name), value, category, number


def _is_in(category: str, prefixes: tuple[str, ...]) -> bool:
    return any(category == path or category.startswith(f"{path} > ") for path in prefixes)
