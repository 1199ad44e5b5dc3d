"""What every vector index must do. A test module of an engine inherits from `IndexContract`."""

from pathlib import Path

import numpy as np
import pytest

from recommender.index.port import DamagedIndexError, Ids, VectorIndex, Vectors

DIMENSION = 8
MODEL = "model-a"


def ids(*values: int) -> Ids:
    return np.array(values, dtype=np.int64)


def unit_vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


class IndexContract:
    def make(self) -> VectorIndex:
        """An empty index of `DIMENSION` and `MODEL`."""
        raise NotImplementedError

    def load(self, path: Path, model: str = MODEL) -> VectorIndex:
        """The index that was saved to a path."""
        raise NotImplementedError

    @pytest.fixture
    def index(self) -> VectorIndex:
        """Holds 100 vectors, of ids 1000 to 1099, with their ids as digests."""
        index = self.make()
        numbers = np.arange(1000, 1100)
        index.put(numbers, unit_vectors(100), numbers)
        return index

    def test_empty_index_finds_nothing(self) -> None:
        index = self.make()

        assert len(index) == 0
        assert index.search(unit_vectors(1)[0], 5) == []
        assert index.search(unit_vectors(1)[0], 5, ids(1)) == []

    def test_nearest_come_first_with_their_cosines(self, index: VectorIndex) -> None:
        query = unit_vectors(1, seed=1)[0]
        cosines = unit_vectors(100) @ query
        expected = np.argsort(-cosines)[:10]

        hits = index.search(query, 10)

        assert [hit.id for hit in hits] == (expected + 1000).tolist()
        assert [hit.score for hit in hits] == pytest.approx(cosines[expected].tolist(), abs=1e-5)

    def test_asking_for_more_than_there_are_gives_all(self, index: VectorIndex) -> None:
        assert len(index.search(unit_vectors(1)[0], 1_000)) == 100

    def test_allowed_ids_are_searched_exactly(self, index: VectorIndex) -> None:
        query = unit_vectors(1, seed=1)[0]
        allowed = np.argsort(unit_vectors(100) @ query)[:7] + 1000  # the farthest of all

        hits = index.search(query, 5, allowed)

        assert [hit.id for hit in hits] == allowed[::-1][:5].tolist()

    def test_no_allowed_ids_find_nothing(self, index: VectorIndex) -> None:
        assert index.search(unit_vectors(1)[0], 5, ids()) == []
        assert index.search(unit_vectors(1)[0], 5, ids(7)) == []

    def test_putting_an_id_again_replaces_it(self, index: VectorIndex) -> None:
        other = unit_vectors(1, seed=2)

        index.put(ids(1005), other, ids(-42))

        assert len(index) == 100
        assert index.search(other[0], 1)[0].id == 1005
        assert index.digests()[1005] == -42
        vector = index.vector(1005)
        assert vector is not None
        assert vector.tolist() == pytest.approx(other[0].tolist())

    def test_removed_ids_are_gone_and_others_keep_theirs(self, index: VectorIndex) -> None:
        vectors = unit_vectors(100)

        index.remove(ids(1000, 1050, 5))

        assert len(index) == 98
        assert index.vector(1050) is None
        assert 1050 not in index.digests()
        assert index.search(vectors[50], 1)[0].id != 1050
        assert index.search(vectors[51], 1)[0].id == 1051

    def test_ids_may_be_as_large_as_64_bits(self, index: VectorIndex) -> None:
        huge, vector = 2**62, unit_vectors(1, seed=3)

        index.put(ids(huge), vector, ids(2**63 - 1))

        assert index.search(vector[0], 1, ids(huge))[0].id == huge
        assert index.digests()[huge] == 2**63 - 1

    def test_vectors_that_do_not_fit_are_refused(self, index: VectorIndex) -> None:
        with pytest.raises(ValueError, match="fit"):
            index.put(ids(1, 2), unit_vectors(3), ids(1, 2))
        assert len(index) == 100

    def test_saved_index_loads_the_same(self, index: VectorIndex, tmp_path: Path) -> None:
        index.seq = 17
        index.save(tmp_path / "new" / "index")

        loaded = self.load(tmp_path / "new" / "index")

        query = unit_vectors(1, seed=4)[0]
        assert loaded.search(query, 100) == index.search(query, 100)
        assert (loaded.seq, loaded.digests()) == (17, index.digests())
        loaded.remove(ids(1000))
        assert len(loaded) == 99

    def test_missing_file_is_told_apart(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            self.load(tmp_path / "index")

    def test_file_of_another_model_is_refused(self, index: VectorIndex, tmp_path: Path) -> None:
        index.save(tmp_path / "index")

        with pytest.raises(DamagedIndexError, match="another embedding model"):
            self.load(tmp_path / "index", model="model-b")

    @pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "text"])
    def test_damaged_file_is_refused(self, index: VectorIndex, tmp_path: Path, damage: str) -> None:
        path = tmp_path / "index"
        index.save(path)
        content = path.read_bytes()
        middle = len(content) // 2
        path.write_bytes(
            {
                "cut": content[:middle],
                "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
                "empty": b"",
                "text": b"this is no index",
            }[damage]
        )

        with pytest.raises(DamagedIndexError):
            self.load(path)

    def test_failed_save_leaves_the_old_file(
        self, index: VectorIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "index"
        index.save(path)
        before = path.read_bytes()
        index.remove(ids(1000))

        def full_disk(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            index.save(path)

        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path], "nothing half written is left behind"
