from pathlib import Path
from threading import Thread

import numpy as np

from recommender.index.faiss_index import FaissIndex
from recommender.index.port import VectorIndex
from tests.recommender.index.contract import DIMENSION, MODEL, IndexContract, ids, unit_vectors


class TestFaissIndex(IndexContract):
    def make(self) -> VectorIndex:
        return FaissIndex(DIMENSION, MODEL)

    def load(self, path: Path, model: str = MODEL) -> VectorIndex:
        return FaissIndex.load(path, DIMENSION, model)


def test_searches_survive_changes_beside_them() -> None:
    index = FaissIndex(DIMENSION, MODEL)
    numbers = np.arange(500)
    index.put(numbers, unit_vectors(500), numbers)
    errors: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(200):
                found = index.search(unit_vectors(1)[0], 20)
                assert len({hit.id for hit in found}) == 20
        except BaseException as error:
            errors.append(error)

    searchers = [Thread(target=search) for _ in range(3)]
    for searcher in searchers:
        searcher.start()
    for number in range(200):
        index.remove(ids(number))
        index.put(ids(number), unit_vectors(1, seed=number), ids(0))
    for searcher in searchers:
        searcher.join()

    assert errors == []
