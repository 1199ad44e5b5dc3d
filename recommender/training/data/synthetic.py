"""Search queries written from product texts, for a shop that has no query log yet.

Customers type fragments: a few words of the name, a brand and a kind, a colour and a kind, a
phrase from the description. Each recipe imitates one such habit. A query that names a colour,
material or gender carries it as a requirement, so that products which break it are known to be
wrong answers: that is how the reranker learns that a green jacket is no answer to "red jacket".
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from catalog.models import Product
from recommender.product_text import reranking_text
from recommender.training.data.noise import mistyped

_LONGEST_VALUE = 3
"""Words in a brand or colour that somebody would type."""


@dataclass(frozen=True, slots=True)
class SyntheticQuery:
    text: str
    """As typed, now and then with a slip of the finger."""
    words: tuple[str, ...]
    """As meant."""
    product: Product
    """The product that it was written from, which answers it."""
    requirements: Mapping[str, str] = field(default_factory=dict)
    """Field of the product to the value that an answer must have."""

    def is_answered_by(self, product: Product) -> bool:
        """Whether the product's own texts say that it is what the query asks for."""
        if product is self.product:
            return True
        if any(value not in values_of(product, name) for name, value in self.requirements.items()):
            return False
        said = set(_words(reranking_text(product)))
        return all(word in said for word in self.words if word not in _FUNCTION_WORDS)

    def is_broken_by(self, product: Product) -> bool:
        """Whether the product states something else than a requirement asks for."""
        return any(
            (said := values_of(product, name)) and value not in said
            for name, value in self.requirements.items()
        )


def values_of(product: Product, name: str) -> frozenset[str]:
    """What the product says for a field, in lower case; colours are those of all its variants."""
    values = (
        [variant.color for variant in product.variants]
        if name == "color"
        else [str(getattr(product, name))]
    )
    return frozenset(value.casefold() for value in values if value)


def queries_from(product: Product, count: int, rng: random.Random) -> list[SyntheticQuery]:
    """At most `count` different queries for one product, by recipes drawn at random."""
    queries: dict[str, SyntheticQuery] = {}
    for _ in range(3 * count):
        if len(queries) == count:
            break
        query = rng.choice(_RECIPES)(product, rng)
        if query is not None and len(query.text) > 3:
            queries.setdefault(query.text, query)
    return list(queries.values())


def _title_fragment(product: Product, rng: random.Random) -> SyntheticQuery | None:
    words = _phrase(product.title, rng)
    if not words:
        return None
    length = rng.randint(2, 5)
    start = rng.choice([0, 0, rng.randrange(len(words))])
    return _query(words[start : start + length], product, rng)


def _title_words(product: Product, rng: random.Random) -> SyntheticQuery | None:
    """Words that stand apart in the title, in their order: "canvas backpack laptop"."""
    words = _words(product.title)[:16]
    if len(words) < 4:
        return None
    kept = sorted(rng.sample(range(len(words)), rng.randint(2, min(5, len(words) - 1))))
    return _query([words[i] for i in kept if words[i] not in _FUNCTION_WORDS], product, rng)


def _brand_and_kind(product: Product, rng: random.Random) -> SyntheticQuery | None:
    brand = _words(product.brand)
    if not 0 < len(brand) <= _LONGEST_VALUE:
        return None
    kind = [word for word in _kind(product, rng) if word not in brand]
    return _query([*brand, *kind], product, rng, {"brand": product.brand.casefold()})


def _color_and_kind(product: Product, rng: random.Random) -> SyntheticQuery | None:
    colors = sorted(values_of(product, "color"))
    return _value_and_kind(product, "color", rng.choice(colors), rng) if colors else None


def _material_and_kind(product: Product, rng: random.Random) -> SyntheticQuery | None:
    return _value_and_kind(product, "material", product.material.casefold(), rng)


def _kind_for_gender(product: Product, rng: random.Random) -> SyntheticQuery | None:
    gender = product.gender.casefold()
    if gender in {"", "unisex"}:
        return None
    whom = {"male": "men", "female": "women"}.get(gender, gender)
    words = [*_kind(product, rng), "for", whom]
    return _query(words, product, rng, {"gender": gender})


def _value_and_kind(
    product: Product, name: str, value: str, rng: random.Random
) -> SyntheticQuery | None:
    words = _words(value)
    if not 0 < len(words) <= _LONGEST_VALUE:
        return None
    kind = [word for word in _kind(product, rng) if word not in words]
    return _query([*words, *kind], product, rng, {name: value})


def _described(product: Product, rng: random.Random) -> SyntheticQuery | None:
    """A few words of the description, for the customer who knows what it is for."""
    sentences = [_words(sentence) for sentence in re.split(r"[.!?\n]+", product.description[:600])]
    long_enough = [words for words in sentences if len(words) >= 5]
    if not long_enough:
        return None
    words = rng.choice(long_enough)
    length = rng.randint(4, 7)
    start = rng.randrange(max(1, len(words) - length))
    return _query([*words[start : start + length], *_kind(product, rng)[-1:]], product, rng)


_RECIPES: tuple[Callable[[Product, random.Random], SyntheticQuery | None], ...] = (
    _title_fragment,
    _title_fragment,
    _title_words,
    _brand_and_kind,
    _color_and_kind,
    _color_and_kind,
    _material_and_kind,
    _kind_for_gender,
    _described,
)


def _kind(product: Product, rng: random.Random) -> list[str]:
    """What sort of thing it is: the end of its category path, or of its title's first phrase.

    English names end with the noun: "Trail Runner 3 Waterproof Hiking Boots".
    """
    leaf = _words(product.category.rpartition(">")[2])
    if leaf and rng.random() < 0.6:
        return leaf
    phrase = _words(re.split(r"[,|(:;]| [-–] | with | for ", product.title, maxsplit=1)[0])
    brand = set(_words(product.brand))
    return [word for word in phrase if word not in brand][-rng.choice([1, 2, 2, 3]) :]


def _phrase(title: str, rng: random.Random) -> list[str]:
    """The words of one phrase of a title; the first three times out of four."""
    phrases = [words for part in re.split(r"[,|():;]| [-–] ", title) if (words := _words(part))]
    if not phrases:
        return []
    return phrases[0] if rng.random() < 0.75 else rng.choice(phrases)


def _query(
    words: list[str],
    product: Product,
    rng: random.Random,
    requirements: Mapping[str, str] | None = None,
) -> SyntheticQuery | None:
    if not any(word.isalpha() for word in words):
        return None
    typed = " ".join(mistyped(words, rng))
    return SyntheticQuery(typed, tuple(words), product, requirements or {})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’./-][^\W_]+)*", text.casefold())


# English, like the product texts that the shipped reranker is trained on.
_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or"}
    | {"our", "the", "this", "to", "with", "you", "your"}
)
