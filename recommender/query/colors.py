"""Colours in a request, as the customer names them."""

from collections.abc import Callable
from functools import lru_cache

from recommender.query import facets
from recommender.query.draft import Draft
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

_LONGEST = 3


class ColorFinder:
    """Finds colours and takes them out of the draft: "light blue", "in navy or black".

    A word that means something else as often, like "olive", is a colour only after "in" or
    "color", beside another colour ("white or coral"), before a kind that comes in it ("olive
    jacket", where the shop has one), or alone. A name that ends in a plain colour counts even
    where nothing has it, so that the answer can say so; others only where something has them. A
    catalogue without colours leaves colour words in the search text.
    """

    def __init__(
        self, vocabulary: Vocabulary, language: Language, kinds_at: Callable[[Draft, int], set[str]]
    ) -> None:
        """`kinds_at` gives the categories whose name starts at a word."""
        self._language = language
        self._kinds_at = kinds_at
        self._colors_of = vocabulary.category_colors
        self._titles_of = {
            path: {language.singular(word) for word in words}
            for path, words in vocabulary.category_words.items()
        }
        self._values = vocabulary.colors
        self._written = {keys(value) for value in vocabulary.colors}
        names = {keys(name) for name in language.colors}
        names.update(keys(name) for others in language.colors.values() for name in others)
        self._names = names
        self._has_values = lru_cache(maxsize=1024)(self._look_up)

    def find(self, draft: Draft) -> tuple[str, ...]:
        if not self._values:
            return ()
        found: list[str] = []
        for start, end in draft.phrases(_LONGEST):
            if not draft.free(start, end) or not self._is_color(draft, start, end):
                continue
            lead = draft.lead(start, self._language.in_color)
            follow = end < len(draft) and (draft.keys[end],) in self._language.in_color - {("in",)}
            draft.take(start if lead is None else lead, end + follow)
            found.append(" ".join(draft.keys[start:end]))
        return tuple(dict.fromkeys(found))

    def excluded_at(self, draft: Draft, start: int) -> tuple[int, tuple[str, ...]]:
        """The end and the colour of the longest name that starts at this word."""
        if not self._values:
            return start, ()
        for end in range(min(start + _LONGEST, len(draft)), start, -1):
            phrase = draft.keys[start:end]
            is_name = phrase in self._names or self._is_written(phrase)
            if not is_name or not draft.free(start, end):
                continue
            term = " ".join(phrase)
            if self._in_compound(draft, start, end):
                continue
            if len(phrase) == 1 and term in self._language.doubtful_colors:
                lead = draft.lead(start, self._language.in_color) is not None
                if not lead and not self._has_values(term):
                    continue
            return end, (term,)
        return start, ()

    def _is_color(self, draft: Draft, start: int, end: int) -> bool:
        phrase = draft.keys[start:end]
        language = self._language
        if not (phrase in self._names or self._is_written(phrase)):
            return False
        if draft.negated(start) or self._in_compound(draft, start, end):
            return False
        term = " ".join(phrase)
        # "Off white" is white of a kind in any shop; "stainless steel" is no colour by itself.
        plain = phrase[-1] in language.colors and (len(phrase) == 1 or phrase in self._names)
        if not plain and not self._has_values(term):
            return False
        if len(phrase) == 1 and phrase[0] in language.doubtful_colors:
            lead = draft.lead(start, language.in_color) is not None
            follow = end < len(draft) and (draft.keys[end],) in language.in_color - {("in",)}
            return (
                lead
                or follow
                or len(draft) == 1
                or self._beside_color(draft, start)
                or self._comes_in(draft, end, term)
            )
        return True

    def _beside_color(self, draft: Draft, start: int) -> bool:
        """Whether a colour and "or" stand right before."""
        return (
            start > 1
            and draft.keys[start - 1] in self._language.either
            and draft.keys[start - 2] in self._language.colors
            and draft.taken[start - 2]
        )

    def _comes_in(self, draft: Draft, at: int, term: str) -> bool:
        """Whether some product of the kind that is named here has this colour: of the category, or
        of one whose titles have the word, as those of "Yoga" have "mat"."""
        if at >= len(draft):
            return False
        word = self._language.singular(draft.keys[at])
        titled = {path for path, words in self._titles_of.items() if word in words}
        named = self._kinds_at(draft, at)
        return any(
            facets.colors(term, colors, self._language)
            for category, colors in self._colors_of.items()
            if category in titled
            or any(category == path or category.startswith(f"{path} > ") for path in named)
        )

    def _is_written(self, phrase: tuple[str, ...]) -> bool:
        """A colour of the catalogue that contains a colour's name: "rustic brown"."""
        return (
            phrase in self._written
            and any((word,) in self._names for word in phrase)
            and phrase[0] not in self._language.negation.articles  # feeds write "a pink", too
            and self._language.either.isdisjoint(phrase)  # "black and white" is two colours
        )

    def _in_compound(self, draft: Draft, start: int, end: int) -> bool:
        compounds = self._language.not_colors
        return (
            draft.keys[start : end + 1] in compounds
            or draft.keys[max(0, start - 1) : end] in compounds
        )

    def _look_up(self, term: str) -> bool:
        return bool(facets.colors(term, self._values, self._language))
