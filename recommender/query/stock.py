"""Whether a request asks for what can be had now."""

from recommender.query.draft import Draft
from recommender.query.language import Language

_LONGEST = 4
_REACH = 4


def asks_in_stock(draft: Draft, language: Language) -> bool:
    """Finds "in stock" or "not sold out" and the like, and takes it out of the draft."""
    for start, end in draft.phrases(_LONGEST):
        if draft.keys[start:end] in language.in_stock and not draft.negated(start):
            draft.take(start, end)
            return True
        if draft.keys[start:end] in language.out_of_stock:
            negation = _negation(draft, start, language)
            if negation is not None:
                if end < len(draft) and draft.keys[end] in language.anything:
                    end += 1
                draft.take(negation, end)
                return True
    return False


def _negation(draft: Draft, start: int, language: Language) -> int | None:
    """Where a negation stands that reaches this word over nothing but small words."""
    words = language.negation
    for at in range(start - 1, max(-1, start - 1 - _REACH), -1):
        if draft.parted(at + 1) or draft.taken[at]:
            return None
        if draft.keys[at] in words.negations:
            return at
        if draft.keys[at] not in words.fillers and draft.keys[at] not in language.anything:
            return None
    return None
