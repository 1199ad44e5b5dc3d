"""Numbers in a request, in figures and in words: "1,000", "twenty-five", "two hundred"."""

import re
from decimal import Decimal

from recommender.query.language import Language
from recommender.query.words import words

FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d{2}(?!\d)|\d+(?:\.\d+)?|\.\d+"
"""A regular expression: "1,299", "49.99", and "49,99" with a decimal comma."""
_TENS_FROM = 20
_THOUSAND = 1_000
_FIGURES = re.compile(FIGURES)
_DECIMAL_COMMA = re.compile(r"\d+,\d{2}")


def spelled_pattern(language: Language) -> str:
    """A regular expression of a number in words.

    "Two hundred and three hundred" are two numbers: after a hundred come tens and units only.
    """
    price = language.prices
    units = [word for word, number in price.numbers.items() if number < _TENS_FROM]
    tens = [word for word, number in price.numbers.items() if number >= _TENS_FROM]
    larger = [word for word, number in price.multipliers.items() if number >= _THOUSAND]
    hundred = [word for word in price.multipliers if word not in larger]
    article = r"(?:an?\s+)?"
    joint = rf"(?:\s+{price.number_and})?[\s-]+"
    small = rf"(?:(?:{'|'.join(tens)})(?:[\s-]+(?:{'|'.join(units)}))?|{'|'.join(units)})(?!\w)"
    more = rf"(?!\s+(?:{'|'.join(price.multipliers)})(?!\w))"
    hundreds = rf"{article}(?:{small}[\s-]+)?(?:{'|'.join(hundred)})(?!\w)(?:{joint}{small}{more})?"
    thousands = (
        rf"{article}(?:(?:{hundreds}|{small})\s+)?(?:{'|'.join(larger)})(?!\w)"
        rf"(?:{joint}(?:{hundreds}|{small}))?"
    )
    return rf"(?<!\w)(?>{thousands}|{hundreds}|{article}{small})"


def number_pattern(language: Language) -> str:
    """A regular expression of a number in figures or words, that no other number touches."""
    return rf"(?<![\w.,])(?:{FIGURES})(?![.,]?\d)|{spelled_pattern(language)}"


def number_value(text: str, language: Language) -> Decimal:
    """The value of what `number_pattern` matches."""
    if _FIGURES.fullmatch(text):
        return figures_value(text)
    return Decimal(spelled_value(text, language))


def figures_value(text: str) -> Decimal:
    if _DECIMAL_COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return Decimal(text.replace(",", ""))


def spelled_value(text: str, language: Language) -> int:
    """The value of number words: "two hundred and fifty" is 250."""
    price = language.prices
    total, current = 0, 0
    for word in words(text):
        if word.key in price.numbers:
            current += price.numbers[word.key]
        elif word.key in price.multipliers:
            multiplier = price.multipliers[word.key]
            current = max(current, 1) * multiplier
            if multiplier >= 1000:
                total, current = total + current, 0
    return total + current
