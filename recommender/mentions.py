"""Whether a product's text says a word of it: in SQL, and of one text.

A text that says "without a hood" or "fragrance-free" does not say that there is one.
"""

from collections.abc import Iterable
from functools import reduce

from sqlalchemy import ColumnElement, and_, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from recommender.query.language import Language, Phrase
from recommender.query.words import key, keys

Text = ColumnElement[str] | InstrumentedAttribute[str]
# What may stand before or after a word in a text.
_SIGNS = '-,./():;!?"&+*\n\t–—“”_'


def mentions(
    text: Text, phrase: str, language: Language, *, unless_after: Iterable[str] = ()
) -> ColumnElement[bool]:
    """A condition: the text says the phrase, in singular or plural, and not that it lacks it.

    `unless_after` are more words that take it back: "faux" (leather).
    """
    leads = (*language.negation.lacking, *unless_after)
    conditions = []
    for form in forms(keys(phrase), language):
        # The quick look first: few texts hold the word at all, and only those are read closely.
        found = func.lower(text).contains(form.split(" ")[-1], autoescape=True)
        without = reduce(
            lambda left, lead: func.replace(left, f" {lead} {form} ", " "),
            sorted(leads, key=len, reverse=True),
            func.replace(_plain(text), f" {form} {language.negation.free} ", " "),
        )
        conditions.append(and_(found, without.contains(f" {form} ", autoescape=True)))
    return or_(false(), *conditions)


def holds(text: Text, phrases: Iterable[str]) -> ColumnElement[bool]:
    """A condition: the text holds one of these phrases, as they stand."""
    plain = _plain(text)
    return or_(false(), *(plain.contains(f" {phrase} ", autoescape=True) for phrase in phrases))


def says(text: str, phrase: str, language: Language, *, unless_after: Iterable[str] = ()) -> bool:
    """The same of one text."""
    plain = _plain_text(text)
    leads = sorted((*language.negation.lacking, *unless_after), key=len, reverse=True)
    return any(
        f" {form} " in _without(plain, form, leads, language.negation.free)
        for form in forms(keys(phrase), language)
    )


def denies(text: str, phrase: str, language: Language) -> bool:
    """Whether a text says that there is no such thing."""
    plain = _plain_text(text)
    return any(
        f" {lead} {form} " in plain
        for form in forms(keys(phrase), language)
        for lead in language.negation.lacking
    ) or any(
        f" {form} {language.negation.free} " in plain for form in forms(keys(phrase), language)
    )


def forms(phrase: Phrase, language: Language) -> tuple[str, ...]:
    """The ways in which a text may write a phrase: in singular and plural."""
    if not phrase:
        return ()
    *first, last = phrase
    single = language.singular(last)
    lasts = dict.fromkeys((last, single, *language.plurals(single)))
    return tuple(" ".join((*first, word)) for word in lasts)


def _plain(text: Text) -> ColumnElement[str]:
    """The text in lower case between single spaces, without signs and apostrophes."""
    lower: ColumnElement[str] = func.lower(text)
    for apostrophe in "'’":
        lower = func.replace(lower, apostrophe, "")
    for sign in _SIGNS:
        lower = func.replace(lower, sign, " ")
    for _ in range(2):
        lower = func.replace(lower, "  ", " ")
    return " " + lower + " "


def _plain_text(text: str) -> str:
    return f" {' '.join(key(word) for word in keys(text))} "


def _without(plain: str, form: str, leads: Iterable[str], free: str) -> str:
    plain = plain.replace(f" {form} {free} ", " ")
    for lead in leads:
        plain = plain.replace(f" {lead} {form} ", " ")
    return plain
