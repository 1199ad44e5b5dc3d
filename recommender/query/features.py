"""What things are, have or do, as the catalogue's attributes say it: "waterproof", "slim fit"."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from recommender.query.attributes import Attribute
from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import contains, keys

_LONGEST = 4
_LONGEST_VALUE = 3
_MOST_STATE_IT = 2
"""A value of one word counts by itself where one in so many products of its kind states any."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One attribute that answers a term: the values that say yes to it, and those that say no."""

    name: str
    yes: frozenset[str]
    no: frozenset[str]
    plain: bool = False
    """Whether the attribute is called like the term, so that its no is a plain no."""


@lru_cache(maxsize=512)
def meanings(
    term: str, attributes: tuple[Attribute, ...], language: Language
) -> tuple[Meaning, ...]:
    """The attributes that answer a term.

    An attribute called like it says yes with any value but a no: `waterproof: 20,000 mm`. Others
    say yes with a value that holds it: `type: over-ear`, or `fit: slim` for "slim fit".
    """
    found = []
    for each in attributes:
        answers = {value: answer(term, each.words, value, language) for value in each.values}
        yes = frozenset(value for value, said in answers.items() if said)
        plain = any(said is not None for said in answers.values()) and is_called(
            term, each.words, language
        )
        if yes or plain:
            found.append(Meaning(each.name, yes, frozenset(each.values) - yes, plain))
    return tuple(found)


def answer(term: str, name: Phrase, value: str, language: Language) -> bool | None:
    """What an attribute says to a term: yes, no, or nothing at all.

    `name` are the words of the attribute's name.
    """
    phrase = keys(term)
    called = is_called(term, name, language)
    if called:
        opposite = _form(phrase, language) != _form(name, language)
        return is_no(value, language) is opposite
    if is_no(value, language):
        return None
    wanted = _singular(phrase, language)
    said = _singular(keys(value), language)
    names = {language.singular(word) for word in name}
    named = len(wanted) > 1 and wanted[-1] in names and contains(wanted[:-1], said)
    return True if named or contains(wanted, said) else None


def is_called(term: str, name: Phrase, language: Language) -> bool:
    """Whether an attribute is called like a term, or like its opposite."""
    opposite = language.features.opposites.get(term)
    form = _form(name, language)
    return _form(keys(term), language) == form or (
        opposite is not None and _form(keys(opposite), language) == form
    )


@lru_cache(maxsize=512)
def freedoms(
    term: str, attributes: tuple[Attribute, ...], language: Language
) -> tuple[Meaning, ...]:
    """The attributes that say of a product that it is free of something: `fragrance_free: yes`."""
    form = _form((*keys(term), language.negation.free), language)
    return tuple(
        Meaning(each.name, frozenset(each.values) - denied, denied)
        for each in attributes
        if _form(each.words, language) == form
        for denied in [frozenset(value for value in each.values if is_no(value, language))]
    )


def is_no(value: str, language: Language) -> bool:
    """Whether a value says that there is none: "no", "none", "not included"."""
    words = value.strip().lower().split()
    return bool(words) and words[0] in language.features.no


def normal(phrase: Phrase, language: Language) -> Phrase:
    """Words as they are shown, in one spelling: "noise canceling" is "noise cancelling"."""
    return tuple(language.features.spellings.get(word, word) for word in phrase)


@lru_cache(maxsize=8192)
def _joined(phrase: Phrase, language: Language) -> str:
    return "".join(language.singular(word) for word in normal(phrase, language))


def _form(phrase: Phrase, language: Language) -> str:
    """What is compared: "non-stick" and "nonstick", "long sleeves" and "long sleeve" are one."""
    return _joined(phrase, language)


def _singular(phrase: Phrase, language: Language) -> Phrase:
    return tuple(language.singular(word) for word in normal(phrase, language))


@dataclass(frozen=True, slots=True)
class _Known:
    attribute: Attribute
    alone: bool = False
    """Whether it is one word that counts only within a kind of product whose products say so."""


class FeatureFinder:
    """Finds what attributes can answer. The words stay in the search text.

    A term counts only where some product of the kind that is looked for states such an attribute:
    what the catalogue cannot answer must not empty the page. "Slim" alone is a value of `fit`
    where at least half of the kind state a fit; elsewhere it is a word like any other. Without a
    kind, what stands last is the thing itself, not a property: in "kitchen timer", not `timer`.
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
        self._counts = vocabulary.category_counts
        self._nouns = {
            category: frozenset(language.singular(word) for word in (*said, *keys(category)))
            for category, said in vocabulary.category_words.items()
        }
        self._known: defaultdict[str, list[_Known]] = defaultdict(list)
        elsewhere = {
            _form((word,), language)
            for values in (vocabulary.colors, vocabulary.materials, vocabulary.brands)
            for value in values
            for word in keys(value)
        }
        elsewhere |= {
            _form((word,), language) for path in vocabulary.categories for word in keys(path)
        }
        ratings = language.ratings.attributes
        for attribute in vocabulary.attributes:
            if not attribute.words or " ".join(attribute.words) in ratings:
                continue
            if self._is_flag(attribute):
                self._known[_form(attribute.words, language)].append(_Known(attribute))
                for term, opposite in language.features.opposites.items():
                    denied = any(is_no(value, language) for value in attribute.values)
                    if denied and _form(keys(opposite), language) == _form(
                        attribute.words, language
                    ):
                        self._known[_form((term,), language)].append(_Known(attribute))
            for value in attribute.values:
                self._add_value(attribute, value, elsewhere)

    def find(self, draft: Draft, categories: tuple[str, ...]) -> tuple[str, ...]:
        found: list[str] = []
        used = 0
        for start, end in draft.phrases(_LONGEST):
            if start < used or any(draft.settled[start:end]) or draft.negated(start):
                continue
            known = self._known.get(_form(draft.keys[start:end], self._language))
            if known and self._counts_here(draft, start, end, known, categories):
                found.append(" ".join(normal(draft.keys[start:end], self._language)))
                draft.settle(start, end)
                used = end
        return tuple(dict.fromkeys(found))

    def known_at(self, draft: Draft, start: int) -> int | None:
        """Where the longest term that attributes know ends that starts at this word."""
        for end in range(min(start + _LONGEST, len(draft)), start, -1):
            if draft.free(start, end) and _form(draft.keys[start:end], self._language) in (
                self._known
            ):
                return end
        return None

    def is_called_at(self, draft: Draft, start: int, end: int) -> bool:
        """Whether an attribute is called just like these words: its no is a plain no."""
        form = _form(draft.keys[start:end], self._language)
        return any(
            _form(each.attribute.words, self._language) == form
            for each in self._known.get(form, ())
        )

    def _is_flag(self, attribute: Attribute) -> bool:
        """Whether the name alone says something: values are yes and no, or a number of things."""
        yes = ("yes", "true", "y", "1")
        if any(
            is_no(value, self._language) or value.strip().lower() in yes
            for value in attribute.values
        ):
            return True
        last = attribute.words[-1]
        return self._language.singular(last) != last and all(
            value.strip().isdecimal() for value in attribute.values
        )

    def _add_value(self, attribute: Attribute, value: str, elsewhere: set[str]) -> None:
        language = self._language
        if is_no(value, language):
            return
        for part in value.replace("/", ",").replace(";", ",").split(","):
            words = keys(part)
            if not 0 < len(words) <= _LONGEST_VALUE or any(w[0].isdecimal() for w in words):
                continue
            for name in attribute.words:
                if name not in language.features.kinds:
                    self._known[_form((*words, name), language)].append(_Known(attribute))
            form = _form(words, language)
            if len(words) > 1:
                if not all(_form((word,), language) in elsewhere for word in words):
                    self._known[form].append(_Known(attribute))
            elif self._is_telling(words[0]) and form not in elsewhere:
                self._known[form].append(_Known(attribute, alone=True))

    def _is_telling(self, word: str) -> bool:
        language = self._language
        return (
            len(word) > 2
            and word not in language.qualities
            and word not in language.links
            and word not in language.anything
            and word not in language.loose_ends
            and word not in language.colors
            and word not in ("yes", "true", "all")
        )

    def _counts_here(
        self,
        draft: Draft,
        start: int,
        end: int,
        known: list[_Known],
        categories: tuple[str, ...],
    ) -> bool:
        language = self._language
        if not categories:
            before = draft.keys[start - 1] if start else ""
            lead = (
                before in language.features.having
                or before in language.anything
                or (
                    start > 1
                    and before in language.loose_ends
                    and draft.keys[start - 2] in language.features.having
                )
            )
            if not lead and draft.ends_noun(end):
                return False
            return any(
                not each.alone and (lead or self._is_said_of(each.attribute, draft, end))
                for each in known
            )
        for each in known:
            if not each.attribute.stated_in(categories):
                continue
            if not each.alone or self._stated_by_most(each.attribute, categories):
                return True
        return False

    def _is_said_of(self, attribute: Attribute, draft: Draft, start: int) -> bool:
        """Whether kinds that state an attribute are called by the noun that goes on here."""
        end = start + 1
        while not draft.ends_noun(end):
            end += 1
        noun = self._language.singular(draft.keys[end - 1])
        return any(
            noun in self._nouns.get(category, ())
            for counts in attribute.values.values()
            for category in counts
        )

    def _stated_by_most(self, attribute: Attribute, categories: tuple[str, ...]) -> bool:
        stating = sum(attribute.values_in(categories).values())
        products = sum(
            count
            for category, count in self._counts.items()
            if any(category == path or category.startswith(f"{path} > ") for path in categories)
        )
        return stating * _MOST_STATE_IT >= products
