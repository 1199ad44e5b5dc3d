"""Sizes in a request: "size 9", "in XL", "queen size", "sizes 8 to 10"."""

from recommender.query import facets
from recommender.query.draft import Draft
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

_LONGEST = 3


class SizeFinder:
    """Finds sizes and takes them out of the draft. A catalogue without sizes leaves them in.

    "Size" makes any number a size; "in a" only one that the catalogue has, and only where the
    noun does not follow ("in a 9", not "in a 9 inch pan"). "Small" alone is an adjective.
    "Queen" is a size of sheets, and no other.
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
        self._spelled = {name for names in language.sizes.values() for name in names}
        self._known = {
            facets.size_name(part, language)
            for value in vocabulary.sizes
            for part in (value, *value.split("/"))
        }

    def find(self, draft: Draft) -> tuple[str, ...]:
        if not self._known:
            return ()
        found: list[str] = []
        for at, word in enumerate(draft.keys):
            if draft.taken[at] or draft.negated(at):
                continue
            if word in self._language.size_words:
                found += self._after_word(draft, at) or self._before_word(draft, at)
            elif self._is_size(draft, at):
                found.append(self._taken(draft, at, at, at + 1))
            else:
                found += self._after_lead(draft, at) or self._by_itself(draft, at)
        return tuple(dict.fromkeys(found))

    def excluded_at(self, draft: Draft, start: int) -> tuple[int, tuple[str, ...]]:
        """The end and the sizes that start at this word: "size 9", "XL"."""
        if not self._known or not draft.free(start, start + 1):
            return start, ()
        word = draft.keys[start]
        if word in self._language.size_words:
            end = self._value_end(draft, start + 1, numbers=True)
            if end is not None:
                return end, (self._name(draft, start + 1, end),)
        elif word in self._language.bare_sizes and self._name(draft, start, start + 1) in (
            self._known
        ):
            return start + 1, (self._name(draft, start, start + 1),)
        return start, ()

    def _after_word(self, draft: Draft, at: int) -> list[str]:
        """ "size 9", "sizes 8, 9 or 10", "size 8 to 10"."""
        found: list[str] = []
        start = at + 1
        while (end := self._value_end(draft, start, numbers=True)) is not None:
            lead = draft.lead(at, self._language.size_lead) if not found else None
            half = self._half_end(draft, end)
            size = self._taken(draft, at if lead is None else lead, start, end, half)
            size = self._figures(size)
            found.append(size if half == end else f"{size}.5")
            start = end = half
            if end + 1 < len(draft) and draft.keys[end] in self._language.either | self._to:
                if self._value_end(draft, end + 1, numbers=True) is None:
                    break
                if draft.keys[end] in self._to:
                    found += self._between(found[-1], self._name(draft, end + 1, end + 2))
                start = end + 1
            at = start
        return found

    def _figures(self, size: str) -> str:
        """ "9" for "nine"."""
        return str(self._language.prices.numbers.get(size, size))

    def _half_end(self, draft: Draft, at: int) -> int:
        """Where "and a half" ends, if it stands here; else the same place."""
        return next(
            (
                at + len(phrase)
                for phrase in self._language.size_halves
                if draft.keys[at : at + len(phrase)] == phrase
                and self._figures(draft.keys[at - 1]).isdecimal()
                and draft.free(at, at + len(phrase))
            ),
            at,
        )

    def _before_word(self, draft: Draft, at: int) -> list[str]:
        """ "king size", "extra large sized"."""
        for start in range(max(0, at - _LONGEST), at):
            if draft.free(start, at + 1) and self._name(draft, start, at) in self._known:
                return [self._taken(draft, start, start, at, at + 1)]
        return []

    def _after_lead(self, draft: Draft, at: int) -> list[str]:
        """ "in a 9", "in medium"."""
        lead = draft.lead(at, self._language.size_lead)
        if lead is None or draft.settled[at]:
            return []
        if lead and draft.keys[lead - 1][-1:].isdecimal():
            return []  # "2 in 1"
        end = self._value_end(draft, at, numbers=False)
        if end is None or not self._ends_noun(draft, end):
            return []
        if draft.keys[lead:at] in {("a",)} and end - at == 1 and draft.keys[at].isalpha():
            return []
        return [self._taken(draft, lead, at, end)]

    def _is_size(self, draft: Draft, at: int) -> bool:
        """Whether this word by itself is a size: "XL", or "queen" before "sheets"."""
        if not self._is_known(draft, at, at + 1):
            return False
        return draft.keys[at] in self._language.bare_sizes or self._sizes_thing(draft, at)

    def _by_itself(self, draft: Draft, at: int) -> list[str]:
        """ "extra large", and "small or medium": "large" alone is an adjective."""
        for end in range(at + _LONGEST, at + 1, -1):
            if draft.free(at, end) and " ".join(draft.keys[at:end]) in self._spelled:
                name = self._name(draft, at, end)
                plain = name in self._known or name in self._language.bare_sizes
                return [self._taken(draft, at, at, end)] if plain else []
        link = at + 1
        if not draft.free(at, link + 2) or draft.keys[link] not in self._language.either:
            return []
        pair = ((at, at + 1), (link + 1, link + 2))
        if not all(
            draft.keys[start] in self._spelled and self._is_known(draft, start, end)
            for start, end in pair
        ):
            return []
        names = [self._name(draft, start, end) for start, end in pair]
        draft.take(at, link + 2)
        return names

    def _sizes_thing(self, draft: Draft, at: int) -> bool:
        """Whether a thing follows that comes in such sizes: "queen sheets"."""
        things = self._language.sizes_of_things.get(draft.keys[at], frozenset())
        return any(
            draft.free(at, end + 1) and self._language.singular(draft.keys[end]) in things
            for end in range(at + 1, min(at + 1 + _LONGEST, len(draft)))
        )

    def _is_known(self, draft: Draft, start: int, end: int) -> bool:
        return self._name(draft, start, end) in self._known

    def _value_end(self, draft: Draft, start: int, *, numbers: bool) -> int | None:
        """Where a size that starts here ends; None where none starts here."""
        for end in range(min(start + _LONGEST, len(draft)), start, -1):
            if end < len(draft) and draft.settled[end - 1] and draft.settled[end]:
                continue  # a part of "5 x 3 ft"
            if draft.free(start, end) and self._name(draft, start, end) in self._known:
                return end
        if numbers and draft.free(start, start + 1):
            word = draft.keys[start]
            is_number = self._figures(word)[0].isdecimal() and not draft.settled[start]
            if is_number or word in self._language.bare_sizes:
                return start + 1
        return None

    def _ends_noun(self, draft: Draft, at: int) -> bool:
        return (
            at >= len(draft)
            or draft.taken[at]
            or draft.parted(at)
            or draft.keys[at] in self._language.links
            or (draft.keys[at],) in self._language.closings
        )

    def _between(self, low: str, high: str) -> list[str]:
        """The catalogue's sizes between two numbers."""
        try:
            least, most = sorted((float(low), float(high)))
        except ValueError:
            return []
        numbers = [size for size in self._known if size.replace(".", "", 1).isdecimal()]
        return sorted((size for size in numbers if least < float(size) < most), key=float)

    def _taken(
        self, draft: Draft, start: int, first: int, last: int, end: int | None = None
    ) -> str:
        draft.take(start, last if end is None else end)
        return self._name(draft, first, last)

    def _name(self, draft: Draft, start: int, end: int) -> str:
        return facets.size_name(" ".join(draft.keys[start:end]), self._language)

    @property
    def _to(self) -> frozenset[str]:
        return frozenset(word for phrase in self._language.prices.to for word in keys(phrase)[:1])
