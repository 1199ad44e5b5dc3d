"""Materials in a request: "made of leather", "leather boots"."""

from collections import defaultdict
from collections.abc import Callable

from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

_LONGEST = 3


class MaterialFinder:
    """Finds materials that the catalogue knows. The words stay in the search text.

    A material counts after "made of" and the like, right before the name of a kind, or before a
    word that titles of things made of it hold: "leather boots" and "linen sheets", but not
    "leather cleaner" or "cotton swabs".
    """

    def __init__(
        self, vocabulary: Vocabulary, language: Language, starts_kind: Callable[[Draft, int], bool]
    ) -> None:
        self._language = language
        self._starts_kind = starts_kind
        self._names: set[Phrase] = set()
        self._things: defaultdict[Phrase, set[str]] = defaultdict(set)
        for material in vocabulary.materials:
            words = keys(material)
            if words:
                self._names.update((words, words[-1:]))
            titles = vocabulary.material_words.get(material, frozenset())
            things = {language.singular(word) for word in titles}
            for at in range(len(words)):
                self._things[words[at:]] |= things - set(words)
        sold = {word for material in vocabulary.materials for word in keys(material)}
        self._kinds = {(kind,) for kind, named in language.material_kinds.items() if named & sold}

    def find(self, draft: Draft) -> tuple[str, ...]:
        found: list[str] = []
        used = 0
        for start, end in draft.phrases(_LONGEST):
            if start < used or draft.keys[start:end] not in self._names or draft.negated(start):
                continue
            if start and draft.keys[start - 1] in self._language.imitation:
                continue
            lead = draft.lead(start, self._language.materials_lead) is not None
            if lead or self._starts_kind(draft, end) or self._is_made_of(draft, start, end):
                found.append(" ".join(draft.keys[start:end]))
                used = end
        return tuple(dict.fromkeys(found))

    def _is_made_of(self, draft: Draft, start: int, end: int) -> bool:
        """Whether some product of this material is called by the word that follows."""
        return draft.free(start, end + 1) and self._language.singular(draft.keys[end]) in (
            self._things.get(draft.keys[start:end], ())
        )

    def excluded_at(self, draft: Draft, start: int) -> tuple[int, tuple[str, ...]]:
        """The end and the material of the longest name that starts at this word."""
        for end in range(min(start + _LONGEST, len(draft)), start, -1):
            if draft.free(start, end) and draft.keys[start:end] in self._names | self._kinds:
                return end, (" ".join(draft.keys[start:end]),)
        return start, ()
