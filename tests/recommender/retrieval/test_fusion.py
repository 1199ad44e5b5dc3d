from pathlib import Path

import numpy as np
import pytest

from recommender.index.port import Hit, Ids, Vectors
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.fusion import Retriever
from recommender.retrieval.lexical import LexicalIndex, LexicalText

TITLES = {1: "Velvet Sofa", 2: "Oak Desk", 3: "Corner Couch", 4: "Camera X-100V", 5: "Sofa Cover"}
# As a model might place them; the couch is nearest to a request for a sofa.
COSINES = {1: 0.6, 2: 0.1, 3: 0.8, 4: 0.0, 5: 0.3}


class TableOfCosines:
    """A vector index whose cosines are known, whatever the query."""

    def search(self, vector: Vectors, k: int, allowed: Ids | None = None) -> list[Hit]:
        passing = COSINES if allowed is None else {pk: COSINES[pk] for pk in allowed.tolist()}
        return sorted((Hit(pk, score) for pk, score in passing.items()), key=lambda h: -h.score)[:k]


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    lexical = LexicalIndex(tmp_path, Analyzer("english"))
    lexical.put({pk: LexicalText(title) for pk, title in TITLES.items()})
    lexical.commit(1)
    return Retriever(lexical, TableOfCosines())  # type: ignore[arg-type]


ANY = np.zeros(8, dtype=np.float32)


def test_words_and_meaning_are_added_up(retriever: Retriever) -> None:
    found = retriever.hybrid("velvet sofa", ANY, 5)

    assert [candidate.pk for candidate in found[:2]] == [1, 3]
    assert [candidate.cosine for candidate in found[:2]] == [0.6, 0.8]
    assert found[0].score > found[1].score == pytest.approx(0.4, abs=0.05)


def test_model_number_leads_however_far_it_is(retriever: Retriever) -> None:
    found = retriever.hybrid("x100v", ANY, 5)

    assert (found[0].pk, found[0].exact) == (4, True)
    assert not any(candidate.exact for candidate in found[1:])


def test_only_what_is_allowed_and_not_excluded_is_found(retriever: Retriever) -> None:
    allowed = np.array([1, 2, 3], dtype=np.int64)

    found = retriever.hybrid("velvet sofa", ANY, 5, allowed, exclude={3})

    assert [candidate.pk for candidate in found] == [1, 2]


def test_each_stage_can_be_asked_alone(retriever: Retriever) -> None:
    assert {hit.id for hit in retriever.lexical("sofa", 5)} == {1, 5}
    assert [hit.id for hit in retriever.dense(ANY, 2)] == [3, 1]
