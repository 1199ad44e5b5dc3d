"""The catalogue's own words: a constraint can only be what some product has."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.models import Product, Variant
from recommender.query.words import key, keys

_MOST_TITLES = 100_000
_MOST_DESCRIPTIONS = 2_000
_MOST_DETAILS = 10_000
_DESCRIPTION_CHARACTERS = 400
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_LOWER_CASE = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’])")


@dataclass(frozen=True)
class Vocabulary:
    """The distinct values of each facet, as the catalogue writes them, and its common words."""

    brands: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    category_words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A category path to the words of its products' titles."""
    prose_words: frozenset[str] = frozenset()
    """Words that descriptions write in lower case: "ring" there is no brand."""
    title_words: Mapping[str, int] = field(default_factory=dict)
    """A word to the number of times that titles hold it."""
    other_words: frozenset[str] = frozenset()
    """Long words of descriptions and attributes, in whatever case."""

    @classmethod
    def from_session(cls, session: Session) -> "Vocabulary":
        """Reads the vocabulary: distinct values, titles, and a sample of descriptions.

        A fraction of a second at 50,000 products.
        """
        titles: defaultdict[str, set[str]] = defaultdict(set)
        counts: Counter[str] = Counter()
        for category, title in session.execute(
            select(Product.category, Product.title).order_by(Product.pk).limit(_MOST_TITLES)
        ):
            found = keys(title)
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
            brands=_distinct(session, Product.brand),
            colors=_distinct(session, Variant.color),
            sizes=cls.sizes_of(session),
            categories=_distinct(session, Product.category),
            genders=_distinct(session, Product.gender),
            materials=_distinct(session, Product.material),
            category_words={path: frozenset(words) for path, words in titles.items()},
            prose_words=frozenset(key(word) for word in prose),
            title_words=counts,
            other_words=_detail_words(session),
        )

    @staticmethod
    def sizes_of(session: Session) -> tuple[str, ...]:
        """The sizes alone: what may change of a vocabulary though no product's text does."""
        return _distinct(session, Variant.size)


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
