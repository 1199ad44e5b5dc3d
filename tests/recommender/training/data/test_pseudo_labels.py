from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.models import Product
from recommender.evaluation.judged_queries import QueryPart
from recommender.reranking.reranker import Scores
from recommender.training.data.corpus import Corpus
from recommender.training.data.judgments import Judgment
from recommender.training.data.pseudo_labels import with_pseudo_labels
from recommender.training.data.split import Part, by_evaluation

Encode = Callable[[list[str]], NDArray[np.float32]]
MakeProduct = Callable[..., Product]

# By their hashes: training, and held out.
TRAINED = next(f"kettle {n}" for n in range(40) if by_evaluation([f"kettle {n}"]) is Part.TRAIN)
HELD_OUT = next(f"tent zq{n}" for n in range(40) if QueryPart.TEST.holds(f"tent zq{n}"))


class Teacher:
    """Sure of kettles and of tents, and of nothing else."""

    blend = 1.0

    def scores(self, query: str, texts: list[str]) -> Scores:
        kind = query.split()[0]
        sure = {True: 0.97, False: 0.02}
        return np.array(
            [0.5 if "lamp" in text else sure[kind in text] for text in texts], np.float32
        )


def corpus(product: MakeProduct) -> Corpus:
    titles = ("kettle one", "kettle two", "tent", "lamp")
    return Corpus(
        [product(title, title) for title in titles],
        [Judgment("old question", "lamp", 1.0)],
        by_evaluation,
        holds_products_out=False,
    )


def unlabelled(folder: Path, *queries: str) -> Path:
    path = folder / "u.tsv"
    rows = [f"u{number}\t{query}" for number, query in enumerate(queries)]
    path.write_text("\n".join(["query_id\tquery", *rows]) + "\n")
    return path


def test_only_what_the_teacher_is_sure_of_counts(
    product: MakeProduct, encode: Encode, tmp_path: Path
) -> None:
    more, count = with_pseudo_labels(
        corpus(product), unlabelled(tmp_path, TRAINED), encode, Teacher(), 0.9
    )
    labels = {j.product_id: j.gain for j in more.judgments if j.query == TRAINED}
    assert labels == {"kettle one": 1.0, "kettle two": 1.0, "tent": 0.0}
    assert count == 3


def test_what_is_held_out_or_judged_is_left_alone(
    product: MakeProduct, encode: Encode, tmp_path: Path
) -> None:
    file = unlabelled(tmp_path, HELD_OUT, "old question")
    more, count = with_pseudo_labels(corpus(product), file, encode, Teacher(), 0.9)
    assert count == 0
    assert len(more.judgments) == 1


def test_a_query_that_nothing_answers_teaches_nothing(
    product: MakeProduct, encode: Encode, tmp_path: Path
) -> None:
    _, count = with_pseudo_labels(
        corpus(product), unlabelled(tmp_path, "umbrella"), encode, Teacher(), 0.9
    )
    assert count == 0
