"""What every vector index must do. A test module of an engine inherits from `IndexContract`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from recommender.index.port import BusyError, Ids, VectorIndex, Vectors

DIMENSION = 16
MODEL = "model-a"
Open = Callable[..., VectorIndex]


def ids(*values: int) -> Ids:
    return np.array(values, dtype=np.int64)


def unit_vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def fill(index: VectorIndex, count: int = 100, seq: int = 1) -> None:
    """Commits so many vectors, of ids from 1000 up, with their ids as digests."""
    numbers = np.arange(1000, 1000 + count)
    index.put(numbers, unit_vectors(count), numbers)
    index.commit(seq)


class IndexContract:
    def open_at(self, place: Path, model: str) -> VectorIndex:
        """The engine over this place, which nobody has used yet or which the engine left there."""
        raise NotImplementedError

    @pytest.fixture
    def open_index(self, tmp_path: Path) -> Iterator[Open]:
        """Opens the index of one place, again and again, as several processes would."""
        opened: list[VectorIndex] = []

        def open_index(model: str = MODEL) -> VectorIndex:
            opened.append(self.open_at(tmp_path / "index", model))
            return opened[-1]

        yield open_index
        for index in opened:
            index.close()

    @pytest.fixture
    def index(self, open_index: Open) -> VectorIndex:
        """Holds 100 vectors, of ids 1000 to 1099, with their ids as digests."""
        index = open_index()
        fill(index)
        index.maintain()
        return index

    def test_empty_index_finds_nothing(self, open_index: Open) -> None:
        index = open_index()

        assert (len(index), index.seq) == (0, 0)
        assert (index.dimension, index.model) == (DIMENSION, MODEL)
        assert index.search(unit_vectors(1)[0], 5) == []
        assert index.search(unit_vectors(1)[0], 5, ids(1)) == []
        assert index.digests() == {}
        assert index.ids().tolist() == []

    def test_nearest_come_first_with_their_cosines(self, index: VectorIndex) -> None:
        query = unit_vectors(1, seed=1)[0]
        cosines = unit_vectors(100) @ query
        expected = np.argsort(-cosines)[:10]

        hits = index.search(query, 10)

        assert [hit.id for hit in hits] == (expected + 1000).tolist()
        assert [hit.score for hit in hits] == pytest.approx(cosines[expected].tolist(), abs=1e-5)

    def test_asking_for_more_than_there_are_gives_all(self, index: VectorIndex) -> None:
        assert len({hit.id for hit in index.search(unit_vectors(1)[0], 1_000)}) == 100
        assert index.search(unit_vectors(1)[0], 0) == []

    @pytest.mark.parametrize("passing", [7, 30, 70, 100])
    def test_allowed_ids_are_searched_exactly(self, index: VectorIndex, passing: int) -> None:
        query = unit_vectors(1, seed=1)[0]
        allowed = np.argsort(unit_vectors(100) @ query)[:passing] + 1000  # the farthest of all

        hits = index.search(query, 5, allowed)

        assert [hit.id for hit in hits] == allowed[::-1][:5].tolist()
        assert len(index.search(query, 1_000, allowed)) == passing

    def test_allowed_ids_may_be_unknown_or_said_twice(self, index: VectorIndex) -> None:
        query = unit_vectors(1)[0]

        hits = index.search(query, 5, ids(-3, 1001, 7, 1001, 2**62, 1000))

        assert [hit.id for hit in hits] == [1000, 1001]

    def test_no_allowed_ids_find_nothing(self, index: VectorIndex) -> None:
        assert index.search(unit_vectors(1)[0], 5, ids()) == []
        assert index.search(unit_vectors(1)[0], 5, ids(7)) == []

    def test_putting_an_id_again_replaces_it(self, index: VectorIndex) -> None:
        other = unit_vectors(1, seed=2)

        index.put(ids(1005), other, ids(-42))
        index.commit(2)

        assert (len(index), index.seq) == (100, 2)
        assert index.search(other[0], 1)[0].id == 1005
        assert [hit.id for hit in index.search(other[0], 100)].count(1005) == 1
        assert index.digests(ids(1005, 1006, 5)) == {1005: -42, 1006: 1006}
        vector = index.vector(1005)
        assert vector is not None
        assert vector.tolist() == pytest.approx(other[0].tolist())

    def test_last_of_several_changes_before_a_commit_holds(self, index: VectorIndex) -> None:
        vectors = unit_vectors(3, seed=2)

        index.put(ids(1), vectors[:1], ids(1))
        index.put(ids(1), vectors[1:2], ids(2))
        index.put(ids(2), vectors[2:], ids(3))
        index.remove(ids(2, 1007))
        index.put(ids(1007), vectors[2:], ids(4))
        index.commit(2)

        assert index.digests(ids(1, 2, 1007)) == {1: 2, 1007: 4}
        assert index.search(vectors[1], 1)[0].id == 1
        assert index.search(vectors[2], 1)[0].id == 1007
        assert len(index) == 101

    def test_removed_ids_are_gone_and_others_keep_theirs(self, index: VectorIndex) -> None:
        vectors = unit_vectors(100)

        index.remove(ids(1000, 1050, 5))
        index.commit(2)

        assert len(index) == 98
        assert index.vector(1050) is None
        assert 1050 not in index.digests()
        assert sorted(index.ids().tolist()) == sorted({*range(1000, 1100)} - {1000, 1050})
        assert index.search(vectors[50], 1)[0].id != 1050
        assert index.search(vectors[50], 5, ids(1050)) == []
        assert index.search(vectors[51], 1)[0].id == 1051
        assert len(index.search(vectors[50], 100)) == 98

    def test_removed_id_may_come_back(self, index: VectorIndex, open_index: Open) -> None:
        index.remove(ids(1050))
        index.commit(2)
        index.put(ids(1050), unit_vectors(1, seed=5), ids(9))
        index.commit(3)

        for one in (index, open_index()):
            assert len(one) == 100
            assert one.search(unit_vectors(1, seed=5)[0], 1)[0].id == 1050

    def test_all_may_go(self, index: VectorIndex, open_index: Open) -> None:
        other = open_index()
        index.remove(index.ids())
        index.commit(2)
        index.maintain()

        assert other.refresh()
        assert not other.refresh()
        for one in (index, other, open_index()):
            assert (len(one), one.seq) == (0, 2)
            assert one.search(unit_vectors(1)[0], 5) == []

    def test_ids_may_be_as_large_as_64_bits(self, index: VectorIndex, open_index: Open) -> None:
        huge, vector = 2**62, unit_vectors(1, seed=3)

        index.put(ids(huge), vector, ids(2**63 - 1))
        index.commit(2)

        for one in (index, open_index()):
            assert one.search(vector[0], 1, ids(huge))[0].id == huge
            assert one.search(vector[0], 1)[0].id == huge
            assert one.digests()[huge] == 2**63 - 1

    def test_vectors_that_do_not_fit_are_refused(self, index: VectorIndex) -> None:
        with pytest.raises(ValueError, match="fit"):
            index.put(ids(1, 2), unit_vectors(3), ids(1, 2))
        with pytest.raises(ValueError, match="fit"):
            index.put(ids(1, 2), unit_vectors(2), ids(1))
        index.commit(2)
        assert len(index) == 100

    def test_who_opens_it_later_finds_the_same(self, index: VectorIndex, open_index: Open) -> None:
        index.remove(ids(1003))
        index.commit(17)

        later = open_index()

        query = unit_vectors(1, seed=4)[0]
        assert [hit.id for hit in later.search(query, 100)] == [
            hit.id for hit in index.search(query, 100)
        ]
        assert (later.seq, later.digests()) == (17, index.digests())
        assert not later.refresh()

    def test_what_was_not_committed_has_not_moved_the_seq(
        self, index: VectorIndex, open_index: Open
    ) -> None:
        index.put(ids(1), unit_vectors(1, seed=2), ids(1))
        index.remove(ids(1000))

        assert open_index().seq == 1

    def test_commits_of_others_are_taken_over(self, index: VectorIndex, open_index: Open) -> None:
        other = open_index()
        vector = unit_vectors(1, seed=2)

        index.put(ids(1, 1001), np.concatenate([vector, -vector]), ids(1, 2))
        index.remove(ids(1000))
        index.commit(2)

        assert other.refresh()
        assert other.seq == 2
        assert other.search(vector[0], 1)[0].id == 1
        assert other.search(-vector[0], 1)[0].id == 1001
        assert other.digests() == index.digests()
        assert not other.refresh()

    def test_seq_alone_is_taken_over_but_no_news(
        self, index: VectorIndex, open_index: Open
    ) -> None:
        other = open_index()

        index.commit(9)

        assert not other.refresh()
        assert (index.seq, other.seq, open_index().seq) == (9, 9, 9)

    def test_two_who_write_in_turn_lose_nothing(self, index: VectorIndex, open_index: Open) -> None:
        other = open_index()
        for number in range(6):
            writer = (index, other)[number % 2]
            writer.put(ids(number), unit_vectors(1, seed=number), ids(number))
            writer.commit(10 + number)
        index.refresh()
        other.refresh()

        expected = {*range(6), *range(1000, 1100)}
        for one in (index, other, open_index()):
            assert set(one.ids().tolist()) == expected
            assert one.search(unit_vectors(1, seed=2)[0], 1)[0].id == 2
            assert one.seq == 15

    def test_rebuild_takes_its_place_once_it_is_whole(
        self, index: VectorIndex, open_index: Open
    ) -> None:
        other = open_index()
        vectors = unit_vectors(2, seed=6)

        with index.rebuild() as fresh:
            assert (len(fresh), fresh.seq) == (0, 0)
            fresh.put(ids(1), vectors[:1], ids(1))
            fresh.commit(4)
            fresh.put(ids(2), vectors[1:], ids(2))
            fresh.commit(5)
            assert sorted(fresh.ids().tolist()) == [1, 2]
            index.put(ids(7), vectors[:1], ids(7))
            index.commit(3)
            other.refresh()
            assert [len(one) for one in (index, other, open_index())] == [101, 101, 101]

        assert other.refresh()
        for one in (index, other, open_index()):
            assert sorted(one.ids().tolist()) == [1, 2]
            assert one.seq == 5
            assert [hit.id for hit in one.search(vectors[1], 5)] == [2, 1]
        index.put(ids(3), vectors[:1], ids(3))
        index.commit(6)
        assert other.refresh()
        assert len(other) == 3

    def test_rebuild_that_fails_leaves_what_was(self, index: VectorIndex, open_index: Open) -> None:
        with pytest.raises(RuntimeError, match="no more"), index.rebuild() as fresh:
            fresh.put(ids(1), unit_vectors(1), ids(1))
            fresh.commit(5)
            raise RuntimeError("no more")

        for one in (index, open_index()):
            assert (len(one), one.seq) == (100, 1)
        index.commit(2)
        assert open_index().seq == 2

    def test_who_does_not_wait_is_not_kept_by_a_change(self, index: VectorIndex) -> None:
        refused = []

        def look() -> None:
            try:
                index.refresh(wait=False)
            except BusyError:
                refused.append(True)

        with index._changing:  # type: ignore[attr-defined]
            thread = Thread(target=look)
            thread.start()
            thread.join(10)
        assert refused

        assert not index.refresh(wait=False)

    def test_rebuild_that_commits_nothing_leaves_what_was(
        self, index: VectorIndex, open_index: Open
    ) -> None:
        with index.rebuild() as fresh:
            fresh.put(ids(1), unit_vectors(1), ids(1))

        for one in (index, open_index()):
            assert (len(one), one.seq) == (100, 1)

    def test_rebuild_may_be_of_nothing(self, index: VectorIndex, open_index: Open) -> None:
        with index.rebuild() as fresh:
            fresh.commit(3)

        for one in (index, open_index()):
            assert (len(one), one.seq) == (0, 3)

    def test_models_do_not_meet(self, index: VectorIndex, open_index: Open) -> None:
        other = open_index("model-b")
        assert (len(other), other.seq, other.model) == (0, 0, "model-b")

        fill(other, count=3, seq=8)
        index.refresh()

        assert (len(index), index.seq) == (100, 1)
        again = open_index("model-b")
        assert (len(again), again.seq) == (3, 8)

    def test_maintenance_changes_no_answer(self, index: VectorIndex, open_index: Open) -> None:
        other = open_index()
        index.remove(ids(*range(1000, 1060)))
        index.put(ids(1070, 1), unit_vectors(2, seed=7), ids(1, 2))
        index.commit(2)
        query = unit_vectors(1, seed=1)[0]
        before = [hit.id for hit in index.search(query, 100)]
        assert len(before) == 41

        index.maintain()
        other.refresh()

        for one in (index, other, open_index()):
            assert [hit.id for hit in one.search(query, 100)] == before
            assert (one.seq, one.digests()) == (2, index.digests())

    def test_searches_survive_changes_beside_them(self, index: VectorIndex) -> None:
        errors: list[BaseException] = []

        def search() -> None:
            try:
                for _ in range(100):
                    found = index.search(unit_vectors(1)[0], 100)
                    assert len({hit.id for hit in found}) == len(found) == 100
                    found = index.search(unit_vectors(1)[0], 20, np.arange(1000, 1050))
                    assert len({hit.id for hit in found}) == 20
            except BaseException as error:
                errors.append(error)

        searchers = [Thread(target=search) for _ in range(3)]
        for searcher in searchers:
            searcher.start()
        for number in range(60):
            index.put(ids(1000 + number), unit_vectors(1, seed=number), ids(0))
            index.commit(2 + number)
            if number % 20 == 0:
                index.maintain()
        for searcher in searchers:
            searcher.join()

        assert errors == []
