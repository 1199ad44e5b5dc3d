from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.models import Product
from recommender.reranking.reranker import Scores
from recommender.training.data.labelling import AnswerFile, answers, most_informative

Encode = Callable[[list[str]], NDArray[np.float32]]
MakeProduct = Callable[..., Product]


class Agreeing:
    """Orders as the texts come, and that is the retriever's order."""

    blend = 1.0

    def scores(self, query: str, texts: list[str]) -> Scores:
        return np.linspace(1, 0, len(texts), dtype=np.float32)


class Doubting(Agreeing):
    """Likes the last best."""

    def scores(self, query: str, texts: list[str]) -> Scores:
        return np.linspace(0, 1, len(texts), dtype=np.float32)


def shop(product: MakeProduct) -> list[Product]:
    titles = ("red kettle", "kettle", "kettle lid", "red rug", "tent")
    return [product(title, title) for title in titles]


def test_asked_is_what_the_models_disagree_on(product: MakeProduct, encode: Encode) -> None:
    products = shop(product)
    pairs = most_informative({"q": "red kettle"}, {}, products, encode, Doubting(), 9)
    assert len(pairs) == 3  # of one query
    assert {pair.product.id for pair in pairs} >= {"red kettle"}
    assert [pair.doubt for pair in pairs] == sorted((p.doubt for p in pairs), reverse=True)
    agreed = most_informative({"q": "red kettle"}, {}, products, encode, Agreeing(), 9)
    assert all(pair.doubt == 0 for pair in agreed)


def test_what_is_judged_is_not_asked_again(product: MakeProduct, encode: Encode) -> None:
    judged = {"q": {"red kettle", "kettle"}}
    pairs = most_informative({"q": "red kettle"}, judged, shop(product), encode, Doubting(), 9)
    assert judged["q"].isdisjoint(pair.product.id for pair in pairs)


def test_answers_are_stored_at_once(tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    file = AnswerFile(path)
    file.add("q1", "p1", 3)
    assert path.read_text() == "query_id\tproduct_id\trelevance\nq1\tp1\t3\n"
    path.write_text(path.read_text().rstrip("\n"))  # as an editor may leave it
    file.add("q1", "p2", 1)
    assert path.read_text().splitlines()[1:] == ["q1\tp1\t3", "q1\tp2\t1"]


def test_what_is_typed_is_understood() -> None:
    assert list(answers(iter(["3\n", "what?\n", "s\n", " 1 \n", "\n", "q\n", "2\n"]))) == [
        3.0,
        None,
        1.0,
        None,
    ]
