"""Structures that are built beside the changes of a catalogue."""

import logging
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread

import pytest

from recommender.index import approximation
from recommender.index.rule import Rule
from tests.recommender.index.contract import (
    fill,
    ids,
    unit_vectors,
)
from tests.recommender.index.faiss_rules import Open, pretend_a_gpu


def test_one_product_more_costs_no_rebuild(
    open_index: Open, builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_index(Rule(hnsw_from=50, ivf_pq_from=90, least_changes=16))
    for number, vector in enumerate(unit_vectors(120)):
        index.put(ids(number), vector[None], ids(number))
        index.commit(number)
        assert index.search(vector, 1)[0].id == number
    assert builds == [], "no change waits for a structure"
    index.maintain()
    assert builds == ["ivfpq"]

    for number, vector in enumerate(unit_vectors(40, seed=9), start=120):
        index.put(ids(number), vector[None], ids(number))
        index.commit(number)
        index.maintain()
        assert index.search(vector, 1)[0].id == number
    assert builds == ["ivfpq"], "what is new is added to what is there"


def test_size_around_a_limit_builds_once(open_index: Open, builds: list[str]) -> None:
    index = open_index(Rule(hnsw_from=100, least_changes=16))
    fill(index)
    for seq in range(2, 8, 2):
        index.remove(ids(1000, 1001))
        index.commit(seq)
        index.maintain()
        index.put(ids(1000, 1001), unit_vectors(2), ids(1, 2))
        index.commit(seq + 1)
        index.maintain()
    assert builds == ["hnsw"]


def test_closing_ends_maintenance(open_index: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index()
    fill(index)
    monkeypatch.setattr(approximation, "_ADDED_AT_ONCE", 1)
    stops = []

    def close_beside(structure: object, vectors: object, live: object) -> object:
        thread = Thread(target=index.close)
        thread.start()
        stops.append(thread)
        index._closed.wait(10)
        return really_train(structure, vectors, live)  # type: ignore[arg-type]

    really_train = approximation._trained
    monkeypatch.setattr(approximation, "_trained", close_beside)

    index.maintain()

    stops[0].join(10)
    assert not stops[0].is_alive()
    assert not [*Path(index._generations._folder).rglob("*.faiss")]


@pytest.mark.parametrize("commits", [1, 3])
def test_maintenance_survives_that_another_rebuilds_meanwhile(
    open_index: Open, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    """Of a graph, and of vectors that are written anew."""
    index, other = open_index(), open_index()
    for seq in range(commits):
        fill(index, seq=seq)

    def rebuild_beside(*args: object) -> object:
        monkeypatch.setattr(approximation, "_trained", really_train)
        with other.rebuild() as fresh:
            fill(fresh, count=50, seq=9)
        return really_train(*args)  # type: ignore[arg-type]

    really_train = approximation._trained
    monkeypatch.setattr(approximation, "_trained", rebuild_beside)

    index.maintain()

    index.refresh()
    assert (len(index), index.seq) == (50, 9)
    index.maintain()
    assert index.search(unit_vectors(1)[0], 1)[0].id == 1000


@pytest.mark.parametrize("call", ["faiss.write_index", "os.fsync"])
def test_full_disk_costs_a_faster_structure_and_nothing_else(
    open_index: Open,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    call: str,
) -> None:
    index = open_index()
    fill(index)

    def no_space(*args: object) -> None:
        raise (OSError if call == "os.fsync" else RuntimeError)("No space left on device")

    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(call, no_space)
        index.maintain()

    assert "No space left" in caplog.text
    assert not [*tmp_path.rglob("*.tmp")]
    assert index.search(unit_vectors(1)[0], 1)[0].id == 1000
    index.maintain()
    assert [*tmp_path.rglob("*.faiss")]


def test_change_beside_maintenance_leaves_what_it_built_on_the_gpu(
    open_index: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_a_gpu(monkeypatch)
    index, other = open_index(), open_index()
    fill(index)
    fill(other, count=1, seq=2)
    generation = index._generation
    assert generation is not None
    lock = generation._lock
    really_writing = lock.writing

    def maintain_beside() -> AbstractContextManager[None]:
        monkeypatch.setattr(lock, "writing", really_writing)
        generation.approximate(lambda: False)
        return really_writing()

    monkeypatch.setattr(lock, "writing", maintain_beside)

    index.refresh()

    assert generation._approximation is not None
    assert index.seq == 2


def test_change_as_maintenance_begins_is_no_error(
    open_index: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_index()
    fill(index)
    generation = index._generation
    assert generation is not None
    lock = generation._lock
    really_reading = lock.reading

    def change_beside() -> AbstractContextManager[None]:
        monkeypatch.setattr(lock, "reading", really_reading)
        fill(index, count=200, seq=2)
        return really_reading()

    monkeypatch.setattr(lock, "reading", change_beside)

    index.maintain()

    assert index.search(unit_vectors(200)[150], 1)[0].id == 1150
    assert index.seq == 2
