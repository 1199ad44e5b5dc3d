"""Taking away what a customer says around the thing: "do you have …, please"."""

from recommender.query.draft import Draft
from recommender.query.language import Language

_LONGEST = 6


def trim(draft: Draft, language: Language) -> None:
    """Takes courtesies, and words that lead to nothing now, from both ends of what is left."""
    draft.link_values()
    while _trim_end(draft, language) or _trim_start(draft, language):
        pass


def _trim_start(draft: Draft, language: Language) -> bool:
    first = next((at for at in range(len(draft)) if not draft.taken[at]), None)
    if first is None:
        return False
    for end in range(min(first + _LONGEST, len(draft)), first, -1):
        if draft.free(first, end) and draft.keys[first:end] in language.openings:
            draft.take(first, end)
            return True
    word = draft.keys[first]
    if word in language.anything or (first > 0 and word in language.loose_ends):
        draft.take(first, first + 1)
        return True
    return False


def _trim_end(draft: Draft, language: Language) -> bool:
    last = next((at for at in reversed(range(len(draft))) if not draft.taken[at]), None)
    if last is None:
        return False
    end = last + 1
    for start in range(max(0, end - _LONGEST), end):
        if draft.free(start, end) and draft.keys[start:end] in language.closings:
            draft.take(start, end)
            return True
    word = draft.keys[last]
    if end < len(draft) and word in language.loose_ends:
        draft.take(last, end)
        return True
    return False
