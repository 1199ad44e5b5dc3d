"""The gate over real retrievers: one whose last layer is noise must not pass."""

from pathlib import Path

import pytest

from recommender.errors import ModelError
from recommender.evaluation.judged_queries import QueryPart
from recommender.evaluation.measures import NDCG, RECALL
from recommender.registry.retriever_trial import try_retriever
from recommender.training.data.corpus import corpus_of_qrels
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import WEIGHTS, Kind, minilm, save_settings

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
KINDS = {
    "something to sit on": "Oak Chair",
    "a thing to boil water": "Steel Kettle",
    "keeps me warm in bed": "Wool Blanket",
    "to see in the dark": "Camping Lantern",
    "carry books to school": "Canvas Backpack",
    "for digging a hole": "Garden Spade",
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Queries that say nothing of their products' words, among products beyond recall's depth."""
    products, queries, qrels = (tmp_path / f"{name}.tsv" for name in ("p", "q", "r"))
    rows = [f"{kind}-{n}\t{kind} No. {n}" for kind in KINDS.values() for n in range(40)]
    products.write_text("\n".join(["id\ttitle", *rows]) + "\n")
    asked = [
        (f"q{number}", text, kind)
        for number in range(60)
        for text, kind in [(f"{words} {number}", kind) for words, kind in KINDS.items()]
        if QueryPart.TEST.holds(text)
    ]
    asked = [(f"q{place}", text, kind) for place, (_, text, kind) in enumerate(asked)]
    queries.write_text(
        "\n".join(["query_id\tquery", *(f"{id}\t{text}" for id, text, _ in asked)]) + "\n"
    )
    lines = [f"{id}\t{kind}-{n}\t3" for id, _, kind in asked for n in range(40)]
    qrels.write_text("\n".join(["query_id\tproduct_id\trelevance", *lines]) + "\n")
    return products, queries, qrels


@pytest.fixture
def minilm_again(tmp_path: Path) -> Path:
    """A trained retriever that learnt nothing."""
    from safetensors.torch import save_file

    folder = tmp_path / "again"
    folder.mkdir()
    weights = minilm(Kind.RETRIEVER).state_dict()
    same = {name: value.clone() for name, value in weights.items() if "layer.5." in name}
    save_file(same, folder / WEIGHTS)
    save_settings(folder, Kind.RETRIEVER, {})
    return folder


def test_noise_is_refused_and_what_repairs_it_passes(
    files: tuple[Path, Path, Path], retriever: Path, minilm_again: Path
) -> None:
    products, corpus = files[0], corpus_of_qrels(*files)
    verdict = try_retriever(products, corpus, minilm_again, retriever, reranker=None)
    assert not verdict.passes
    assert not verdict.is_better
    assert {verdict.measure, *verdict.others} == {NDCG, RECALL}
    assert [guard.name for guard in verdict.guards if not guard.kept]

    back = try_retriever(products, corpus, retriever, minilm_again, reranker=None)
    assert back.is_better
    assert all(guard.kept for guard in back.guards if not guard.name.startswith("ms "))


def test_too_few_queries_tell_nothing(
    files: tuple[Path, Path, Path], retriever: Path, tmp_path: Path
) -> None:
    products, queries, qrels = files
    few = tmp_path / "few.tsv"
    few.write_text("\n".join(queries.read_text().splitlines()[:9]) + "\n")
    with pytest.raises(ModelError, match="Judge more queries"):
        try_retriever(
            products,
            corpus_of_qrels(products, few, qrels),
            SHIPPED_RETRIEVER,
            retriever,
            reranker=None,
        )
