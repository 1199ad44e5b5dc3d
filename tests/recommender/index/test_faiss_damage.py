"""Files that are damaged, and disks that are full."""

import errno
import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.recommender.index.contract import (
    fill,
    ids,
    unit_vectors,
)
from tests.recommender.index.faiss_rules import Open


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
