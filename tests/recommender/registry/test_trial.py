"""The gate over real models: one that learnt from wrong answers must not pass."""

import json
from pathlib import Path

import pytest

from catalog.models import Variant
from recommender.errors import ModelError
from recommender.evaluation.collection import judged_lists_collection
from recommender.registry.slices import by_category, by_length
from recommender.registry.trial import try_reranker
from recommender.training.data.corpus import Corpus
from recommender.training.data.judgments import Judgment
from recommender.training.data.split import Part
from tests.recommender.conftest import product


def corpus(queries: int) -> Corpus:
    """Every query has five judged products, the first of them right."""
    kinds = ("kettle", "blanket", "lantern", "backpack", "spade")
    unsaid = dict.fromkeys(("description", "brand", "material", "gender"), "")
    products = [
        product(
            kind,
            f"Morrow {kind}",
            Variant(id=kind, color="", size=""),
            category=f"Home > {kind}",
            attributes={},
            **unsaid,
        )
        for kind in kinds
    ]
    judgments = [
        Judgment(f"thing{number} {kinds[number % 5]}", kind, float(kind == kinds[number % 5]))
        for number in range(queries)
        for kind in kinds
    ]
    return Corpus(
        products, judgments, lambda group: Part.TEST, holds_products_out=False, has_grades=True
    )


def test_too_few_queries_tell_nothing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Judge more queries"):
        try_reranker(corpus(12), tmp_path, tmp_path)


def test_queries_are_sliced_by_length_and_department() -> None:
    collection = judged_lists_collection("test", corpus(10), Part.TEST)
    assert by_length({"a": "mug", "b": "blue mug with lid", "c": "a mug for my very old aunt"}) == {
        "1 or 2 words": {"a"},
        "3 or 4 words": {"b"},
        "5 words or more": {"c"},
    }
    (name, ids), *others = by_category(collection.gains, corpus(10).products).items()
    assert name == "Home"
    assert len(ids) == 10
    assert not others


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_a_model_that_ranks_at_random_is_refused(adapter: Path, tmp_path: Path) -> None:
    trusted, random = tmp_path / "trusted", tmp_path / "random"
    for folder, blend in ((trusted, 0.0), (random, 1.0)):
        folder.mkdir()
        for file in adapter.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        (folder / "aisle.json").write_text(json.dumps({"blend": blend, "max_tokens": 32}))
    verdict = try_reranker(corpus(40), trusted, random)
    assert not verdict.passes
    assert verdict.difference.mean < -0.1
    back = try_reranker(corpus(40), random, trusted)
    assert back.is_better
