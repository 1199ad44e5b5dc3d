from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from recommender.training.data.behaviour_validation import validate_behaviour
from recommender.training.data.events import Event, EventKind
from recommender.training.data.validation import DataFinding
from tests.recommender.training.data.simulated_shoppers import BEGINNING, Shoppers

PRODUCTS = {f"p{number}": f"p{number}" for number in range(8)}
HEADER = "event\tproduct_id\tcustomer\ttime\tquery\tposition\trating"
GOOD = list(Shoppers(queries=200, products=5).events(searches=60, seed=0))
FEW = GOOD[:2000]


def row(event: Event) -> str:
    values = (event.kind, event.product_id, event.customer, event.time.isoformat(), event.query)
    return "\t".join([*values, str(event.position or ""), str(event.rating or "")])


def findings(
    folder: Path, events: Iterable[Event], *rows: str, since: datetime | None = None
) -> list[DataFinding]:
    path = folder / "log.tsv"
    path.write_text("\n".join([HEADER, *map(row, events), *rows]) + "\n")
    return list(validate_behaviour(path, PRODUCTS, test_since=since))


def test_a_good_log_is_counted(tmp_path: Path) -> None:
    found = findings(tmp_path, GOOD)
    assert [each.level for each in found] == ["ok"] * 3
    assert "place k is looked at k^-" in found[0].detail
    assert "200 queries with 1,000 judgments" in found[1].detail
    assert f"{len(GOOD):,} events" in found[2].detail


@pytest.mark.parametrize(
    ("broken", "level", "detail"),
    [
        ("view\tp1\tc1\t2026-01-01\tq\t1\t", "error", f"(line {len(FEW) + 2}: view)"),
        ("click\tp1\tc1\t\tq\t1\t", "error", f"have no time (line {len(FEW) + 2})"),
        ("click\tp1\tc1\t2026-01-01\tq\t0\t", "error", "a position below 1"),
        ("rating\tp1\tc1\t2026-01-01\t\t\t9", "error", "a rating that is not 1 to 5"),
        ("click\tgone\tc1\t2026-01-01\tq\t1\t", "warning", "products that the shop lacks"),
        (row(FEW[0]), "warning", "1 events stand there already"),
        ("click\tp1\tc1\t2026-01-01\t\t1\t", "warning", "1 impressions and clicks have no query"),
        ("click\tp1\ta@b.example\t2026-01-01\tq\t1\t", "warning", "look like e-mail addresses"),
    ],
)
def test_a_broken_row_is_found(tmp_path: Path, broken: str, level: str, detail: str) -> None:
    found = [each for each in findings(tmp_path, FEW, broken) if detail in each.detail]
    assert [each.level for each in found] == [level]
    assert found[0].do
    assert "a@b.example" not in found[0].detail


def without_positions() -> list[Event]:
    return [replace(event, position=None) for event in FEW]


def only(*kinds: EventKind, query: bool = True) -> list[Event]:
    chosen = [event for event in FEW if event.kind in kinds]
    return chosen if query else [replace(event, query="") for event in chosen]


@pytest.mark.parametrize(
    ("events", "level", "detail"),
    [
        (only(EventKind.CLICK, query=False), "error", "not what answers a search"),
        (only(EventKind.CLICK), "error", "there is no impression"),
        (only(EventKind.IMPRESSION), "error", "nothing was taken"),
        (without_positions(), "warning", "no impression has a position"),
        ([*without_positions()[:300], *FEW[300:]], "warning", "impressions have no position"),
        (Shoppers(restless=0.0).events(searches=20, seed=0), "warning", "hardly change places"),
        (Shoppers(queries=5).events(searches=20, seed=0), "warning", "held out for the test"),
        (Shoppers(products=1).events(searches=60, seed=0), "error", "nothing to tell apart"),
        (
            Shoppers(products=2).events(searches=60, seed=0),
            "warning",
            "fewer than 5 judgments",
        ),
        ([], "error", "there is no impression"),
    ],
)
def test_a_poor_log_is_told(
    tmp_path: Path, events: Iterable[Event], level: str, detail: str
) -> None:
    found = [each for each in findings(tmp_path, events) if detail in each.detail]
    assert [each.level for each in found] == [level]
    assert found[0].do


def test_a_log_that_is_all_held_out_teaches_nothing(tmp_path: Path) -> None:
    found = findings(tmp_path, GOOD, since=BEGINNING - timedelta(days=1))
    assert "no query is left to train on before 2025-12-31" in str(found)


def test_a_file_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    (found,) = validate_behaviour(tmp_path / "none.tsv", PRODUCTS)
    assert found.level == "error"
    assert "No such file" in found.detail
