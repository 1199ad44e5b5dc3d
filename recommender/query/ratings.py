"""Ratings in a request: "4 stars and up", "highly rated"."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from recommender.query.attributes import Attribute
from recommender.query.draft import Draft
from recommender.query.language import Language
from recommender.query.numbers import number_pattern, number_value
from recommender.query.patterns import any_of
from recommender.query.prices import at_most_pattern
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

MOST_STARS = 5
_WELL_RATED = Decimal(4)
_LONGEST = 3
_LEADING_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?![\d%])")


def stars(attributes: Iterable[Attribute], language: Language) -> dict[str, dict[str, Decimal]]:
    """The attributes that rate products, each with its values as stars: "4.5 out of 5" is 4.5."""
    found: dict[str, dict[str, Decimal]] = {}
    for attribute in attributes:
        if " ".join(attribute.words) in language.ratings.attributes:
            read = {value: stars_of(value) for value in attribute.values}
            found[attribute.name] = {
                value: number for value, number in read.items() if number is not None
            }
    return {name: values for name, values in found.items() if values}


def stars_of(value: str) -> Decimal | None:
    match = _LEADING_NUMBER.match(value)
    number = Decimal(match[1]) if match else None
    return number if number is not None and number <= MOST_STARS else None


def rating_of(attributes: Mapping[str, str], language: Language) -> Decimal | None:
    """The stars that a product's attributes, values by name, give it; None if none does."""
    for name, value in attributes.items():
        if " ".join(keys(name.replace("_", " "))) in language.ratings.attributes:
            rating = stars_of(value)
            if rating is not None:
                return rating
    return None


class RatingFinder:
    """Finds the least rating that is asked for, and takes it out of the draft.

    "Highly rated" is four stars and up. A catalogue without ratings leaves the words in.
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
        self._rates = bool(stars(vocabulary.attributes, language))
        price, rating = language.prices, language.ratings
        number = rf"(?P<a>{number_pattern(language)})"
        least = rf"(?:{any_of(price.at_least)}\s*)?"
        more = rf"(?:\s*{any_of((*price.or_more, *rating.or_better))})?"
        star, rated, after = any_of(rating.stars), any_of(rating.rated), any_of(rating.after)
        lead = rf"(?:{any_of(rating.lead)}\s+)*"
        rules = (
            rf"{lead}{least}{number}{more}\s*-?\s*{star}(?:\s+{rated})?{more}",
            rf"{lead}{rated}\s*{least}{number}(?:\s*{star})?{more}(?:\s*{after})?",
            rf"{lead}{least}{number}{more}\s*{after}{more}",
        )
        most = at_most_pattern(price)
        self._bad = re.compile(
            rf"(?:{lead}{rated}\s*)?{most}\s*{number}\s*-?\s*{star}"
            rf"|{lead}{rated}\s*{most}\s*{number.replace('?P<a>', '?P<b>')}(?:\s*{after})?",
            re.IGNORECASE,
        )
        self._patterns = [re.compile(rule, re.IGNORECASE) for rule in rules]

    def find(self, draft: Draft) -> Decimal | None:
        if not self._rates:
            return None
        for match in self._bad.finditer(draft.text):
            # Nobody looks for what is badly rated; but it is no price either, and no least.
            draft.take_characters(*match.span())
            return None
        for pattern in self._patterns:
            for match in pattern.finditer(draft.text):
                value = number_value(match["a"], self._language)
                if value <= MOST_STARS and not draft.touched(*match.span("a")):
                    draft.take_characters(*match.span())
                    return value
        for start, end in draft.phrases(_LONGEST):
            phrase = draft.keys[start:end]
            if phrase in self._language.ratings.well_rated and not draft.negated(start):
                leads = {(word,) for word in self._language.ratings.lead}
                lead = draft.lead(start, leads)
                draft.take(start if lead is None else lead, end)
                return _WELL_RATED
        return None
