"""Why an offer is shown: the constraints it meets and what the catalogue says, nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from catalog.models import Product, Variant
from recommender.filtering.mentions import denies, says
from recommender.offer import Offer
from recommender.query import facets
from recommender.query.categories import SEPARATOR
from recommender.query.constraints import Constraints, Sort
from recommender.query.features import answer, is_called
from recommender.query.language import Language, Phrase
from recommender.query.measurement import stated
from recommender.query.measures import is_about
from recommender.query.ratings import rating_of
from recommender.query.words import contains, keys

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "CNY": "¥", "JPY": "¥"}


def explain(
    product: Product, variant: Variant, constraints: Constraints, language: Language
) -> tuple[str, ...]:
    """Short reasons, such as "red", "$54.00, under $60" and "size 9 in stock".

    Each answers something that the customer asked for; what else is true, the card shows. And
    each is checked against the product here, so a constraint that was relaxed gives no reason.
    """
    size = _size(variant, constraints, language)
    reasons = [
        *_shade(product, variant, constraints, language),
        *_price(variant, constraints, language),
        *size,
        *_equal(product.brand, constraints.brand),
        *_answering(product.material, constraints.material, facets.materials, language),
        *_answering(product.gender, constraints.gender, facets.genders, language),
        *_kind(product, constraints),
        *_rating(product, variant, constraints, language),
        *_features(product, variant, constraints, language),
        *_measures(product, variant, constraints, language),
        *_without(product, variant, constraints, language),
    ]
    if constraints.in_stock and variant.in_stock and not size:
        reasons.append(language.wording.in_stock)
    return tuple(dict.fromkeys(reasons))


def first_of(offer: Offer, sort: Sort, count: int, language: Language) -> Offer:
    """The first of an order, with that as a reason: "the cheapest of 23"."""
    wording = language.wording
    reasons = {
        "price": wording.cheapest,
        "-price": wording.priciest,
        "-rating": wording.best_rated,
    }
    return replace(offer, why=(reasons[sort].format(count=count), *offer.why))


def money(amount: Decimal, currency: str) -> str:
    """An amount as customers read it: "$54.00", "1,200.00 CHF"; whole limits without cents."""
    places = 0 if currency == "JPY" else 2
    sign = _SIGNS.get(currency)
    text = f"{amount:,.{places}f}"
    if sign is not None:
        return f"{sign}{text}"
    return f"{text} {currency}".strip()


def limit(amount: Decimal, currency: str) -> str:
    """The same of a limit that somebody set: without cents where there are none."""
    return money(amount, currency).replace(".00", "")


def _price(variant: Variant, constraints: Constraints, language: Language) -> list[str]:
    low, high = constraints.price_min, constraints.price_max
    if variant.price is None or (low is None and high is None):
        return []
    if (low is not None and variant.price < low) or (high is not None and variant.price > high):
        return []
    price = money(variant.price, variant.currency)
    if low is not None and high is not None:
        wording = language.wording.between
        return [
            wording.format(
                price=price,
                low=limit(low, variant.currency),
                high=limit(high, variant.currency),
            )
        ]
    if high is not None:
        wording = language.wording.at_most if variant.price == high else language.wording.under
        return [wording.format(price=price, limit=limit(high, variant.currency))]
    if low is not None:
        wording = language.wording.at_least if variant.price == low else language.wording.over
        return [wording.format(price=price, limit=limit(low, variant.currency))]
    return []


def _shade(
    product: Product, variant: Variant, constraints: Constraints, language: Language
) -> list[str]:
    for term in constraints.color:
        if not variant.color and contains(keys(term), keys(product.title)):
            return [term]
        if facets.colors(term, [variant.color], language):
            if facets.is_color(term, variant.color, language):
                return [term]
            return [language.wording.shade.format(value=variant.color, asked=term)]
    return []


def _size(variant: Variant, constraints: Constraints, language: Language) -> list[str]:
    if not any(facets.sizes(term, [variant.size], language) for term in constraints.size):
        return []
    wording = language.wording
    return [(wording.size_in_stock if variant.in_stock else wording.size).format(size=variant.size)]


def _rating(
    product: Product, variant: Variant, constraints: Constraints, language: Language
) -> list[str]:
    if constraints.rating_min is None and constraints.sort != "-rating":
        return []
    rating = rating_of(variant.all_attributes, language)
    if rating is None or rating < (constraints.rating_min or 0):
        return []
    return [language.wording.rating.format(rating=f"{rating.normalize():f}")]


def _features(
    product: Product, variant: Variant, constraints: Constraints, language: Language
) -> list[str]:
    """What an attribute says, with its value where that is more than a yes."""
    reasons = []
    said = variant.all_attributes
    for term in constraints.features:
        for name, value in said.items():
            if not answer(term, _words(name), value, language):
                continue
            telling = is_called(term, _words(name), language) and any(map(str.isdigit, value))
            reasons.append(f"{term}: {value}" if telling else term)
            break
        else:
            if says(product.title, term, language):
                reasons.append(term)
    return reasons


def _measures(
    product: Product, variant: Variant, constraints: Constraints, language: Language
) -> list[str]:
    """The value that the shop states, as it writes it: "6 ft", "pieces: 4"."""
    reasons = []
    for measurement in constraints.measurements:
        for name, value in variant.all_attributes.items():
            words = _words(name)
            if is_about(words, measurement, language) and any(
                measurement.allows(span, language.measures)
                for span in stated(name, value, language)
            ):
                bare = not any(map(str.isalpha, value)) or measurement.of
                reasons.append(f"{' '.join(words)}: {value}" if bare else value)
                break
    return reasons


def _without(
    product: Product, variant: Variant, constraints: Constraints, language: Language
) -> list[str]:
    """What was not wanted, where the shop says that it is not there."""
    terms = [
        term
        for term in constraints.not_material
        if product.material and not facets.kinds_of_material(term, [product.material], language)
    ]
    said = variant.all_attributes
    for term in constraints.not_words:
        free = f"{term} {language.negation.free}"
        if any(
            answer(term, _words(name), value, language) is False
            or answer(free, _words(name), value, language)
            for name, value in said.items()
        ) or denies(f"{product.title}. {product.description or ''}", term, language):
            terms.append(term)
    return [language.wording.without.format(word=term) for term in terms]


def _words(name: str) -> Phrase:
    return keys(name.replace("_", " "))


def _equal(value: str, wanted: Iterable[str]) -> list[str]:
    return [value] if value and value in wanted else []


def _kind(product: Product, constraints: Constraints) -> list[str]:
    """The category's own name: "Running" for `Shoes > Running`."""
    below = any(
        product.category == path or product.category.startswith(path + SEPARATOR)
        for path in constraints.category
    )
    return [product.category.rpartition(SEPARATOR)[2]] if below else []


def _answering(
    value: str,
    terms: Iterable[str],
    answers: Callable[[str, Iterable[str], Language], tuple[str, ...]],
    language: Language,
) -> list[str]:
    return [value] if value and any(answers(term, [value], language) for term in terms) else []
