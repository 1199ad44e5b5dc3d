from pathlib import Path

import pytest

from recommender.index.faiss_index import FaissIndex
from recommender.index.port import VectorIndex
from recommender.index.rule import Rule
from tests.recommender.index.contract import DIMENSION, IndexContract

RULES = {
    "flat": Rule(),
    "hnsw": Rule(hnsw_from=1, least_changes=16),
    "ivfpq": Rule(hnsw_from=1, ivf_pq_from=1, least_changes=16),
    "gpu": Rule(hnsw_from=1, least_changes=16),
}


@pytest.mark.parametrize("structure", RULES)
class TestFaissIndex(IndexContract):
    @pytest.fixture(autouse=True)
    def _choose(self, structure: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rule = RULES[structure]
        if structure == "gpu":
            monkeypatch.setattr("faiss.get_num_gpus", lambda: 1)
            monkeypatch.setattr("faiss.StandardGpuResources", object, raising=False)
            monkeypatch.setattr(
                "faiss.index_cpu_to_gpu", lambda resources, gpu, index: index, raising=False
            )

    def open_at(self, place: Path, model: str) -> VectorIndex:
        return FaissIndex(place, DIMENSION, model, self.rule)
