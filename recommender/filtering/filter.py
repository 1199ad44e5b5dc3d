"""Constraints as SQL: applied before the vector search, and to variants, not to products.

That a product comes in red, in size 9 and for $50 helps nobody unless one variant is all three.
A variant that does not say a value does not pass a constraint on it, with two exceptions. A shop
says the gender only where it matters, and a wallet without one suits anybody. And a feed without
a colour may say it in the title.
"""

from collections.abc import Callable, Collection, Iterable
from copy import copy
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.models import Product, Variant
from catalog.types import MONEY_PLACES
from recommender.filtering.excluding import excluding, says_no, says_yes
from recommender.filtering.mentions import holds, mentions
from recommender.index.port import Ids
from recommender.query import facets, measures
from recommender.query.attributes import attribute
from recommender.query.categories import SEPARATOR
from recommender.query.constraints import Constraints
from recommender.query.features import meanings
from recommender.query.language import Language
from recommender.query.measurement import Measurement
from recommender.query.ratings import stars
from recommender.query.vocabulary import Vocabulary

_MOST_MONEY = Decimal(10) ** 12  # times 10,000, it still fits a 64-bit column


class Filter:
    """One set of constraints, resolved against a catalogue's vocabulary.

    Methods take a session and read the database as it is now.
    """

    def __init__(self, constraints: Constraints, vocabulary: Vocabulary, language: Language):
        self._exact_colors = {
            value
            for value in vocabulary.colors
            if any(facets.is_color(term, value, language) for term in constraints.color)
        }
        self._has_shades = bool(constraints.color) and not all(
            value in self._exact_colors
            for term in constraints.color
            for value in facets.colors(term, vocabulary.colors, language)
        )
        self._conditions = [
            *_price(constraints),
            *_color(constraints, vocabulary, language),
            *_in(Variant.size, constraints.size, facets.sizes, vocabulary.sizes, language),
            *_in(
                Product.material,
                constraints.material,
                facets.materials,
                vocabulary.materials,
                language,
            ),
            *_gender(constraints, vocabulary, language),
            *([Product.brand.in_(constraints.brand)] if constraints.brand else []),
            *_category(constraints.category),
            *([Variant.in_stock.is_(True)] if constraints.in_stock else []),
            *_rating(constraints, vocabulary, language),
            *(_feature(term, vocabulary, language) for term in constraints.features),
            *(_measure(each, vocabulary, language) for each in constraints.measurements),
            *excluding(constraints, vocabulary, language),
        ]

    def __bool__(self) -> bool:
        return bool(self._conditions)

    def any_pass(self, session: Session) -> bool:
        return session.scalar(select(self.variants_query().exists())) is True

    def exact_color(self) -> "Filter | None":
        """What passes in the very colour asked for and is not out of stock; None without shades.

        "Red" rightly passes burgundy too, but whoever asks for it wants to see red first.
        """
        if not self._has_shades:
            return None
        stricter = copy(self)
        stricter._conditions = [
            *self._conditions,
            # Without a colour of its own, it passed because the title says the very word.
            or_(Variant.color.in_(self._exact_colors), Variant.color == ""),
            Variant.in_stock.is_not(False),
        ]
        return stricter

    def in_exact_color(self, variant: Variant) -> bool:
        """Whether a variant that passes would pass `exact_color` too; always without shades."""
        return not self._has_shades or (
            variant.in_stock is not False and self._is_exact_color(variant)
        )

    def products(self, session: Session) -> Ids:
        """The pks of all products with a variant that passes: int64 `[n]`."""
        pks = session.scalars(
            self.variants_query().with_only_columns(Variant.product_pk).distinct()
        )
        return np.fromiter(pks, dtype=np.int64)

    def variants(
        self, session: Session, products: Collection[int], *, dearest: bool = False
    ) -> dict[int, list[Variant]]:
        """The variants that pass, of a page of products, by product pk: best offer first.

        In stock is better than unknown, unknown than out of stock; then the very colour asked for
        is better than a shade of it; then the cheaper is better, or with `dearest` the dearer.
        """
        rows = session.scalars(self.variants_query().where(Variant.product_pk.in_(products)))
        passing: dict[int, list[Variant]] = {}
        for variant in rows:
            passing.setdefault(variant.product_pk, []).append(variant)
        for found in passing.values():
            found.sort(key=self._preference)
            if dearest:
                found.sort(key=lambda each: (each.in_stock is False, -(each.price or Decimal(0))))
        return passing

    def variants_query(self) -> Select[Variant]:
        """Every variant that passes, joined to its product."""
        return select(Variant).join(Variant.product).where(*self._conditions)

    def _is_exact_color(self, variant: Variant) -> bool:
        return not variant.color or variant.color in self._exact_colors

    def _preference(self, variant: Variant) -> tuple[int, bool, bool, Decimal, int]:
        return (
            {True: 0, None: 1, False: 2}[variant.in_stock],
            self._has_shades and not self._is_exact_color(variant),
            variant.price is None,
            variant.price or Decimal(0),
            variant.position,
        )


def excluded_products(session: Session, ids: Iterable[str]) -> set[int]:
    """The pks of the products that these product or variant ids stand for."""
    wanted = list(ids)
    if not wanted:
        return set()
    has_variant = exists().where(Variant.product_pk == Product.pk, Variant.id.in_(wanted))
    return set(session.scalars(select(Product.pk).where(or_(Product.id.in_(wanted), has_variant))))


def _price(constraints: Constraints) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if constraints.price_min is not None:
        conditions.append(Variant.price >= _money(constraints.price_min))
    if constraints.price_max is not None:
        conditions.append(Variant.price <= _money(constraints.price_max))
    return conditions


def _money(amount: Decimal) -> Decimal:
    """An amount that the column can be compared with, whatever a customer typed."""
    bounded = max(-_MOST_MONEY, min(_MOST_MONEY, amount))
    return bounded.quantize(Decimal(1).scaleb(-MONEY_PLACES), ROUND_HALF_EVEN)


def _in(
    column: InstrumentedAttribute[str],
    terms: tuple[str, ...],
    answers: Callable[[str, Iterable[str], Language], tuple[str, ...]],
    values: tuple[str, ...],
    language: Language,
) -> list[ColumnElement[bool]]:
    if not terms:
        return []
    return [column.in_({value for term in terms for value in answers(term, values, language)})]


def _color(
    constraints: Constraints, vocabulary: Vocabulary, language: Language
) -> list[ColumnElement[bool]]:
    said = _in(Variant.color, constraints.color, facets.colors, vocabulary.colors, language)
    if not said:
        return []
    title = func.replace(func.lower(" " + Product.title + " "), ",", " ")
    in_title = [title.contains(f" {term} ", autoescape=True) for term in constraints.color]
    return [or_(*said, and_(Variant.color == "", or_(*in_title)))]


def _gender(
    constraints: Constraints, vocabulary: Vocabulary, language: Language
) -> list[ColumnElement[bool]]:
    suiting = _in(Product.gender, constraints.gender, facets.genders, vocabulary.genders, language)
    return [or_(Product.gender == "", *suiting)] if suiting else []


def _rating(
    constraints: Constraints, vocabulary: Vocabulary, language: Language
) -> list[ColumnElement[bool]]:
    least = constraints.rating_min
    if least is None:
        return []
    rated = stars(vocabulary.attributes, language)
    enough = [
        attribute(name).in_([value for value, number in values.items() if number >= least])
        for name, values in rated.items()
    ]
    return [or_(false(), *enough)]


def _feature(term: str, vocabulary: Vocabulary, language: Language) -> ColumnElement[bool]:
    """An attribute says so or, where none says no, the title does."""
    said = meanings(term, vocabulary.attributes, language)
    denied = or_(false(), *(says_no(meaning) for meaning in said if meaning.plain))
    return or_(
        *(says_yes(meaning) for meaning in said),
        and_(mentions(Product.title, term, language), not_(denied)),
    )


def _measure(
    measurement: Measurement, vocabulary: Vocabulary, language: Language
) -> ColumnElement[bool]:
    """An attribute or the size says so, or the title in the customer's own words."""
    conditions: list[ColumnElement[bool]] = [
        attribute(name).in_(values)
        for name, values in measures.answers(measurement, vocabulary.attributes, language)
    ]
    conditions.append(Variant.size.in_(measures.sizes(measurement, vocabulary.sizes, language)))
    phrases = measures.wordings(measurement, language)
    if phrases:
        conditions.append(holds(Product.title, phrases))
    return or_(*conditions)


def _category(paths: tuple[str, ...]) -> list[ColumnElement[bool]]:
    if not paths:
        return []
    return [
        or_(
            *(
                or_(
                    Product.category == path,
                    Product.category.startswith(path + SEPARATOR, autoescape=True),
                )
                for path in paths
            )
        )
    ]
