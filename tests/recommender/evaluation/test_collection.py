from dataclasses import replace
from pathlib import Path

import pytest

from catalog.models import Product, Variant
from recommender.evaluation.collection import (
    home_depot_collection,
    judged_collection,
    judged_queries,
    synthetic_collection,
)
from recommender.training.data.corpus import Corpus
from recommender.training.data.judgments import Judgment, gain_of, relevance_of
from recommender.training.data.split import Part, part_of


def product(id: str, title: str) -> Product:
    texts = dict.fromkeys(("description", "brand", "category", "material", "gender"), "")
    variant = Variant(id=id, color="", size="")
    return Product(id=id, title=title, attributes={}, variants=[variant], **texts)


@pytest.fixture
def corpus() -> Corpus:
    products = [product(f"p{n}", f"speckled mug number{n} stoneware") for n in range(40)]
    # By their hashes, the first two are test queries and the last is a development one.
    judgments = [
        Judgment("kettle", "p1", 1.0),
        Judgment("kettle", "p2", 0.1),
        Judgment("yoga mat", "p3", 0.1),
        Judgment("tent for two", "p5", 1.0),
    ]
    return Corpus(products, judgments)


def test_only_the_part_and_only_queries_with_an_exact_match(corpus: Corpus) -> None:
    collection = judged_collection("test", corpus, Part.TEST)
    assert collection.queries == {"kettle": "kettle"}
    assert collection.gains == {"kettle": {"p1": 1.0, "p2": 0.1}}
    assert len(collection.embedding_texts) == 40


def test_judgments_become_relevances_of_known_products(corpus: Corpus) -> None:
    more = [*corpus.judgments, Judgment("kettle", "sold-out", 1.0)]
    judged = judged_queries(replace(corpus, judgments=more), Part.TEST)
    assert judged.texts == {"kettle": "kettle", "yoga mat": "yoga mat"}
    assert judged.grades == {"kettle": {"p1": 3.0, "p2": 1.2}, "yoga mat": {"p3": 1.2}}


def test_a_relevance_comes_back_as_it_was_written() -> None:
    hundredths = [round(1 + step / 100, 2) for step in range(201)]
    assert [relevance_of(gain_of(each)) for each in hundredths] == hundredths


def test_synthetic_queries_come_from_products_of_the_part_only() -> None:
    corpus = Corpus([product(f"p{n}", f"speckled mug number{n} stoneware") for n in range(40)])
    collection = synthetic_collection("mugs", corpus, Part.TEST)
    sources = {key.partition("/")[0] for key in collection.queries}
    assert sources
    assert {part_of(source) for source in sources} == {Part.TEST}
    assert all(collection.gains[key][key.partition("/")[0]] == 1.0 for key in collection.queries)


def test_home_depot_keeps_long_judged_lists_of_a_fifth_of_the_queries(tmp_path: Path) -> None:
    products = [f"{n}\tdrill {n}" for n in range(6)]
    queries = [f"q{n}\tquery {n}" for n in range(100)] + ["short\tquery short"]
    qrels = [f"q{q}\t{p}\t{1 + p % 3}" for q in range(100) for p in range(6)] + ["short\t0\t3"]
    for name, header, rows in (
        ("products", "id\ttitle", products),
        ("queries", "query_id\tquery", queries),
        ("qrels", "query_id\tproduct_id\trelevance", qrels),
    ):
        (tmp_path / f"{name}.tsv").write_text("\n".join([header, *rows]) + "\n")
    collection = home_depot_collection(tmp_path)
    assert 8 <= len(collection.queries) <= 35
    assert "short" not in collection.queries
    assert all(list(gains.values()) == [0, 1, 3, 0, 1, 3] for gains in collection.gains.values())
    assert collection.judged_only
