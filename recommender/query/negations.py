"""What a customer does not want: "not leather", "without a hood", "anything but red"."""

from collections.abc import Callable

from recommender.query.draft import Draft
from recommender.query.language import Language

_LONGEST = 3
_LONGEST_LEAD = 3


def drop_negated(
    draft: Draft, language: Language, kind_starts: Callable[[Draft, int], bool]
) -> None:
    """Takes negations and what they negate, so that neither can be required nor searched for.

    An embedding of "not leather" is near leather. In "not leather boots" only "leather" is
    negated: `kind_starts` says whether a kind of product starts at a word. "No-show socks" and
    "non stick" name things, so "no" counts only before a single word.
    """
    at = 0
    while at < len(draft):
        start = _after_negation(draft, at, language)
        if start is None:
            at += 1
            continue
        while draft.free(start, start + 1) and not draft.parted(start):
            if draft.keys[start] not in language.negation_fillers:
                break
            start += 1
        end = _end(draft, start, language, kind_starts)
        weak = draft.keys[at] in language.weak_negations
        if end == start or (weak and not _stands_alone(draft, start, end, language)):
            at += 1
            continue
        draft.take(at, end)
        at = end


def _after_negation(draft: Draft, at: int, language: Language) -> int | None:
    """Where what is negated may start, if a negation starts at this word."""
    for end in range(at + _LONGEST_LEAD, at, -1):
        if draft.free(at, end) and draft.keys[at:end] in language.exceptions:
            return end
    if draft.taken[at] or draft.keys[at] not in language.negations:
        return None
    joined = at + 1 < len(draft) and draft.joined(at + 1)
    return None if joined else at + 1


def _end(
    draft: Draft, start: int, language: Language, kind_starts: Callable[[Draft, int], bool]
) -> int:
    """Where what is negated ends, if it starts at this word; the same place if nothing is."""
    end = start
    while end < min(len(draft), start + _LONGEST) and not draft.parted(end):
        word = draft.keys[end]
        if draft.taken[end] or word in language.contrast:
            break
        if not draft.joined(end) and (word in language.links or word in language.negations):
            break
        if end > start and (kind_starts(draft, end) or draft.keys[start] in language.colors):
            break
        end += 1
    return end


def _stands_alone(draft: Draft, start: int, end: int, language: Language) -> bool:
    """Whether these words are one, and no further noun follows."""
    return all(draft.joined(at) for at in range(start + 1, end)) and (
        end >= len(draft)
        or draft.parted(end)
        or draft.taken[end]
        or draft.keys[end] in language.links
    )
