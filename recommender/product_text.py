"""How a product is written down for the models that read it: one place for all of them.

The training of the reranker and every index use these texts. Changing them means training the
reranker again; indexes notice by themselves, because they keep a hash of each product's text.
"""

from collections.abc import Iterable

from catalog.models import Product
from recommender.retrieval.lexical import LexicalText

_DESCRIPTION_CHARACTERS = 400
_ATTRIBUTE_CHARACTERS = 60
_MOST_ATTRIBUTES = 8
_MOST_COLORS = 6
_MOST_SIZES = 12
_DETAIL_CHARACTERS = 200
_LEXICAL_CHARACTERS = 2_000
_CODE_ATTRIBUTES = {"sku", "mpn", "gtin", "ean", "upc", "isbn", "asin", "model", "model number"}


def embedding_text(product: Product) -> str:
    """The text that is embedded: about 128 word pieces.

    Sizes, prices and stock are left out: they are filtered exactly, and a change of price
    or stock should not cost an embedding.
    """
    return _joined(
        [
            product.title,
            _unless_in(product.title, product.brand),
            product.category,
            ", ".join(_colors(product)),
            product.material,
            product.gender,
            *_attributes(product),
            _beginning(product.description),
        ]
    )


def reranking_text(product: Product) -> str:
    """The text that the cross-encoder reads beside the query: names and kinds first.

    It is cut at the end, so what decides relevance comes first and the description last.
    """
    sizes = [variant.size for variant in product.variants if variant.size]
    return _joined(
        [
            product.title,
            _unless_in(product.title, product.brand),
            product.category,
            ", ".join(_colors(product)),
            ", ".join(_distinct(sizes)[:_MOST_SIZES]),
            product.material,
            product.gender,
            *_attributes(product),
            _beginning(product.description),
        ]
    )


def lexical_text(product: Product) -> LexicalText:
    """What the lexical index finds the product by."""
    variants = product.variants
    attributes = {
        **product.attributes,
        **{name: value for variant in variants for name, value in variant.attributes.items()},
    }
    details = " ".join(
        [
            _unless_in(product.title, product.brand),
            product.category,
            *_distinct(variant.color for variant in variants),
            product.material,
            product.gender,
            *(str(value) for value in attributes.values() if len(str(value)) <= _DETAIL_CHARACTERS),
        ]
    )
    codes = (
        product.id,
        *(variant.id for variant in variants),
        *(str(value) for name, value in attributes.items() if name.lower() in _CODE_ATTRIBUTES),
    )
    description = product.description[:_LEXICAL_CHARACTERS]
    return LexicalText(product.title, details, description, codes)


def _joined(parts: Iterable[str]) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _unless_in(text: str, part: str) -> str:
    """Word pieces are dear: what the title says already is not said again."""
    return "" if part.casefold() in text.casefold() else part


def _colors(product: Product) -> list[str]:
    colors = [variant.color for variant in product.variants if variant.color]
    return _distinct(colors)[:_MOST_COLORS]


def _attributes(product: Product) -> list[str]:
    short = (
        f"{name}: {value}"
        for name, value in sorted(product.attributes.items())
        if value and len(str(value)) <= _ATTRIBUTE_CHARACTERS
    )
    return list(short)[:_MOST_ATTRIBUTES]


def _beginning(description: str) -> str:
    """The first part of the description, on one line, cut between words."""
    text = " ".join(description.split())
    if len(text) <= _DESCRIPTION_CHARACTERS:
        return text
    return text[:_DESCRIPTION_CHARACTERS].rsplit(" ", 1)[0]


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
