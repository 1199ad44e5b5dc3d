"""Materials in a request: "made of leather", "leather boots"."""

from collections.abc import Callable

from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import keys

_LONGEST = 3


class MaterialFinder:
    """Finds materials that the catalogue knows. The words stay in the search text.

    A material counts after "made of" and the like, or right before the name of a kind: "leather
    boots", but not "leather cleaner" or "cotton swabs".
    """

    def __init__(
        self, vocabulary: Vocabulary, language: Language, starts_kind: Callable[[Draft, int], bool]
    ) -> None:
        self._language = language
        self._starts_kind = starts_kind
        self._names: set[Phrase] = set()
        for material in vocabulary.materials:
            words = keys(material)
            if words:
                self._names.update((words, words[-1:]))

    def find(self, draft: Draft) -> tuple[str, ...]:
        found: list[str] = []
        used = 0
        for start, end in draft.phrases(_LONGEST):
            if start < used or draft.keys[start:end] not in self._names or draft.negated(start):
                continue
            if start and draft.keys[start - 1] in self._language.imitation:
                continue
            lead = draft.lead(start, self._language.materials_lead) is not None
            if lead or self._starts_kind(draft, end):
                found.append(" ".join(draft.keys[start:end]))
                used = end
        return tuple(dict.fromkeys(found))
