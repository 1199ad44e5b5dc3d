"""Whether a request asks for what can be had now."""

from recommender.query.draft import Draft
from recommender.query.language import Language

_LONGEST = 4


def asks_in_stock(draft: Draft, language: Language) -> bool:
    """Finds "in stock" and the like, and takes it out of the draft."""
    for start, end in draft.phrases(_LONGEST):
        if draft.keys[start:end] in language.in_stock and not draft.negated(start):
            draft.take(start, end)
            return True
    return False
