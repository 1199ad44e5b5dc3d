"""The catalogue's own words: a constraint can only be what some product has."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.models import Product, Variant
from recommender.query.words import key, keys

_MOST_TITLES = 100_000
_MOST_DESCRIPTIONS = 2_000
_DESCRIPTION_CHARACTERS = 400
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

    @classmethod
    def from_session(cls, session: Session) -> "Vocabulary":
        """Reads the vocabulary: distinct values, titles, and a sample of descriptions.

        A fraction of a second at 50,000 products.
        """
        titles: defaultdict[str, set[str]] = defaultdict(set)
        for category, title in session.execute(
            select(Product.category, Product.title).order_by(Product.pk).limit(_MOST_TITLES)
        ):
            titles[category].update(keys(title))
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
            category_words={path: frozenset(found) for path, found in titles.items()},
            prose_words=frozenset(key(word) for word in prose),
        )

    @staticmethod
    def sizes_of(session: Session) -> tuple[str, ...]:
        """The sizes alone: what may change of a vocabulary though no product's text does."""
        return _distinct(session, Variant.size)


def _distinct(session: Session, column: InstrumentedAttribute[str]) -> tuple[str, ...]:
    present: ColumnElement[bool] = column != ""
    return tuple(session.scalars(select(column).where(present).distinct().order_by(column)))
