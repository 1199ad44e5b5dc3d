from pathlib import Path

import pytest
from sqlalchemy import inspect

from recommender.training.data.corpus import Corpus, corpus_from
from recommender.training.data.judgments import JudgmentError
from recommender.training.data.split import Part, part_of


@pytest.fixture
def products(tmp_path: Path) -> Path:
    path = tmp_path / "products.tsv"
    rows = [f"p{n}\tStoneware Mug {n}\tMorrow\tRed" for n in range(30)]
    path.write_text("\n".join(["id\ttitle\tbrand\tcolor", *rows]) + "\n")
    return path


@pytest.fixture
def judgments(tmp_path: Path) -> Path:
    path = tmp_path / "judgments.tsv"
    # By their hashes: test, development, training.
    rows = ["kettle\tp1\tE", "tent for two\tp2\tI", "red kettle\tp3\tE", "red kettle\tp1\tS"]
    path.write_text("\n".join(["query\tproduct_id\tesci_label", *rows]) + "\n")
    return path


def ids(corpus: Corpus, part: Part) -> set[str]:
    return {product.id for product in corpus.products_of(part)}


def test_a_product_is_held_out_with_the_query_it_was_judged_for(
    products: Path, judgments: Path
) -> None:
    corpus = corpus_from(products, judgments)
    assert ids(corpus, Part.TEST) == {"p1"}  # though a training query was judged on it too
    assert ids(corpus, Part.DEV) == {"p2"}
    assert len(ids(corpus, Part.TRAIN)) == 28


def test_judgments_go_with_their_queries(products: Path, judgments: Path) -> None:
    corpus = corpus_from(products, judgments)
    assert {j.query for j in corpus.judgments_of(Part.TEST)} == {"kettle"}
    assert {j.product_id for j in corpus.judgments_of(Part.TRAIN)} == {"p1", "p3"}


def test_without_judgments_products_are_held_out_by_their_ids(
    products: Path, judgments: Path
) -> None:
    corpus = Corpus(corpus_from(products, judgments).products)
    assert sum(len(ids(corpus, part)) for part in Part) == 30
    assert {part_of(id) for id in ids(corpus, Part.TEST)} == {Part.TEST}


def test_products_outlive_their_database(products: Path, judgments: Path) -> None:
    (product, *_) = corpus_from(products, judgments).products
    assert inspect(product).detached
    assert [variant.color for variant in product.variants] == ["Red"]


def test_broken_judgments_are_reported(products: Path, tmp_path: Path) -> None:
    with pytest.raises(JudgmentError):
        corpus_from(products, tmp_path / "none.tsv")
