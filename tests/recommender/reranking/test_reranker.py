import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.reranking.reranker import OnnxReranker, Scores, blended_scores
from recommender.serving.export import reranker_folder
from recommender.weights.minilm import minilm_folder

# peft still asks transformers for a name that is deprecated there.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")

QUERY = "running shoes"
TEXTS = [
    "Swift Running Shoes. Veloce. Shoes > Running",
    "Sunrise Coffee Mug. Kitchen > Mugs",
    "Light shoes for runners, " * 30,
    "",
]


def merged(adapter: Path) -> Any:
    from peft import PeftModel
    from transformers import AutoModelForSequenceClassification

    base = AutoModelForSequenceClassification.from_pretrained(minilm_folder(), num_labels=1)
    return PeftModel.from_pretrained(base, str(adapter)).eval()


def test_int8_reranker_scores_as_the_trained_model(reranker_models: Path, adapter: Path) -> None:
    import torch
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(minilm_folder())
    inputs = tokenizer(
        [QUERY] * len(TEXTS), TEXTS, truncation=True, max_length=96, padding=True,
        return_tensors="pt",
    )  # fmt: skip
    with torch.inference_mode():
        expected = torch.sigmoid(merged(adapter)(**inputs).logits.squeeze(-1)).numpy()

    reranker = OnnxReranker(reranker_folder(reranker_models))

    assert reranker.scores(QUERY, TEXTS) == pytest.approx(expected, abs=0.01)
    assert reranker.blend == 0.7


def test_reranker_scores_do_not_depend_on_company(reranker_models: Path) -> None:
    reranker = OnnxReranker(reranker_folder(reranker_models))
    together = reranker.scores(QUERY, TEXTS * 10)

    assert together.shape == (40,)
    assert together.dtype == np.float32
    assert together.min() >= 0
    assert together.max() <= 1
    for row, text in enumerate(TEXTS):
        assert together[row] == pytest.approx(reranker.scores(QUERY, [text])[0], abs=0.03)


def test_a_reranker_has_its_weight_in_the_final_score() -> None:
    class Halves:
        blend = 0.25

        def scores(self, query: str, texts: list[str]) -> Scores:
            return np.array([1.0, 0.0], dtype=np.float32)

    assert blended_scores(Halves(), "mug", ["a", "b"], [0.2, 0.8]) == pytest.approx([0.4, 0.6])


def test_damaged_reranker_says_what_to_do(reranker_models: Path, tmp_path: Path) -> None:
    shutil.copytree(reranker_models, tmp_path / "data")
    folder = reranker_folder(tmp_path / "data")
    (folder / "config.json").write_text("scribble")

    with pytest.raises(ModelError, match="aisle setup"):
        OnnxReranker(folder)
