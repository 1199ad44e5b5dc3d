from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.models import Product
from recommender.training.blend import best, choose_blend, smallest_as_good
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.judgments import Judgment

Floats = NDArray[np.float32]
_QUERY = "tent for two"  # a development query by its hash


class Prefers:
    blend = 1.0

    def __init__(self, word: str) -> None:
        self.word = word

    def scores(self, query: str, texts: list[str]) -> Floats:
        return np.array([self.word in text for text in texts], dtype=np.float32)


@pytest.fixture
def corpus(product: Callable[..., Product]) -> Corpus:
    titles = {"dome": "Dome Shelter", "pole": "Tent Pole for Two", "mug": "Mug"}
    products = [product(id, title) for id, title in titles.items()]
    return Corpus(products, [Judgment(_QUERY, "dome", 1.0)])


def test_a_reranker_that_helps_gets_no_more_weight_than_it_needs(
    corpus: Corpus, encode: Encode
) -> None:
    blend, dev = choose_blend({"camping": corpus}, encode, Prefers("Dome"))
    assert 0.3 < blend < 0.6
    assert dev["camping"]["dense mrr@10"] < dev["camping"]["reranked mrr@10"] == 1.0


def test_a_reranker_that_harms_gets_none(corpus: Corpus, encode: Encode) -> None:
    blend, dev = choose_blend({"camping": corpus}, encode, Prefers("Mug"))
    assert blend == 0.0
    assert dev["camping"]["dense ndcg@10"] == dev["camping"]["reranked ndcg@10"]


def test_without_development_queries_the_reranker_decides(corpus: Corpus, encode: Encode) -> None:
    unjudged = Corpus(corpus.products, [Judgment("kettle", "dome", 1.0)])
    assert choose_blend({"camping": unjudged}, encode, Prefers("Dome")) == (1.0, {})


def test_a_gain_within_one_standard_error_is_none() -> None:
    without = {str(number): 0.5 for number in range(100)}
    # On average one hundredth better; the standard error of that is 0.01, or 0.001.
    chance = {query: 0.51 + (0.1 if number % 2 else -0.1) for number, query in enumerate(without)}
    steady = {query: 0.51 + (0.01 if number % 2 else -0.01) for number, query in enumerate(without)}
    assert smallest_as_good({0.0: [without], 0.5: [chance]}) == 0.0
    assert smallest_as_good({0.0: [without], 0.5: [steady]}) == 0.5
    assert smallest_as_good({0.0: [without], 0.2: [steady], 0.5: [steady]}) == 0.2
    assert best({0.0: [without], 0.2: [chance], 0.5: [chance]}) == 0.2
