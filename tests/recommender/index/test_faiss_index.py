from pathlib import Path

import faiss
import numpy as np
import pytest

from recommender.index.faiss_index import FaissIndex
from recommender.index.port import VectorIndex
from tests.recommender.index.contract import (
    DIMENSION,
    IndexContract,
    fill,
    unit_vectors,
)
from tests.recommender.index.faiss_rules import RULES, Open, pretend_a_gpu


@pytest.mark.parametrize("structure", RULES)
class TestFaissIndex(IndexContract):
    @pytest.fixture(autouse=True)
    def _choose(self, structure: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rule = RULES[structure]
        if structure == "gpu":
            pretend_a_gpu(monkeypatch)

    def open_at(self, place: Path, model: str) -> VectorIndex:
        return FaissIndex(place, DIMENSION, model, self.rule)


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
