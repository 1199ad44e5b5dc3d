"""What a customer does not want, as SQL: no variant passes that says that it is such a thing.

Shops say it in many places, so all are read: the column for it, the title, attributes, and the
description. One that says nothing about it passes.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, and_, false, func, not_, or_, type_coerce

from catalog.models import Product, Variant
from recommender.filtering.mentions import Text, mentions, where_mentioned
from recommender.query import facets
from recommender.query.attributes import attribute
from recommender.query.categories import SEPARATOR
from recommender.query.constraints import Constraints
from recommender.query.features import Meaning, freedoms, meanings
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary


def excluding(
    constraints: Constraints, vocabulary: Vocabulary, language: Language
) -> list[ColumnElement[bool]]:
    """Conditions for a query of variants joined to their products."""
    refused = [
        *_brands(constraints.not_brand, language),
        *_colors(constraints.not_color, vocabulary, language),
        *_sizes(constraints.not_size, vocabulary, language),
        *(_below(path, language) for path in constraints.not_category),
        *(_made_of(term, vocabulary, language) for term in constraints.not_material),
        *(_said(term, vocabulary, language) for term in constraints.not_words),
    ]
    return [not_(func.coalesce(condition, False)) for condition in refused]


def says_yes(meaning: Meaning) -> ColumnElement[bool]:
    """A condition: the attribute says so."""
    return func.coalesce(attribute(meaning.name).in_(meaning.yes), False)


def says_no(meaning: Meaning) -> ColumnElement[bool]:
    """A condition: the attribute says that it is not so."""
    return func.coalesce(attribute(meaning.name).in_(meaning.no), False)


def _brands(brands: tuple[str, ...], language: Language) -> Iterable[ColumnElement[bool]]:
    if not brands:
        return
    yield Product.brand.in_(brands)
    for brand in brands:
        yield and_(Product.brand == "", mentions(Product.title, brand, language))


def _colors(
    terms: tuple[str, ...], vocabulary: Vocabulary, language: Language
) -> Iterable[ColumnElement[bool]]:
    for term in terms:
        yield Variant.color.in_(facets.colors(term, vocabulary.colors, language))
        yield and_(Variant.color == "", mentions(Product.title, term, language))


def _sizes(
    terms: tuple[str, ...], vocabulary: Vocabulary, language: Language
) -> Iterable[ColumnElement[bool]]:
    for term in terms:
        yield Variant.size.in_(facets.sizes(term, vocabulary.sizes, language))


def _below(path: str, language: Language) -> ColumnElement[bool]:
    """In the category, or called like it: "no boots" means those among the sandals, too."""
    leaf = path.rpartition(SEPARATOR)[2]
    conditions = [
        Product.category == path,
        Product.category.startswith(path + SEPARATOR, autoescape=True),
    ]
    if leaf.isalpha() and language.names_a_kind(leaf.lower()):
        conditions.append(mentions(Product.title, leaf, language))
    return or_(*conditions)


def _made_of(term: str, vocabulary: Vocabulary, language: Language) -> ColumnElement[bool]:
    """Made of it wholly or in part; an imitation of it is not it."""
    conditions = [
        Product.material.in_(facets.kinds_of_material(term, vocabulary.materials, language)),
        *(
            mentions(text, term, language, unless_after=language.imitation)
            for text in (Product.title, Product.description)
        ),
    ]
    for meaning in meanings(term, vocabulary.attributes, language):
        real = facets.kinds_of_material(term, meaning.yes, language)
        conditions.append(func.coalesce(attribute(meaning.name).in_(real), False))
    return or_(*conditions)


def _said(term: str, vocabulary: Vocabulary, language: Language) -> ColumnElement[bool]:
    """Some attribute, or the text, says so; a description counts less than an attribute's no."""
    said = [*meanings(term, vocabulary.attributes, language)]
    free = freedoms(term, vocabulary.attributes, language)
    denied = or_(
        false(),
        *(says_no(meaning) for meaning in said if meaning.plain),
        *(says_yes(meaning) for meaning in free),
    )
    names = (Product.title, Product.category, Product.material, Product.brand, Variant.color)
    prose: list[Text] = [
        Product.description,
        *(
            type_coerce(func.coalesce(attribute(each.name), ""), String)
            for each in vocabulary.attributes
            if each.has_prose
        ),
    ]
    return or_(
        *(says_yes(meaning) for meaning in said),
        *(says_no(meaning) for meaning in free),
        where_mentioned(
            (*names, *prose),
            term,
            language,
            or_(
                *(mentions(text, term, language) for text in names),
                and_(not_(denied), or_(*(mentions(text, term, language) for text in prose))),
            ),
        ),
    )
