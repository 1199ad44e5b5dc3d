"""Superlatives in a request: "cheapest", "the most expensive thing you have", "best rated"."""

from recommender.query.constraints import Sort
from recommender.query.draft import Draft
from recommender.query.language import Language

_LONGEST = 6


class SortFinder:
    """Finds what must come first, and takes it out of the draft.

    The best rated are not asked of a catalogue that rates nothing; then the words stay in.
    """

    def __init__(self, language: Language, *, rates: bool) -> None:
        self._language = language
        words = language.sorting
        self._sorts: dict[tuple[str, ...], Sort] = dict.fromkeys(words.cheapest, "price")
        self._sorts |= dict.fromkeys(words.priciest, "-price")
        if rates:
            self._sorts |= dict.fromkeys(words.best_rated, "-rating")

    def find(self, draft: Draft) -> Sort | None:
        for start, end in draft.phrases(_LONGEST):
            sort = self._sorts.get(draft.keys[start:end])
            if sort is not None and not draft.negated(start):
                lead = draft.lead(start, self._language.sorting.lead)
                draft.take(start if lead is None else lead, end)
                return sort
        return None
