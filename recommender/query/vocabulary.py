"""The catalogue's own words: a constraint can only be what some product has."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.models import Product, Variant
from recommender.query.attributes import Attribute, read_attributes
from recommender.query.words import key, keys

_MOST_TITLES = 100_000
_MOST_DESCRIPTIONS = 2_000
_MOST_DETAILS = 10_000
_DESCRIPTION_CHARACTERS = 400
_LEAST_PRICED = 3
"""So many products of a kind must have a price before there is a cheap third of them."""
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_LOWER_CASE = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’])")


@dataclass(frozen=True)
class Vocabulary:
    """The distinct values of each facet, as the catalogue writes them, and its common words."""

    products: int = 0
    """How many there are."""
    brands: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    category_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A category path to the words of its products' titles."""
    material_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A material to the words of the titles of its products."""
    prose_words: frozenset[str] = frozenset()
    """Words that descriptions write in lower case: "ring" there is no brand."""
    title_words: Mapping[str, int] = field(default_factory=dict)
    """A word to the number of times that titles hold it."""
    other_words: frozenset[str] = frozenset()
    """Long words of descriptions and attributes, in whatever case."""
    category_counts: Mapping[str, int] = field(default_factory=dict)
    """A category path to the number of its products, without those below it."""
    category_colors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A category path to the colours of its products, without those below it."""
    attributes: tuple[Attribute, ...] = ()
    price_thirds: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    """A category path to the prices that one and two thirds of its products do not exceed.

    Under "" stand those of the whole catalogue. A product counts once, with its lowest price.
    """

    @classmethod
    def from_session(cls, session: Session) -> "Vocabulary":
        """Reads the vocabulary: distinct values, titles, and a sample of descriptions.

        A second or two at 50,000 products.
        """
        titles: defaultdict[str, set[str]] = defaultdict(set)
        made_of: defaultdict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        for category, material, title in session.execute(
            select(Product.category, Product.material, Product.title)
            .order_by(Product.pk)
            .limit(_MOST_TITLES)
        ):
            found = keys(title)
            if material:
                made_of[material].update(found)
            titles[category].update(found)
            counts.update(found)
        descriptions = session.scalars(
            select(Product.description)
            .where(Product.description != "")
            .order_by(Product.pk)
            .limit(_MOST_DESCRIPTIONS)
        )
        prose: set[str] = set()
        for description in descriptions:
            prose.update(_LOWER_CASE.findall(description[:_DESCRIPTION_CHARACTERS]))
        return cls(
            products=session.scalar(select(func.count()).select_from(Product)) or 0,
            brands=_distinct(session, Product.brand),
            colors=_distinct(session, Variant.color),
            sizes=_distinct(session, Variant.size),
            categories=_distinct(session, Product.category),
            genders=_distinct(session, Product.gender),
            materials=_distinct(session, Product.material),
            category_words={path: frozenset(words) for path, words in titles.items()},
            material_words={value: frozenset(words) for value, words in made_of.items()},
            prose_words=frozenset(key(word) for word in prose),
            title_words=counts,
            category_counts=_counts(session),
            other_words=_detail_words(session),
            category_colors=_colors(session),
            attributes=read_attributes(session),
            price_thirds=_price_thirds(session),
        )


def _counts(session: Session) -> dict[str, int]:
    counted = select(Product.category, func.count()).group_by(Product.category)
    return {category: number for category, number in session.execute(counted) if category}


def _colors(session: Session) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    pairs = select(Product.category, Variant.color).join(Variant.product).distinct()
    for category, color in session.execute(pairs):
        if category and color:
            found[category].add(color)
    return {category: frozenset(colors) for category, colors in found.items()}


def _price_thirds(session: Session) -> dict[str, tuple[Decimal, Decimal]]:
    prices: defaultdict[str, list[Decimal]] = defaultdict(list)
    lowest = (
        select(Product.category, func.min(Variant.price))
        .join(Variant, Variant.product_pk == Product.pk)
        .where(Variant.price.is_not(None))
        .group_by(Product.pk, Product.category)
    )
    for category, price in session.execute(lowest):
        if price is None:
            continue
        segments = category.split(" > ") if category else []
        for depth in range(len(segments) + 1):
            prices[" > ".join(segments[:depth])].append(price)
    thirds = {}
    for path, found in prices.items():
        found.sort()
        # The price of a product, not one between two: "under $49" is a price that somebody asks.
        low, high = (found[-(-len(found) * part // 3) - 1] for part in (1, 2))
        if len(found) >= _LEAST_PRICED and low < found[-1]:
            thirds[path] = (low, high)
    return thirds


def _detail_words(session: Session) -> frozenset[str]:
    """Long words that products have beside their titles, from a sample of them."""
    found: set[str] = set()
    details = select(Product.description, Product.attributes).order_by(Product.pk)
    for description, attributes in session.execute(details.limit(_MOST_DETAILS)):
        found.update(_LONG_WORD.findall(description[: 2 * _DESCRIPTION_CHARACTERS].lower()))
        for value in (attributes or {}).values():
            found.update(_LONG_WORD.findall(str(value).lower()))
    for column in (Variant.color, Variant.size, Product.material, Product.gender):
        for value in _distinct(session, column):
            found.update(_LONG_WORD.findall(value.lower()))
    return frozenset(key(word) for word in found)


def _distinct(session: Session, column: InstrumentedAttribute[str]) -> tuple[str, ...]:
    present: ColumnElement[bool] = column != ""
    return tuple(session.scalars(select(column).where(present).distinct().order_by(column)))
