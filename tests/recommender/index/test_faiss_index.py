import errno
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from threading import Thread

import faiss
import numpy as np
import pytest

from recommender.index import approximation
from recommender.index.faiss_index import FaissIndex
from recommender.index.port import VectorIndex
from recommender.index.rule import Rule
from tests.recommender.index.contract import (
    DIMENSION,
    MODEL,
    IndexContract,
    fill,
    ids,
    unit_vectors,
)

RULES = {
    "flat": Rule(),
    "hnsw": Rule(hnsw_from=1, least_changes=16),
    "ivfpq": Rule(hnsw_from=1, ivf_pq_from=1, least_changes=16),
    "gpu": Rule(hnsw_from=1, least_changes=16),
}


def pretend_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is none here: this shows that the code goes through, not that a GPU is used."""
    monkeypatch.setattr("faiss.get_num_gpus", lambda: 1, raising=False)
    monkeypatch.setattr("faiss.StandardGpuResources", object, raising=False)
    monkeypatch.setattr(
        "faiss.index_cpu_to_gpu", lambda resources, gpu, index: index, raising=False
    )


@pytest.mark.parametrize("structure", RULES)
class TestFaissIndex(IndexContract):
    @pytest.fixture(autouse=True)
    def _choose(self, structure: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rule = RULES[structure]
        if structure == "gpu":
            pretend_a_gpu(monkeypatch)

    def open_at(self, place: Path, model: str) -> VectorIndex:
        return FaissIndex(place, DIMENSION, model, self.rule)


Open = Callable[..., FaissIndex]
HNSW = RULES["hnsw"]


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[Open]:
    opened: list[FaissIndex] = []

    def open_index(rule: Rule = HNSW, model: str = MODEL) -> FaissIndex:
        opened.append(FaissIndex(tmp_path, DIMENSION, model, rule))
        return opened[-1]

    yield open_index
    for index in opened:
        index.close()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The structures that are trained anew from here on."""
    trained: list[str] = []
    really_train = approximation._trained

    def train(structure: str, *rest: object) -> object:
        trained.append(str(structure))
        return really_train(structure, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(approximation, "_trained", train)
    return trained


def scribble(file: Path) -> None:
    file.write_bytes(b"scribble")


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def blank(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def forget(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM meta")
        connection.commit()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("rows.db", scribble),
        ("rows.db", cut),
        ("rows.db", blank),
        ("rows.db", Path.unlink),
        ("rows.db", forget),
        ("vectors.f32", scribble),
        ("vectors.f32", cut),
        ("vectors.f32", blank),
        ("vectors.f32", Path.unlink),
        ("CURRENT", scribble),
    ],
)
def test_damaged_place_opens_empty_and_is_whole_after_the_next_commit(
    open_index: Open,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    damage: Callable[[Path], None],
) -> None:
    index = open_index()
    fill(index)
    index.close()
    (file,) = tmp_path.rglob(name)
    damage(file)

    with caplog.at_level(logging.WARNING):
        index = open_index()

    assert "damaged" in caplog.text
    assert (len(index), index.seq) == (0, 0)
    assert index.search(unit_vectors(1)[0], 5) == []
    fill(index, seq=7)
    for one in (index, open_index()):
        assert (len(one), one.seq) == (100, 7)
        assert one.search(unit_vectors(1)[0], 1)[0].id == 1000


@pytest.mark.parametrize("damage", [scribble, cut, blank, Path.unlink])
def test_damaged_graph_costs_time_and_nothing_else(
    open_index: Open,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[Path], None],
) -> None:
    index = open_index()
    fill(index)
    index.maintain()
    index.close()
    (file,) = tmp_path.rglob("*.faiss")
    damage(file)

    with caplog.at_level(logging.WARNING):
        index = open_index()

    assert "rebuilt" in caplog.text
    assert len(index) == 100
    assert index.search(unit_vectors(1)[0], 1)[0].id == 1000
    index.maintain()
    caplog.clear()
    open_index()
    assert not caplog.records


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


def test_space_of_what_was_replaced_comes_back(open_index: Open, tmp_path: Path) -> None:
    index, other = open_index(), open_index()
    for seq in range(1, 6):
        fill(index, seq=seq)
    (vectors,) = tmp_path.rglob("vectors.f32")
    assert vectors.stat().st_size == 500 * DIMENSION * 4

    index.maintain()

    (vectors,) = tmp_path.rglob("vectors.f32")
    assert vectors.stat().st_size == 100 * DIMENSION * 4
    other.refresh()
    assert (len(other), other.seq) == (100, 5)


def test_full_disk_drops_what_was_to_be_committed(
    open_index: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_index()
    fill(index)

    def no_space(*args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    index.put(ids(1), unit_vectors(1), ids(1))
    with monkeypatch.context() as patched:
        patched.setattr("os.pwrite", no_space)
        with pytest.raises(OSError, match="No space"):
            index.commit(2)
    assert (len(index), index.seq) == (100, 1)

    index.put(ids(2), unit_vectors(1, seed=2), ids(2))
    index.commit(2)

    for one in (index, open_index()):
        assert set(one.ids().tolist()) == {2, *range(1000, 1100)}
        assert one.search(unit_vectors(1, seed=2)[0], 1)[0].id == 2


def test_full_disk_of_the_rows_is_no_damage(open_index: Open) -> None:
    index = open_index()
    fill(index)
    assert index._generation is not None
    connection = index._generation.store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (most,) = connection.execute("PRAGMA max_page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    numbers = np.arange(5_000)

    index.put(numbers, np.repeat(unit_vectors(1), len(numbers), axis=0), numbers)
    with pytest.raises(OSError, match="full"):
        index.commit(2)

    connection.execute(f"PRAGMA max_page_count={most}")
    fill(index, count=5, seq=3)
    assert (len(index), index.seq) == (100, 3)


def test_closed_index_is_not_damaged(
    open_index: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = open_index()
    fill(index)
    index.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        index.refresh()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        fill(index)

    assert not caplog.records
    assert len([*tmp_path.rglob("rows.db")]) == 1


def test_index_of_another_model_goes_once_nobody_has_it_open(
    open_index: Open, tmp_path: Path
) -> None:
    before = open_index(model="before")
    fill(before)
    index = open_index()
    fill(index)

    index.maintain()
    assert len([*tmp_path.rglob("rows.db")]) == 2
    before.close()
    index.maintain()
    assert len([*tmp_path.rglob("rows.db")]) == 1
    assert len(index) == 100


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


def test_threads_of_others_are_as_many_as_before(open_index: Open) -> None:
    """PyTorch shares them, in the thread that searches or maintains."""
    index = open_index()
    fill(index)
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(7)
    try:
        index.search(unit_vectors(1)[0], 1)
        index.maintain()
        assert faiss.omp_get_max_threads() == 7
    finally:
        faiss.omp_set_num_threads(before)


def test_vectors_are_read_from_the_file_and_not_copied(open_index: Open) -> None:
    index = open_index()
    fill(index)
    assert index._generation is not None

    base = index._generation._vectors.base

    assert isinstance(base, np.memmap)
