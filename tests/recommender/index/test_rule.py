import pytest

from recommender.index.rule import Rule, Structure

RULE = Rule(hnsw_from=100, ivf_pq_from=1_000, least_changes=10)


@pytest.mark.parametrize(
    ("vectors", "structure"),
    [
        (0, Structure.FLAT),
        (99, Structure.FLAT),
        (100, Structure.HNSW),
        (999, Structure.HNSW),
        (1_000, Structure.IVF_PQ),
    ],
)
def test_size_chooses_the_structure(vectors: int, structure: Structure) -> None:
    assert RULE.structure(vectors) is structure


def test_gpu_looks_at_every_vector_once_there_are_many() -> None:
    assert RULE.structure(99, gpus=1) is Structure.FLAT
    assert RULE.structure(5_000, gpus=1) is Structure.GPU


def test_structure_that_is_there_is_kept_down_to_half_its_size() -> None:
    assert RULE.structure(50, present=Structure.HNSW) is Structure.HNSW
    assert RULE.structure(49, present=Structure.HNSW) is Structure.FLAT
    assert RULE.structure(500, present=Structure.IVF_PQ) is Structure.IVF_PQ
    assert RULE.structure(499, present=Structure.IVF_PQ) is Structure.HNSW


def test_few_changes_start_nothing_in_the_background() -> None:
    assert not RULE.must_extend(covered=90, vectors=100)
    assert RULE.must_extend(covered=89, vectors=100)
    assert not RULE.must_extend(covered=960, vectors=1_000)
    assert RULE.must_extend(covered=940, vectors=1_000)
    assert not RULE.must_compact(dead=10, vectors=30)
    assert RULE.must_compact(dead=11, vectors=30)
    assert not RULE.must_compact(dead=200, vectors=1_000)
    assert RULE.must_compact(dead=300, vectors=1_000)
