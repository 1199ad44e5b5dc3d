"""The kind of product that a request names, as paths of the catalogue's category tree."""

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

SEPARATOR = " > "
_LONGEST = 4
_MOST_PATHS = 8
_PARTS = re.compile(r"\s*[&,/]\s*|\s+and\s+")


class CategoryFinder:
    """Finds the categories whose products a request is for. The words stay in the search text.

    A wrong category loses products that only a missing one ranks lower, so the rule is strict:

    - A category is known by its leaf's name if that names a kind ("Tents"), and by the leaf's name
      with its parent's ("running shoes" for `Shoes > Running`), in singular or plural. The last
      words do too ("boots" for `Hiking Boots`).
    - The name must be the head of the request: no noun follows ("shoe rack" is not a shoe), and
      no word like "for" or "with" leads to it ("a case for headphones").
    - Every other word before it must be a plain quality ("cheap"), or stand in some title of that
      category: "wireless headphones" where titles say wireless, not "toy tents" among tents. A
      word that nothing in the shop says, a brand that it does not sell, is fine before the full
      name: "asics shoes".
    - Whoever the thing is for is a kind too, where the shop has things for them: "a gift for my
      dog". It then outweighs what the thing is: toys for a dog are not among `Toys`.
    """

    def __init__(
        self, vocabulary: Vocabulary, language: Language, knows: Callable[[str], bool]
    ) -> None:
        """`knows` says whether catalogue or language have a word."""
        self._language = language
        self._knows = knows
        self._full: defaultdict[Phrase, set[str]] = defaultdict(set)
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        self._paths: defaultdict[Phrase, set[str]] = defaultdict(set)
        self._materials = {word for value in vocabulary.materials for word in keys(value)}
        stated: defaultdict[str, set[str]] = defaultdict(set)
        for attribute in vocabulary.attributes:
            for value, counts in attribute.values.items():
                phrase = keys(value)
                # Pairs too: "over ear" says what "over" by itself does not.
                said = {*attribute.words, *phrase, *(" ".join(pair) for pair in pairwise(phrase))}
                said |= {language.features.spellings.get(word, word) for word in said}
                said |= {language.singular(word) for word in said}
                for category in counts:
                    stated[category] |= said
        for category in vocabulary.categories:
            segments = [segment.strip() for segment in category.split(SEPARATOR.strip())]
            for depth in range(1, len(segments) + 1):
                path = SEPARATOR.join(segments[:depth])
                self._words[path] |= vocabulary.category_words.get(category, frozenset())
                self._words[path].update(keys(path))
                self._words[path] |= stated[category]
                for name in self._names(segments[:depth]):
                    self._paths[name].add(path)
                for part in _PARTS.split(segments[depth - 1]):
                    self._full[self._singular(keys(part))].add(path)

    def find(self, draft: Draft) -> tuple[str, ...]:
        whom = self._for_whom(draft)
        if whom:
            return whom
        found: list[str] = []
        end_of_last = 0
        for start, end in draft.phrases(_LONGEST):
            if start < end_of_last:
                continue
            paths = self._paths.get(self._singular(draft.keys[start:end]))
            if not paths or draft.negated(start) or not draft.ends_noun(end):
                continue
            full = self._full.get(self._singular(draft.keys[start:end]), set())
            paths = {
                path for path in paths if self._fits(draft, start, path, bool(found), path in full)
            }
            if paths:
                found += sorted(paths)
                end_of_last = end
        paths = set(found)
        top = [path for path in dict.fromkeys(found) if not _below_any(path, paths)]
        return tuple(top) if len(top) <= _MOST_PATHS else ()

    def starts_at(self, draft: Draft, start: int) -> bool:
        """Whether the name of a kind starts at this word."""
        return bool(self.kinds_at(draft, start))

    def kinds_at(self, draft: Draft, start: int) -> set[str]:
        """The paths that the longest name which starts at this word stands for."""
        for end in range(start + _LONGEST, start, -1):
            paths = self._paths.get(self._singular(draft.keys[start:end]))
            if paths and draft.free(start, end):
                return paths
        return set()

    def excluded_at(self, draft: Draft, start: int) -> tuple[int, tuple[str, ...]]:
        """The end, and the categories that the longest name that starts at this word names in full.

        "No cups" is not all of `Mugs & Cups`, so such a name excludes no category.
        """
        for end in range(min(start + _LONGEST, len(draft)), start, -1):
            name = self._singular(draft.keys[start:end])
            if not draft.free(start, end) or name not in self._paths:
                continue
            whole = [path for path in self._paths[name] if name in self._whole_names(path)]
            top = [path for path in sorted(whole) if not _below_any(path, set(whole))]
            if top and len(top) <= _MOST_PATHS:
                return end, tuple(top)
        return start, ()

    def _whole_names(self, path: str) -> set[Phrase]:
        segments = path.split(SEPARATOR)
        leaf = self._singular(keys(segments[-1]))
        parent = self._singular(keys(segments[-2])) if len(segments) > 1 else ()
        return {leaf, (*leaf, *parent)}

    def _names(self, segments: list[str]) -> list[Phrase]:
        """What the last of these segments is called, with each shorter name for the same kind."""
        names: list[Phrase] = []
        parent = keys(segments[-2]) if len(segments) > 1 else ()
        for part in _PARTS.split(segments[-1]):
            words = keys(part)
            for name in (words[at:] for at in range(len(words))):
                if self._language.names_a_kind(name[-1]):
                    names.append(self._singular(name))
                if len(parent) == 1 and self._language.names_a_kind(parent[-1]):
                    names.append(self._singular((*name, *parent)))
        return names

    def _for_whom(self, draft: Draft) -> tuple[str, ...]:
        """The categories of things for the living thing that a request ends in "for my …" with."""
        language = self._language
        for start, word in enumerate(draft.keys):
            singular = language.singular(word)
            if singular not in language.living or not draft.free(start, start + 1):
                continue
            if draft.negated(start) or not draft.ends_noun(start + 1):
                continue
            before = start - 1
            while before > 0 and draft.keys[before] in language.qualities:
                before -= 1
            if before >= 0 and draft.keys[before] in language.beneficiary_lead:
                return tuple(sorted(self._full.get((singular,), ())))
        return ()

    def _fits(self, draft: Draft, start: int, path: str, joined: bool, full: bool) -> bool:
        """Whether every word before the name leaves it the head of the request."""
        language = self._language
        for at in range(start - 1, -1, -1):
            word = draft.keys[at]
            if draft.taken[at] or draft.settled[at]:
                continue
            if draft.parted(at + 1):
                return True
            if word in language.either and joined:
                return True
            if word in language.qualities or word.isdecimal():
                continue
            if " ".join(draft.keys[at : at + 2]) in self._words[path]:
                continue
            if word in language.links:
                return False
            word = language.features.spellings.get(word, word)
            if (
                word in self._words[path]
                or word in language.features.opposites
                or self._is_facet_word(word)
            ):
                continue
            if not full or self._knows(word):
                return False
        return True

    def _is_facet_word(self, word: str) -> bool:
        language = self._language
        return (
            word in language.colors
            or word in self._materials
            or word in language.genders
            or any(word in others for others in language.genders.values())
        )

    def _singular(self, words: Phrase) -> Phrase:
        return tuple(self._language.singular(word) for word in words)


def _below_any(path: str, paths: set[str]) -> bool:
    return any(path.startswith(other + SEPARATOR) for other in paths)
