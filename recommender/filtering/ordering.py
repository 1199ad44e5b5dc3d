"""The cheapest, the dearest, the best rated: over everything that passes, never a window of hits.

Which products a superlative is about is decided first. Where the words only name the category and
its constraints, it is all that passes. Where they say more ("cheapest trail running shoes"), it is
what says each of those words in its title or category. And where nothing does, what is as near as
the assistant calls a match, or else the closest: docs/decisions/0004-unsure-searches.md.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from catalog.models import Product, Variant
from recommender.filtering.filter import Filter
from recommender.filtering.mentions import mentions
from recommender.query.attributes import attribute
from recommender.query.constraints import ParsedQuery, Sort
from recommender.query.language import Language
from recommender.query.ratings import stars
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Ordered:
    """The first of a match in order, and how many of it are not known to be sold out."""

    pks: list[int]
    count: int
    first_has_value: bool = False
    """Whether the first has a price, or a rating, at all."""


def ordered(
    session: Session,
    passing: Filter,
    sort: Sort,
    vocabulary: Vocabulary,
    language: Language,
    *,
    match: ColumnElement[bool] | None = None,
    k: int,
    exclude: Collection[int] = (),
) -> Ordered:
    """The pks of the first `k` products that pass and match, in this order.

    A product counts with its best variant that passes and is not sold out. What is sold out
    altogether comes last, and so does what has no price or rating. Equally rated ones come with
    the cheaper first.
    """
    can_be_had = case((Variant.in_stock.is_(False), 0), else_=1)
    value = Variant.price if sort != "-rating" else _rating(vocabulary, language)
    best = func.max if sort.startswith("-") else func.min
    value_to_be_had = func.coalesce(best(case((can_be_had == 1, value))), best(value))
    variants = passing.variants_query()
    if match is not None:
        variants = variants.where(match)
    products = (
        variants.with_only_columns(
            Product.pk.label("pk"),
            func.max(can_be_had).label("available"),
            value_to_be_had.label("value"),
            func.min(Variant.price).label("price"),
        )
        .group_by(Product.pk)
        .subquery()
    )
    column = products.c.value.desc() if sort.startswith("-") else products.c.value.asc()
    in_order = select(products.c.pk, products.c.value).order_by(
        products.c.available.desc(), column.nulls_last(), products.c.price, products.c.pk
    )
    if exclude:
        in_order = in_order.where(products.c.pk.not_in(exclude))
    counted = select(func.count(), func.sum(products.c.available)).select_from(products)
    total, available = session.execute(counted).one()
    rows = session.execute(in_order.limit(k)).all()
    has_value = bool(rows) and rows[0].value is not None
    return Ordered([row.pk for row in rows], available or total, has_value)


def naming(query: ParsedQuery, language: Language) -> tuple[str, ...]:
    """The words of a request that no constraint of it accounts for: "trail"."""
    filters = query.filters
    said: set[str] = set()
    for value in (*filters.category, *filters.features, *filters.material, *filters.color):
        said.update(language.singular(word) for word in keys(value))
    for gender in filters.gender:
        said.update(
            language.singular(word)
            for name in (gender, *language.genders.get(gender, ()))
            for word in keys(name)
        )
    measured = {unit for unit in language.measures.units if unit.isalpha()}
    measured |= {word for phrase in language.measures.sides for word in keys(phrase)}
    measured |= {
        word
        for phrases in (language.measures.before_count, language.measures.old)
        for phrase in phrases
        for word in keys(phrase)
    }
    small = language.links | language.qualities | language.anything | language.loose_ends
    return tuple(
        dict.fromkeys(
            word
            for word in keys(query.text)
            if word not in small
            and language.singular(word) not in said
            and language.features.spellings.get(word, word) not in said
            and not (filters.measurements and (word in measured or _is_number(word, language)))
        )
    )


def saying(words: Iterable[str], language: Language) -> ColumnElement[bool]:
    """A condition: the product says each of these words in its title or category."""
    return and_(
        *(
            or_(*(mentions(text, word, language) for text in (Product.title, Product.category)))
            for word in words
        )
    )


def any_match(session: Session, passing: Filter, match: ColumnElement[bool]) -> bool:
    return session.scalar(select(passing.variants_query().where(match).exists())) is True


def _is_number(word: str, language: Language) -> bool:
    return word[0].isdecimal() or word in language.prices.numbers


def _rating(vocabulary: Vocabulary, language: Language) -> ColumnElement[int | None]:
    """A variant's rating in hundredths of a star."""
    whens = [
        (attribute(name) == value, int(Decimal(number) * _HUNDREDTHS))
        for name, values in stars(vocabulary.attributes, language).items()
        for value, number in values.items()
    ]
    return cast(case(*whens), Integer) if whens else cast(None, Integer)
