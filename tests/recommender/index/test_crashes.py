"""What is left when a process that changes the index is killed."""

from pathlib import Path

import numpy as np
import pytest

from recommender.index.faiss_index import FaissIndex
from recommender.index.rule import Rule
from tests.recommender.index.contract import DIMENSION, MODEL, ids, unit_vectors
from tests.recommender.sudden_death import run_until_killed

FILES = ("recommender/index/",)
WRITES = 200
LINES = 997
"""More than opening an index and three writes have; a prime lets every line have its turn."""
RULE = Rule(hnsw_from=30, least_changes=8)


def open_at(place: Path) -> FaissIndex:
    return FaissIndex(place, DIMENSION, MODEL, RULE)


def change(number: int) -> tuple[dict[int, int], set[int]]:
    """What a write does: ids with the seeds of their vectors, and ids that go."""
    put = {(number * 7 + i) % 90: number * 10 + i for i in range(3)}
    return put, {(number * 11) % 90} - put.keys() if number % 2 else set()


def state_after(writes: int) -> dict[int, int]:
    """Which ids there are then, with the seeds of their vectors, which are their digests too."""
    state: dict[int, int] = {}
    for number in range(1, writes + 1):
        put, gone = change(number)
        state |= put
        for id in gone:
            state.pop(id, None)
    return state


def write_the_rest(place: Path, acknowledged: Path) -> None:
    index = open_at(place)
    for number in range(index.seq + 1, WRITES + 1):
        put, gone = change(number)
        vectors = np.concatenate([unit_vectors(1, seed) for seed in put.values()])
        index.put(ids(*put), vectors, ids(*put.values()))
        index.remove(ids(*gone))
        index.commit(number)
        acknowledged.write_text(str(number))


def check(index: FaissIndex, state: dict[int, int]) -> None:
    assert index.digests() == state
    assert len(index.search(unit_vectors(1)[0], 1_000)) == len(state)
    for id, seed in [*state.items()][::9]:
        vector = unit_vectors(1, seed)[0]
        for best in (index.search(vector, 1)[0], index.search(vector, 1, ids(*state))[0]):
            assert best.id == id
            assert best.score == pytest.approx(1, abs=1e-5)


def test_killed_all_the_time_during_200_writes(tmp_path: Path) -> None:
    place, acknowledged = tmp_path / "index", tmp_path / "acknowledged"
    searching = open_at(place)  # in this process, all the time
    kills = 0
    for number in range(10 * WRITES):
        line = 1 + number * 367 % LINES
        killed = run_until_killed(line, FILES, write_the_rest, place, acknowledged)
        kills += killed
        said = int(acknowledged.read_text()) if acknowledged.exists() else 0
        before = searching.seq
        searching.refresh()
        assert searching.seq >= max(before, said)
        check(searching, state_after(searching.seq))
        if number % 10 == 0:
            opened = open_at(place)
            check(opened, state_after(searching.seq))
            opened.maintain()
            opened.close()
        if not killed:
            break
    assert kills >= WRITES // 2
    assert searching.seq == WRITES
    searching.close()


def rebuild(place: Path, writes: int) -> None:
    index = open_at(place)
    with index.rebuild() as fresh:
        state = state_after(writes)
        vectors = np.concatenate([unit_vectors(1, seed) for seed in state.values()])
        fresh.put(ids(*state), vectors, ids(*state.values()))
        fresh.commit(writes)
        fresh.maintain()
    index.close()


def test_rebuild_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    place = tmp_path / "index"
    rebuild(place, 50)
    searching = open_at(place)
    seen = {50}
    for line in range(1, 10_000, 31):
        killed = run_until_killed(line, FILES, rebuild, place, 110 - searching.seq)
        searching.refresh()
        seen.add(searching.seq)
        check(searching, state_after(searching.seq))
        if not killed:
            break
    searching.maintain()
    searching.close()

    assert not killed
    assert seen == {50, 60}
    assert len([*place.rglob("rows.db")]) == 1, "what the dead had begun is deleted"
    assert not [*place.rglob("building-*")]


def replace_and_maintain(place: Path) -> None:
    index = open_at(place)
    index.maintain()
    state = index.digests()
    vectors = np.concatenate([unit_vectors(1, seed) for seed in state.values()])
    for _ in range(3):
        index.put(ids(*state), vectors, ids(*state.values()))
        index.commit(index.seq)
    index.maintain()


def test_maintenance_that_is_killed_changes_no_answer(tmp_path: Path) -> None:
    place = tmp_path / "index"
    rebuild(place, 60)
    searching = open_at(place)
    for line in range(1, 10_000, 97):
        killed = run_until_killed(line, FILES, replace_and_maintain, place)
        searching.refresh()
        check(searching, state_after(60))
        if not killed:
            break
    searching.close()

    assert not killed
    assert len([*place.rglob("rows.db")]) == 1
