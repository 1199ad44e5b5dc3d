"""What a customer does not want: "not leather", "without a hood", "anything but Sony"."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Protocol

from recommender.query.brands import BrandFinder
from recommender.query.categories import CategoryFinder
from recommender.query.colors import ColorFinder
from recommender.query.draft import Draft
from recommender.query.features import FeatureFinder, normal
from recommender.query.language import Language
from recommender.query.materials import MaterialFinder
from recommender.query.sizes import SizeFinder

_LONGEST = 3
_LONGEST_LEAD = 5


@dataclass(frozen=True, slots=True)
class Exclusions:
    brand: tuple[str, ...] = ()
    color: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class _Finder(Protocol):
    def excluded_at(self, draft: Draft, start: int) -> tuple[int, tuple[str, ...]]:
        """The end and the values of what starts at this word; no values if nothing does."""
        ...


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that is not wanted. Without a field it is only taken out of the text."""

    end: int
    field: str = ""
    values: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    values: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, item: _Item) -> None:
        self.values[item.field] += item.values

    def exclusions(self) -> Exclusions:
        said = {name: tuple(dict.fromkeys(values)) for name, values in self.values.items() if name}
        return Exclusions(**said)


class ExclusionFinder:
    """Finds what is not wanted, and takes it out of the draft: embeddings do not hear a "not".

    What is a brand, colour, size, category or material of the catalogue is excluded as one;
    anything else as words that a product must not say of itself. In "not leather boots" only
    "leather" is negated, since a kind of product starts after it. "No-show socks" and "non-stick"
    name things, so "no" counts only before what the catalogue knows or before a single word.
    "Not too heavy" excludes nothing, because no product says that it is heavy.
    """

    def __init__(
        self,
        language: Language,
        *,
        brands: BrandFinder,
        colors: ColorFinder,
        sizes: SizeFinder,
        categories: CategoryFinder,
        materials: MaterialFinder,
        features: FeatureFinder,
    ) -> None:
        self._language = language
        self._finders: tuple[tuple[str, _Finder], ...] = (
            ("brand", brands),
            ("category", categories),
            ("color", colors),
            ("size", sizes),
            ("material", materials),
        )
        self._categories = categories
        self._features = features

    def find(self, draft: Draft) -> Exclusions:
        found = _Found()
        at = 0
        while at < len(draft):
            at = (
                self._question(draft, at)
                or self._free_of(draft, at, found)
                or self._negated(draft, at, found)
                or at + 1
            )
        return found.exclusions()

    def _question(self, draft: Draft, at: int) -> int | None:
        """Where a question ends that only sounds like a no; nothing of it is searched for."""
        for end in range(min(at + _LONGEST_LEAD, len(draft)), at, -1):
            if draft.free(at, end) and draft.keys[at:end] in self._language.negation.questions:
                draft.take(at, end)
                return end
        return None

    def _negated(self, draft: Draft, at: int, found: _Found) -> int | None:
        """Where the negation that starts at this word ends, with all that it negates."""
        words = self._language.negation
        joined = at + 1 < len(draft) and draft.joined(at + 1)
        start = self._after_negation(draft, at)
        if start is None:
            return None
        weak = draft.keys[at] in words.weak and start == at + 1
        fillers = words.articles if weak else words.fillers
        while (
            draft.free(start, start + 1)
            and not draft.parted(start)
            and not draft.settled[start]
            and not (start + 1 < len(draft) and draft.joined(start + 1))
            and draft.keys[start] in fillers
            and start + 1 < len(draft)
            and not draft.parted(start + 1)
            and self._known_item(draft, start) is None
        ):
            start += 1
        if start < len(draft) and not draft.parted(start) and draft.keys[start] in words.mild:
            draft.take(at, start + 1)
            return start + 1
        item = self._item(draft, start)
        if item is None or (joined and item.field not in ("material", "color")):
            return None
        if weak and not item.field:
            return None
        bare = draft.keys[at] in words.pronouns and start == at + 1
        if bare and self._known_item(draft, start) is None:
            return None
        if weak and item.field == "words" and not self._is_clear(draft, start, item.end):
            return None
        draft.take(at, item.end)
        found.add(item)
        return self._alternatives(draft, item, found)

    def _alternatives(self, draft: Draft, first: _Item, found: _Found) -> int:
        """Takes what follows an "or": "not Nike or Puma". After "and" only more of the same."""
        words = self._language.negation
        item = first
        for each in self._series(draft, first):
            draft.take(item.end, each.end)
            found.add(each)
            item = each
        while item.end + 1 < len(draft) and not draft.parted(item.end):
            link = draft.keys[item.end]
            after = item.end + 1
            if link not in words.alternatives or draft.taken[item.end] or draft.parted(after):
                break
            while after < len(draft) and draft.keys[after] in words.fillers:
                after += 1
            other = self._item(draft, after)
            if other is None or not other.field:
                break
            if link in words.both and (other.field != item.field or item.field == "words"):
                break
            draft.take(item.end, other.end)
            found.add(other)
            item = other
        return item.end

    def _series(self, draft: Draft, first: _Item) -> list[_Item]:
        """The rest of "not red, blue or black". In "not red, a blue one" there is no such rest."""
        words = self._language.negation
        items: list[_Item] = []
        at = first.end
        while at < len(draft):
            last = draft.keys[at] in words.alternatives and draft.keys[at] not in words.both
            if not last and not draft.parted(at):
                break
            other = self._known_item(draft, at + last)
            if other is None or other.field != first.field or not draft.free(at, other.end):
                break
            items.append(other)
            if last:
                return items
            at = other.end
        return []

    def _free_of(self, draft: Draft, at: int, found: _Found) -> int | None:
        """ "leather-free", unless the catalogue has an attribute for just that.

        Only of what the catalogue knows. "Sugar-free" in a shop that never heard of it is a word
        like any other: what is sugar-free says "sugar" more often than what is not.
        """
        words = self._language.negation
        free = at + 1
        if not draft.free(at, free + 1) or draft.keys[free] != words.free:
            return None
        if draft.keys[at] in words.not_free or draft.keys[at] in self._language.links:
            return None
        if draft.settled[at] or (self._features.known_at(draft, at) or 0) > free:
            return None
        item = self._known_item(draft, at)
        if item is None or item.end != free:
            return None
        draft.take(at, free + 1)
        found.add(item)
        return free + 1

    def _after_negation(self, draft: Draft, at: int) -> int | None:
        """Where what is negated may start, if a negation starts at this word."""
        words = self._language.negation
        for end in range(at + _LONGEST_LEAD, at, -1):
            if draft.free(at, end) and draft.keys[at:end] in words.exceptions:
                return end
        if draft.taken[at] or draft.settled[at] or draft.keys[at] not in words.negations:
            return None
        return at + 1

    def _item(self, draft: Draft, start: int) -> _Item | None:
        if start >= len(draft) or draft.parted(start) or not draft.free(start, start + 1):
            return None
        if draft.settled[start]:
            return None
        known = self._known_item(draft, start)
        if known is not None:
            return known
        end = self._words_end(draft, start)
        if end == start:
            return None
        words = self._language.negation
        phrase = draft.keys[start:end]
        if all(self._is_vague(word) for word in phrase):
            return _Item(end)
        while self._is_vague(draft.keys[end - 1]):
            end -= 1
        if phrase[0] in words.vague:
            return _Item(end)
        term = " ".join(normal(draft.keys[start:end], self._language))
        return _Item(end, "words", (term,))

    def _known_item(self, draft: Draft, start: int) -> _Item | None:
        """What the catalogue knows that starts here, the longest first."""
        if start >= len(draft):
            return None
        items = []
        for name, finder in self._finders:
            end, values = finder.excluded_at(draft, start)
            if values:
                items.append(_Item(end, name, values))
        known = self._features.known_at(draft, start)
        if known is not None and (
            not self._is_vague(draft.keys[start])
            or self._features.is_called_at(draft, start, known)
        ):
            term = " ".join(normal(draft.keys[start:known], self._language))
            items.append(_Item(known, "words", (term,)))
        return max(items, key=lambda item: item.end, default=None)

    def _words_end(self, draft: Draft, start: int) -> int:
        """Where a phrase that the catalogue does not know ends; the same place if none starts."""
        language = self._language
        end = start
        while end < min(len(draft), start + _LONGEST) and (end == start or not draft.parted(end)):
            word = draft.keys[end]
            if draft.taken[end] or draft.settled[end] or word in language.negation.contrast:
                break
            compound = draft.joined(end) or (end + 1 < len(draft) and draft.joined(end + 1))
            if not compound and (
                word in language.links
                or word in language.negation.negations
                or word in language.anything
                or (word,) in language.closings
            ):
                break
            if end > start and self._categories.starts_at(draft, end):
                break
            end += 1
        return end

    def _is_vague(self, word: str) -> bool:
        return (
            word in self._language.negation.vague
            or word in self._language.qualities
            or word in self._language.anything
            or len(word) < 2
        )

    def _is_clear(self, draft: Draft, start: int, end: int) -> bool:
        """Whether "no" before these words can only mean that they are not wanted."""
        if self._features.known_at(draft, start) == end and draft.ends_noun(end):
            return True
        return all(draft.joined(at) for at in range(start + 1, end)) and draft.ends_noun(end)
