"""Which of some products the words describe: by constraint, name, price, or what it is like."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bot.shopping import english
from catalog.models import Variant
from recommender.query import facets
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH
from recommender.query.words import keys

_SHORTEST_WORD = 3


def meeting(filters: Constraints, variants: Sequence[Variant]) -> list[Variant]:
    """Those that meet every constraint the customer named, if any was.

    A size tells products apart only where nothing else does: "the red one in a 9" is the red one.
    """
    asked = [name for name in _VALUES if getattr(filters, name)]
    for names in (asked, [name for name in asked if name != "size"]):
        found = [each for each in variants if all(_meets(filters, name, each) for name in names)]
        if names and found:
            return found
    return []


def coming_in(filters: Constraints, variants: Sequence[Variant]) -> list[Variant]:
    """The other version of each product that comes in the colour named, though shown in another."""
    if not filters.color:
        return []
    found = []
    for each in variants:
        versions = [v for v in each.product.variants if _meets(filters, "color", v)]
        if versions:
            found.append(next((v for v in versions if v.size == each.size), versions[0]))
    return found


def _meets(filters: Constraints, name: str, variant: Variant) -> bool:
    return any(_VALUES[name](term, variant) for term in getattr(filters, name))


_VALUES: dict[str, Callable[[str, Variant], object]] = {
    "color": lambda term, each: facets.colors(term, [each.color], ENGLISH),
    "size": lambda term, each: facets.sizes(term, [each.size], ENGLISH),
    "material": lambda term, each: facets.materials(term, [each.product.material], ENGLISH),
    "brand": lambda term, each: each.product.brand == term,
    "gender": lambda term, each: facets.genders(term, [each.product.gender], ENGLISH),
}


def titled(text: str, variants: Sequence[Variant]) -> list[Variant]:
    """Those whose whole title, of two words or more, stands in the text, in its order."""
    said = f" {' '.join(keys(text))} "
    places = [
        (said.find(f" {title} "), each)
        for each in variants
        if " " in (title := " ".join(keys(each.product.title)))
    ]
    found = sorted(
        (place, -len(each.product.title), each.id) for place, each in places if place >= 0
    )
    by_id = {each.id: each for each in variants}
    ends, kept = -1, []
    for place, negative, id in found:
        if place > ends:  # a longer title at the same place wins: "Trail Tent 2" over "Trail Tent"
            kept.append(by_id[id])
            ends = place - negative
    return kept


def named(text: str, variants: Sequence[Variant]) -> list[Variant]:
    """Those whose name shares the most words with the customer's, if any does."""
    asked = _singulars(english.content_words(text))
    shared = [len(asked & _name(each)) for each in variants]
    best = max(shared, default=0)
    return [each for each, count in zip(variants, shared, strict=True) if best and count == best]


def described(text: str, variants: Sequence[Variant]) -> list[Variant]:
    """Those of which the catalogue says every word that the customer says."""
    asked = [w for w in english.content_words(text) if len(w) >= _SHORTEST_WORD or w.isdigit()]
    if not asked:
        return []
    stems = [ENGLISH.singular(word) for word in asked]
    return [each for each in variants if all(stem in _all_words(each) for stem in stems)]


def left_unsaid(text: str, variant: Variant) -> tuple[str, ...]:
    """The words of the text that the catalogue does not say of this one."""
    own = _all_words(variant)
    words = english.content_words(text)
    return tuple(word for word in words if ENGLISH.singular(word) not in own)


def priced_at(amount: str, variants: Sequence[Variant]) -> list[Variant]:
    """Those at this price; "the $50 one" may cost 49.99 or 50.20."""
    asked = Decimal(amount)
    exact = [each for each in variants if each.price == asked]
    return exact or [
        each for each in variants if each.price is not None and abs(each.price - asked) < 1
    ]


def _singulars(words: Iterable[str]) -> set[str]:
    return {ENGLISH.singular(word) for word in words}


def _name(variant: Variant) -> set[str]:
    product = variant.product
    kind = product.category.rsplit(" > ", 1)[-1]
    return _singulars(english.content_words(f"{product.title} {product.brand} {kind}"))


def _all_words(variant: Variant) -> set[str]:
    product = variant.product
    said = [product.title, product.brand, product.material, product.category, product.description]
    said += [variant.color, *(f"{name} {value}" for name, value in variant.all_attributes.items())]
    return _singulars(english.content_words(" ".join(said))) | set(keys(" ".join(said)))
