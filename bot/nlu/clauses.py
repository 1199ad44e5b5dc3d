"""Several requests in one message: where it can be cut, and whether it should be.

Most messages with an "and" are one request: "a desk and a chair", "red and under 60". So a cut is
made only before what begins like a request of its own, and kept only where every part is
understood by itself, and as something that another part is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.nlu import english

MOST_PARTS = 3
_SHORTEST = 2
"""Letters. A stray mark is no request."""
_ALONE = frozenset({"greet", "thanks", "goodbye", "insult"})
"""What is said beside a request; said alone with another of its kind it is one thing."""
_EMPTY = frozenset({"help", "affirm", "deny"})
_TOGETHER = (
    frozenset({"search_products", "refine_search", "bundle", "gift"}),
    frozenset({"product_details", "compare", "why_this"}),
    frozenset({"order_status", "provide_order_details"}),
    frozenset({"goodbye", "thanks"}),
)
"""Intents that one request is often taken for in parts: no reason to answer twice."""


@dataclass(frozen=True)
class Part:
    """A piece of a message."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """A piece of a message, and what it is taken for."""

    part: Part
    intent: str
    confidence: float


def split(text: str) -> list[Part]:
    """The message cut where another request may begin; one part if nowhere."""
    starts = [0, *english.request_starts(text), len(text)]
    parts = []
    for start, end in pairwise(starts):
        said = text[start:end]
        kept = english.without_joints(said)
        if sum(map(str.isalnum, kept)) >= _SHORTEST:
            begin = start + said.find(kept)
            parts.append(Part(kept, begin, begin + len(kept)))
    return parts if len(parts) <= MOST_PARTS else []


def requests(clauses: Sequence[Clause], threshold: float) -> list[Clause]:
    """The parts that are requests of their own, each understood and another thing than the others;
    empty where the message is one request."""
    if any(each.confidence < threshold for each in clauses):
        return []
    # "I hope you can help me" and "no" ask for nothing where something is asked for.
    kept = [each for each in clauses if each.intent not in _EMPTY]
    asked = [each.intent for each in kept if each.intent not in _ALONE]
    said = [each.intent for each in kept if each.intent in _ALONE]
    families = [next((f for f in _TOGETHER if each in f), frozenset({each})) for each in asked]
    alike = len(set(families)) < len(families) or len(set(said)) < len(said)
    return [] if alike or not asked or len(clauses) < 2 else kept
