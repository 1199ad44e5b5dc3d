"""Judgments from a behaviour log, parted so that none is measured on what it was learnt from.

Three walls stand between training and test. Queries are parted by a hash of their words, as judged
ones are. A fifth of the customers, by a hash, is held out, and so is what happened after a day.
The judgments of the test queries come from what is held out and from nothing else; those of the
others from the rest.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from recommender.training.data.click_judgments import FEWEST_IMPRESSIONS, click_judgments
from recommender.training.data.events import Event
from recommender.training.data.impressions import impressions_of
from recommender.training.data.judgments import Judgment
from recommender.training.data.position_bias import PositionBias, estimated
from recommender.training.data.split import Part, by_evaluation, split_queries

_LEARNT_SHARE = 0.8
_CUSTOMERS_HELD_OUT_ONE_IN = 5


@dataclass(frozen=True, slots=True)
class JudgedBehaviour:
    judgments: Sequence[Judgment]
    parts: Mapping[str, Part]
    """Of each query of the log."""
    bias: PositionBias
    """Estimated from what is not held out."""
    since: datetime
    """From here on everything is held out."""

    def part_of_group(self, group: Sequence[str]) -> Part:
        """The part of queries that ask the same. The log's queries keep theirs, whatever others
        stand beside them."""
        known = {self.parts[query] for query in group if query in self.parts}
        if not known:
            return by_evaluation(group)
        return next(part for part in (Part.TEST, Part.DEV, Part.TRAIN) if part in known)


def judged_behaviour(
    events: Sequence[Event],
    *,
    test_since: datetime | None = None,
    fewest: int = FEWEST_IMPRESSIONS,
) -> JudgedBehaviour:
    """What a log says of which product answers which query.

    Args:
        events: in the order of time.
        test_since: what happened from here on is held out; by default the last fifth.
        fewest: impressions that a pair of query and product must have had.
    """
    since = cut_of(events, test_since)
    out = held_out_since(since)
    # Parted before anything is put together: no purchase crosses over to its click.
    learnt = impressions_of(event for event in events if not out(event))
    tested = impressions_of(event for event in events if out(event))
    parts = split_queries((event.query for event in events if event.query), by_evaluation)
    bias = estimated(learnt)
    judgments = [
        judgment
        for impressions, is_test in ((learnt, False), (tested, True))
        for judgment in click_judgments(impressions, bias, fewest=fewest)
        if (parts[judgment.query] is Part.TEST) is is_test
    ]
    return JudgedBehaviour(judgments, parts, bias, since)


def cut_of(events: Sequence[Event], test_since: datetime | None) -> datetime:
    """From when on events are held out; a time without a zone is UTC."""
    if test_since is not None:
        return test_since if test_since.tzinfo else test_since.replace(tzinfo=UTC)
    if not events:
        return datetime.max.replace(tzinfo=UTC)
    return events[int(_LEARNT_SHARE * len(events))].time


def held_out_since(since: datetime) -> Callable[[Event], bool]:
    """Whether an event is held out: by its time, or with its customer."""
    return lambda event: event.time >= since or is_held_out(event.customer)


def is_held_out(customer: str) -> bool:
    """Whether all that a customer does is held out."""
    digest = hashlib.sha256(f"customer {customer}".encode()).digest()
    return int.from_bytes(digest[:8]) % _CUSTOMERS_HELD_OUT_ONE_IN == 0
