import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.models import Product
from recommender.errors import ModelError
from recommender.registry.pairing import warning
from recommender.training.choices import BlendRule
from recommender.training.data.corpus import Corpus
from recommender.training.data.judgments import Judgment
from recommender.training.weighing import weigh
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import settings_of

# peft still asks transformers for a name that is deprecated there.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")


@pytest.mark.parametrize("rule", BlendRule)
def test_the_weight_and_whom_it_was_chosen_beside_are_kept(
    product: Callable[..., Product],
    adapter: Path,
    retriever: Path,
    tmp_path: Path,
    rule: BlendRule,
) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(adapter, mine)
    titles = {"dome": "Dome Tent for Two", "pole": "Tent Pole", "mug": "Mug"}
    products = [product(id, title) for id, title in titles.items()]
    corpus = Corpus(products, [Judgment("tent for two", "dome", 1.0)])

    weight, measures = weigh(mine, corpus, retriever, rule)

    settings = settings_of(mine)
    assert (settings["blend"], settings["max_tokens"]) == (weight, 96)
    assert measures["reranked ndcg@10"] >= measures["dense ndcg@10"]
    assert warning(mine, retriever) == ""
    assert str(retriever) in warning(mine, SHIPPED_RETRIEVER)
    assert json.loads((mine / "training.json").read_text())["measures"]["blend"] == weight


def test_without_development_queries_the_folder_stays(
    product: Callable[..., Product], adapter: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(adapter, mine)
    corpus = Corpus([product("dome", "Dome Tent")], [Judgment("kettle", "dome", 1.0)])

    with pytest.raises(ModelError, match="Judge more queries"):
        weigh(mine, corpus, SHIPPED_RETRIEVER, BlendRule.SMALLEST)

    assert settings_of(mine) == settings_of(adapter)
    assert {path.name for path in mine.iterdir()} == {path.name for path in adapter.iterdir()}
