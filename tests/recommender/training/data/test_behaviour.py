from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.training.config import RetrieverConfig
from recommender.training.data.behaviour import (
    JudgedBehaviour,
    cut_of,
    is_held_out,
    judged_behaviour,
)
from recommender.training.data.click_judgments import click_judgments
from recommender.training.data.events import Event, EventKind, in_order
from recommender.training.data.impressions import impressions_of
from recommender.training.data.judgments import Judgment
from recommender.training.data.sources import corpora_of
from recommender.training.data.split import Part
from tests.recommender.training.data.simulated_shoppers import BEGINNING, Shoppers

SINCE = BEGINNING + timedelta(days=10)

events = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from([*EventKind]),
        product_id=st.sampled_from(["a", "b", "c"]),
        customer=st.sampled_from([f"c{number}" for number in range(12)]),
        time=st.integers(0, 20).map(lambda days: BEGINNING + timedelta(days=days)),
        query=st.sampled_from(["", *(f"thing{n} kind{n}" for n in range(9)), "kind1 thing1"]),
        position=st.integers(1, 9),
        rating=st.integers(1, 5),
    ),
    max_size=60,
).map(in_order)


def judged(log: Sequence[Event]) -> JudgedBehaviour:
    return judged_behaviour(log, test_since=SINCE, fewest=1)


def of(found: JudgedBehaviour, *parts: Part) -> set[Judgment]:
    return {each for each in found.judgments if found.parts[each.query] in parts}


def is_out(event: Event) -> bool:
    return event.time >= SINCE or is_held_out(event.customer)


@given(events)
def test_what_is_held_out_never_counts_in_training(log: list[Event]) -> None:
    without = judged([event for event in log if not is_out(event)])
    whole = judged(log)
    assert of(whole, Part.TRAIN, Part.DEV) <= set(without.judgments)
    assert whole.bias == without.bias


@given(events)
def test_what_is_learnt_from_never_counts_in_the_test(log: list[Event]) -> None:
    whole = judged(log)
    out = impressions_of(event for event in log if is_out(event))
    assert of(whole, Part.TEST) <= set(click_judgments(out, whole.bias, fewest=1))


@given(events)
def test_a_query_and_one_that_asks_the_same_are_in_one_part(log: list[Event]) -> None:
    parts = judged(log).parts
    if {"thing1 kind1", "kind1 thing1"} <= parts.keys():
        assert parts["thing1 kind1"] is parts["kind1 thing1"]


def test_a_query_keeps_its_part_whatever_stands_beside_it() -> None:
    found = judged(in_order(Shoppers(queries=40).events(searches=3, seed=0)))
    for query, part in found.parts.items():
        assert found.part_of_group([query]) is part
    test = next(query for query, part in found.parts.items() if part is Part.TEST)
    train = next(query for query, part in found.parts.items() if part is Part.TRAIN)
    assert found.part_of_group([train, test, "what nobody asked"]) is Part.TEST


def test_a_fifth_of_the_time_and_of_the_customers_is_held_out() -> None:
    log = list(Shoppers().events(searches=50, seed=0))
    since = cut_of(log, None)
    assert sum(event.time >= since for event in log) / len(log) == pytest.approx(0.2, abs=0.01)
    customers = [f"someone {number}" for number in range(2000)]
    assert sum(map(is_held_out, customers)) / 2000 == pytest.approx(0.2, abs=0.03)
    assert cut_of(log, datetime(2026, 2, 1)).tzinfo is not None
    assert judged_behaviour([]).judgments == []


def test_a_training_reads_a_log_beside_a_product_file(tmp_path: Path) -> None:
    rows = [f"p{number}\tMug {number}" for number in range(7)]  # p7 is not sold any more
    (tmp_path / "products.tsv").write_text("\n".join(["id\ttitle", *rows]) + "\n")
    log = Shoppers(queries=40).events(searches=60, seed=0)
    lines = [
        "\t".join((e.kind, e.product_id, e.customer, e.time.isoformat(), e.query, str(e.position)))
        for e in log
    ]
    header = "event\tproduct_id\tcustomer\ttime\tquery\tposition"
    (tmp_path / "log.tsv").write_text("\n".join([header, *lines]) + "\n")
    config = RetrieverConfig(
        out=tmp_path / "out", products=tmp_path / "products.tsv", behaviour=tmp_path / "log.tsv"
    )
    corpus = corpora_of(config)["judged"]
    assert corpus.has_grades
    assert {each.product_id for each in corpus.judgments} == {f"p{number}" for number in range(7)}
    assert len({each.query for each in corpus.judgments}) == 40
    for part in Part:
        assert corpus.judgments_of(part)
    assert len(corpus.products_of(Part.TRAIN)) == 7
