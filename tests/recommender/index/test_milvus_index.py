"""The contract on milvus-lite, in this process and as a server of its own, and what is Milvus's."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from recommender.errors import IndexUnavailableError
from recommender.index import milvus_collection, milvus_index
from recommender.index.milvus_index import MilvusIndex
from recommender.index.milvus_server import MilvusServer
from recommender.index.port import VectorIndex
from tests.recommender.index.contract import (
    DIMENSION,
    MODEL,
    IndexContract,
    fill,
    ids,
    unit_vectors,
)
from tests.recommender.index.milvus_lite_server import MilvusLiteServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusLiteServer]:
    server = MilvusLiteServer(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[MilvusIndex]:
    """Holds 100 vectors, of ids 1000 to 1099, with their ids as digests."""
    index = MilvusIndex.open(str(tmp_path / "index.db"), "", DIMENSION, MODEL)
    fill(index)
    yield index
    index.close()


class TestMilvusLite(IndexContract):
    def open_at(self, place: Path, model: str) -> VectorIndex:
        return MilvusIndex.open(f"{place}.db", "", DIMENSION, model)


class TestMilvusServer(IndexContract):
    """Over a network, a database each, with lists instead of a flat scan."""

    @pytest.fixture(autouse=True)
    def database(self, server: MilvusLiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(milvus_index, "_FLUSH_FROM", 1)
        self.uri = server.new_database()

    def open_at(self, place: Path, model: str) -> VectorIndex:
        return MilvusIndex.open(self.uri, "", DIMENSION, model)


@pytest.mark.parametrize("passing", [11, 35, 90, 100])
@pytest.mark.parametrize("most_hits", [12, 1_000])
def test_more_ids_than_one_filter_takes_are_searched_exactly(
    index: MilvusIndex, monkeypatch: pytest.MonkeyPatch, passing: int, most_hits: int
) -> None:
    monkeypatch.setattr(milvus_collection, "_MOST_IDS", 10)
    monkeypatch.setattr(milvus_collection, "_MOST_HITS", most_hits)
    query = unit_vectors(1, seed=1)[0]
    allowed = np.argsort(unit_vectors(100) @ query)[:passing] + 1000  # the farthest of all

    hits = index.search(query, 6, np.concatenate([allowed, ids(*range(200))]))

    assert [hit.id for hit in hits] == allowed[::-1][:6].tolist()


def test_digests_of_more_ids_than_one_filter_takes(
    index: MilvusIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(milvus_collection, "_MOST_IDS", 7)

    assert index.digests(np.arange(990, 1030)) == {id: id for id in range(1000, 1030)}
    index.remove(np.arange(1000, 1030))
    index.commit(2)
    assert len(index) == 70


def test_file_that_another_process_has_open_is_explained(
    index: MilvusIndex, tmp_path: Path
) -> None:
    uri = str(tmp_path / "index.db")
    program = (
        "from recommender.errors import IndexUnavailableError\n"
        "from recommender.index.milvus_server import MilvusServer\n"
        f"try: MilvusServer.share({uri!r})\n"
        "except IndexUnavailableError as error: print(error)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stderr == ""
    assert uri in done.stdout
    assert "serves one process at a time" in done.stdout


def test_closed_file_is_free_for_other_processes(index: MilvusIndex, tmp_path: Path) -> None:
    index.close()
    uri = str(tmp_path / "index.db")
    program = (
        "from recommender.index.milvus_index import MilvusIndex\n"
        f"print(len(MilvusIndex.open({uri!r}, '', {DIMENSION}, {MODEL!r})))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("100\n", "")


def test_server_that_goes_away_is_explained_and_may_come_back(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = MilvusLiteServer(tmp_path)
    server.start()
    request.addfinalizer(server.stop)
    index = MilvusIndex.open(server.uri, "", DIMENSION, MODEL)
    fill(index)

    server.stop()
    for _ in range(2):  # the second is refused at once
        with pytest.raises(IndexUnavailableError, match="does not answer") as failure:
            index.search(unit_vectors(1)[0], 5)
        assert server.uri in str(failure.value)
        assert "\n" not in str(failure.value)
    with pytest.raises(IndexUnavailableError):
        index.commit(2)

    server.start()
    deadline = time.monotonic() + 30
    while True:
        try:
            assert len(index.search(unit_vectors(1)[0], 5)) == 5
            break
        except IndexUnavailableError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
    assert index.seq == 1
    index.close()


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("http://shop:secret@127.0.0.1:1", "127.0.0.1:1 does not answer"),
        ("index.sqlite", "ends in .db"),
        ("redis://127.0.0.1:1", "needs start with"),
    ],
)
def test_wrong_address_is_explained(uri: str, says: str) -> None:
    with pytest.raises(IndexUnavailableError, match="AISLE_MILVUS_URI") as failure:
        MilvusIndex.open(uri, "", DIMENSION, MODEL)
    assert says in str(failure.value)
    assert "secret" not in str(failure.value)


def test_missing_package_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)

    with pytest.raises(IndexUnavailableError, match=r"pip install -e '\.\[milvus\]'"):
        MilvusIndex.open(str(tmp_path / "index.db"), "", DIMENSION, MODEL)


def test_file_that_is_opened_again_has_its_rows_indexed(index: MilvusIndex, tmp_path: Path) -> None:
    def data() -> list[Path]:
        return [
            file for file in tmp_path.rglob("*.parquet") if index._record.collection in str(file)
        ]

    index.maintain()
    assert data() == []  # too few for that
    index.close()

    later = MilvusIndex.open(str(tmp_path / "index.db"), "", DIMENSION, MODEL)

    assert len(data()) == 1
    assert len(later.search(unit_vectors(1)[0], 1_000)) == 100
    later.close()


@pytest.mark.parametrize("kept", [0, 100, 500])
def test_index_file_that_was_torn_is_made_anew(
    index: MilvusIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    """As by a process that is killed while it writes one: milvus-lite itself gives up then."""
    monkeypatch.setattr(milvus_index, "_FLUSH_FROM", 1)
    index.maintain()
    index.close()
    (torn,) = (file for file in tmp_path.rglob("*.idx") if file.stat().st_size > 500)
    torn.write_bytes(torn.read_bytes()[:kept])

    later = MilvusIndex.open(str(tmp_path / "index.db"), "", DIMENSION, MODEL)

    assert len(later.search(unit_vectors(1)[0], 1_000)) == 100
    later.close()


def test_vectors_and_queries_of_another_dimension_are_refused(index: MilvusIndex) -> None:
    with pytest.raises(ValueError, match=r"\(2, 7\); this index holds vectors of 16 numbers"):
        index.put(ids(1, 2), np.zeros((2, 7), dtype=np.float32), ids(1, 2))
    with pytest.raises(ValueError, match=r"\(7,\) does not fit an index of vectors of 16 numbers"):
        index.search(np.zeros(7, dtype=np.float32), 5)


def test_lost_vectors_are_an_empty_index(
    index: MilvusIndex, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    uri = str(tmp_path / "index.db")
    server = MilvusServer.share(uri)
    for name in server.call("list_collections"):
        if name != "aisle_indexes":
            server.call("drop_collection", name)
    server.close()

    assert index.search(unit_vectors(1)[0], 5) == []
    assert (len(index), index.seq) == (0, 0)
    assert "has lost the index" in caplog.text

    fill(index, count=10, seq=4)
    later = MilvusIndex.open(uri, "", DIMENSION, MODEL)
    assert (len(index), len(later), later.seq) == (10, 10, 4)
    later.close()


def test_rebuild_collects_what_a_dead_one_left(index: MilvusIndex, tmp_path: Path) -> None:
    dead = index.rebuild()
    dead.__enter__().commit(3)  # and never left, as when its process dies
    server = MilvusServer.share(str(tmp_path / "index.db"))
    assert len(server.call("list_collections")) == 3

    with index.rebuild() as fresh:
        fill(fresh, count=5, seq=7)

    assert len(server.call("list_collections")) == 2
    assert (len(index), index.seq) == (5, 7)
    server.close()


def test_killed_at_any_moment_it_holds_what_was_committed(tmp_path: Path) -> None:
    """Every commit of `seq` n puts ids 10 n to 10 n + 9 and removes those of commit n - 3."""
    uri = str(tmp_path / "index.db")
    program = f"""
import numpy as np
from recommender.index import milvus_index
from tests.recommender.index.contract import unit_vectors

milvus_index._FLUSH_FROM = 50
index = milvus_index.MilvusIndex.open({uri!r}, "", {DIMENSION}, {MODEL!r})
print(index.seq, flush=True)
for seq in range(index.seq + 1, 10_000):
    index.put(np.arange(10 * seq, 10 * seq + 10), unit_vectors(10, seed=seq), np.arange(10))
    index.remove(np.arange(10 * (seq - 3), 10 * (seq - 3) + 10))
    index.commit(seq)
    print(seq, flush=True)
    index.maintain()
"""
    for number in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3 + 0.23 * number)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().splitlines()
        process.wait()
        process.stdout.close()
        last = int(said[-1])

        index = MilvusIndex.open(uri, "", DIMENSION, MODEL)
        assert index.seq in (last, last + 1)  # the next may have been whole before it was said
        held = set(index.ids().tolist())
        assert held >= set(range(10 * (last - 1), 10 * last + 10))
        assert held <= set(range(10 * (last - 2), 10 * last + 20))
        newest = index.search(unit_vectors(10, seed=last)[3], 1)[0]
        assert newest.id == 10 * last + 3
        assert newest.score == pytest.approx(1)
        index.close()
