"""Whether a product's text says a word of it: in SQL, and of one text.

A text that says "without a hood" or "fragrance-free" does not say that there is one.

One regular expression reads the text, in the syntax that Python's `re` (which SQLite calls) and
PostgreSQL share. Nested SQL functions would not do: SQLite's parser has a depth that it gives up
at, and a dozen replacements come near to it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache, reduce

from sqlalchemy import ColumnElement, case, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from recommender.query.language import Language, Phrase
from recommender.query.words import key, keys

Text = ColumnElement[str] | InstrumentedAttribute[str]
_BETWEEN = r"(?:\W|_)"
"""What parts two words. A look behind must have one width, so it is one sign."""


def mentions(
    text: Text, phrase: str, language: Language, *, unless_after: Iterable[str] = ()
) -> ColumnElement[bool]:
    """A condition: the text says the phrase, in singular or plural, and not that it lacks it.

    `unless_after` are more words that take it back: "faux" (leather).
    """
    words = keys(phrase)
    if not words:
        return false()
    saying = _saying(words, language, frozenset(unless_after))
    return where_mentioned([text], phrase, language, _plain(text).regexp_match(saying))


def where_mentioned(
    texts: Iterable[Text], phrase: str, language: Language, condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """A condition, looked at only where some text holds the phrase's last word, or part of one.

    By CASE, because SQLite reckons both sides of an AND whose value is wanted.
    """
    whole = func.lower(_plain(reduce(lambda left, right: left + " " + right, texts)))
    words = {form.rpartition(" ")[2] for form in forms(keys(phrase), language)}
    shortest = [word for word in words if not any(other in word for other in words - {word})]
    held = or_(false(), *(whole.contains(word, autoescape=True) for word in sorted(shortest)))
    return case((held, condition), else_=false())


def holds(text: Text, phrases: Iterable[str]) -> ColumnElement[bool]:
    """A condition: the text holds one of these phrases, as they stand."""
    patterns = [_joined(keys(phrase)) for phrase in phrases]
    if not patterns:
        return false()
    # "21.5 inch" does not hold "5 inch".
    pattern = rf"(?i){_BETWEEN}(?<![0-9][.,])(?:{'|'.join(patterns)}){_BETWEEN}"
    return _plain(text).regexp_match(pattern)


def says(text: str, phrase: str, language: Language, *, unless_after: Iterable[str] = ()) -> bool:
    """The same of one text."""
    words = keys(phrase)
    pattern = _saying(words, language, frozenset(unless_after)) if words else "(?!)"
    return re.search(pattern, _plain_text(text)) is not None


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


@lru_cache(maxsize=1024)
def _saying(phrase: Phrase, language: Language, unless_after: frozenset[str]) -> str:
    said = "|".join(_joined(keys(form)) for form in forms(phrase, language))
    leads = sorted({*language.negation.lacking, *unless_after})
    lacking = "".join(
        rf"(?<!{_BETWEEN}{_joined(keys(lead), one_sign=True)}{_BETWEEN})" for lead in leads
    )
    free = rf"(?!{_BETWEEN}{re.escape(language.negation.free)}{_BETWEEN})"
    return rf"(?i){_BETWEEN}{lacking}(?:{said})(?={_BETWEEN}){free}"


def _joined(words: Phrase, *, one_sign: bool = False) -> str:
    return (_BETWEEN if one_sign else f"{_BETWEEN}+").join(map(re.escape, words))


def _plain(text: Text) -> ColumnElement[str]:
    """The text without apostrophes, and with something before and behind each of its words."""
    plain: ColumnElement[str] = func.replace(func.replace(text, "'", ""), "’", "")
    return " " + plain + " "


def _plain_text(text: str) -> str:
    return f" {' '.join(key(word) for word in keys(text))} "
