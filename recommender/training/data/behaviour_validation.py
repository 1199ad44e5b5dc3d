"""What is wrong with a behaviour log, before a training finds out the hard way."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from recommender.evaluation.judged_queries import FEWEST_JUDGED
from recommender.training.data.behaviour import (
    JudgedBehaviour,
    held_out_since,
    judged_behaviour,
)
from recommender.training.data.click_judgments import FEWEST_IMPRESSIONS
from recommender.training.data.events import (
    Event,
    EventError,
    EventKind,
    event_of,
    event_rows,
    in_order,
)
from recommender.training.data.judgments import JudgmentError
from recommender.training.data.split import Part
from recommender.training.data.validation import (
    FEW_TO_TEST,
    DataFinding,
    first_of,
    label_findings,
)

_IN_SEARCH = (EventKind.IMPRESSION, EventKind.CLICK)


def validate_behaviour(
    log: Path,
    product_of: Mapping[str, str],
    *,
    test_since: datetime | None = None,
    fewest: int = FEWEST_IMPRESSIONS,
) -> Iterator[DataFinding]:
    """Every fault of a log, each with its first lines; the counts where there is none.

    A customer is never named.

    Args:
        product_of: the product that each id of the shop, its own or a variant's, stands for.
        test_since, fewest: as the training is told.
    """
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    unknown: list[str] = []
    lines: dict[Event, list[str]] = defaultdict(list)
    try:
        for line, row in event_rows(log):
            try:
                event = event_of(row)
            except EventError as error:
                said = f"line {line}: {error.value}" if error.value else f"line {line}"
                faults[error.what, error.do].append(said)
                continue
            lines[event].append(f"line {line}")
            if event.product_id not in product_of:
                unknown.append(f"line {line}: {event.product_id}")
    except JudgmentError as error:
        yield DataFinding("error", str(error))
        return
    for (what, do), places in faults.items():
        yield DataFinding("error", f"{len(places):,} events have {what} ({first_of(places)})", do)
    yield from _left_out(unknown, lines)
    events = in_order(
        replace(event, product_id=product_of[event.product_id])
        for event, places in lines.items()
        for _ in places
        if event.product_id in product_of
    )
    missing = _missing(events)
    if missing is not None:
        yield missing
        return
    yield from _poor(events)
    judged = judged_behaviour(events, test_since=test_since, fewest=fewest)
    yield from _places(events, judged)
    yield from label_findings([round(1 + 2 * each.gain) for each in judged.judgments])
    yield from _parts(events, judged)


def _left_out(unknown: list[str], lines: Mapping[Event, list[str]]) -> Iterator[DataFinding]:
    if unknown:
        yield DataFinding(
            "warning",
            f"{len(unknown):,} events are of products that the shop lacks ({first_of(unknown)})",
            "They are left out. Import the products if they are still sold.",
        )
    twice = [place for places in lines.values() for place in places[1:]]
    if twice:
        yield DataFinding(
            "warning",
            f"{len(twice):,} events stand there already ({first_of(twice)})",
            "Each is counted. Take them out if the log was written twice.",
        )


def _missing(events: Sequence[Event]) -> DataFinding | None:
    """What no log of searches is without."""
    kinds = Counter(event.kind for event in events if event.query)
    if not kinds and events:
        return DataFinding(
            "error",
            "not one event has a query: purchases and ratings say what customers liked, and not "
            "what answers a search",
            "Log what was shown for a search, and what was clicked.",
        )
    if not kinds[EventKind.IMPRESSION]:
        return DataFinding(
            "error",
            "there is no impression: what customers passed over is not known",
            "Log what was shown for a search, not only what was clicked.",
        )
    if not sum(kinds[kind] for kind in (EventKind.CLICK, EventKind.CART, EventKind.PURCHASE)):
        return DataFinding(
            "error",
            "nothing was taken: all impressions are alike",
            "Log clicks, too.",
        )
    return None


def _poor(events: Sequence[Event]) -> Iterator[DataFinding]:
    unasked = sum(not event.query and event.kind in _IN_SEARCH for event in events)
    if unasked:
        yield DataFinding(
            "warning",
            f"{unasked:,} impressions and clicks have no query",
            "They count nowhere: only what a search showed is learnt from.",
        )
    if any("@" in event.customer for event in events):
        yield DataFinding(
            "warning",
            "some customers look like e-mail addresses",
            "Put a number in their place: who they are is not needed.",
        )


def _places(events: Sequence[Event], judged: JudgedBehaviour) -> Iterator[DataFinding]:
    shown = [event for event in events if event.query and event.kind is EventKind.IMPRESSION]
    placed = sum(event.position is not None for event in shown)
    if not placed:
        yield DataFinding(
            "warning",
            "no impression has a position: the order that was shown would be learnt as what "
            "customers want",
            "Log the place of each product in its list.",
        )
        return
    if placed < len(shown):
        yield DataFinding(
            "warning",
            f"{len(shown) - placed:,} of {len(shown):,} impressions have no position",
            "They are left out.",
        )
    if not judged.bias.clicks:
        yield DataFinding(
            "warning",
            "products hardly change places: how much less a lower one is looked at is not told, "
            "and taken for the usual 1/place",
            "Log more, or shuffle a few results now and then.",
        )
    else:
        yield DataFinding(
            "ok",
            f"place k is looked at k^-{judged.bias.eta:.2f} times as much as the first, by "
            f"{judged.bias.clicks:,} clicks on products that changed places",
        )


def _parts(events: Sequence[Event], judged: JudgedBehaviour) -> Iterator[DataFinding]:
    counts: dict[str, int] = Counter(each.query for each in judged.judgments)
    sizes = Counter(judged.parts[query] for query in counts)
    out = held_out_since(judged.since)
    learnt = tested = 0
    for event in events:
        is_test = judged.parts.get(event.query) is Part.TEST
        learnt += bool(event.query) and not is_test and not out(event)
        tested += is_test and out(event)
    if not sizes[Part.TRAIN]:
        yield DataFinding(
            "error",
            f"no query is left to train on before {judged.since:%Y-%m-%d %H:%M}",
            "Log more, ask for fewer impressions, or hold out less by --test-since.",
        )
    if sizes[Part.TEST] < FEW_TO_TEST:
        yield DataFinding(
            "warning",
            f"only {sizes[Part.TEST]} queries are held out for the test",
            f"Under {FEW_TO_TEST} a better model is not told from a lucky one: log more.",
        )
    short = sum(count < FEWEST_JUDGED for count in counts.values())
    if short > len(counts) / 2:
        yield DataFinding(
            "warning",
            f"{short:,} of {len(counts):,} queries have fewer than {FEWEST_JUDGED} judgments",
            "Log more, or ask for fewer impressions of each.",
        )
    yield DataFinding(
        "ok",
        f"{len(counts):,} queries with {len(judged.judgments):,} judgments: "
        f"{sizes[Part.TRAIN]:,} to train on, {sizes[Part.DEV]:,} to choose by, "
        f"{sizes[Part.TEST]:,} held out",
    )
    across = len(events) - learnt - tested
    yield DataFinding(
        "ok",
        f"{len(events):,} events: {learnt:,} to learn from, {tested:,} held out after "
        f"{judged.since:%Y-%m-%d %H:%M} UTC or with their customers, and {across:,} that would "
        "tell the one of the other and count in neither",
    )
