"""The structures that FAISS indexes are tested with."""

from collections.abc import Callable

import pytest

from recommender.index.faiss_index import FaissIndex
from recommender.index.rule import Rule

RULES = {
    "flat": Rule(),
    "hnsw": Rule(hnsw_from=1, least_changes=16),
    "ivfpq": Rule(hnsw_from=1, ivf_pq_from=1, least_changes=16),
    "gpu": Rule(hnsw_from=1, least_changes=16),
}
HNSW = RULES["hnsw"]
Open = Callable[..., FaissIndex]


def pretend_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is none here: this shows that the code goes through, not that a GPU is used."""
    monkeypatch.setattr("faiss.get_num_gpus", lambda: 1, raising=False)
    monkeypatch.setattr("faiss.StandardGpuResources", object, raising=False)
    monkeypatch.setattr(
        "faiss.index_cpu_to_gpu", lambda resources, gpu, index: index, raising=False
    )
