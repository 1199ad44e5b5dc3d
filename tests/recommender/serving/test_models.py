import logging
import shutil
from pathlib import Path
from typing import Any

import pytest

from recommender.errors import ModelError
from recommender.reranking.reranker import CrossEncoderReranker
from recommender.serving.models import open_encoder, open_reranker
from recommender.weights.minilm import minilm_folder
from recommender.weights.shipped import SHIPPED_RETRIEVER

# peft still asks transformers for a name that is deprecated there.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")


def test_no_reranker_is_not_hidden(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert open_reranker(tmp_path, "", "cpu") is None

    assert "retrieval alone" in caplog.text


def test_named_cross_encoder_is_served_as_it_is(adapter: Path, tmp_path: Path) -> None:
    model = _merged(adapter)
    model.save_pretrained(tmp_path / "cross-encoder")
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(minilm_folder() / name, tmp_path / "cross-encoder")

    reranker = open_reranker(tmp_path, str(tmp_path / "cross-encoder"), "cpu")

    assert isinstance(reranker, CrossEncoderReranker)
    assert reranker.scores("shoes", ["boots", "mug", ""]).shape == (3,)


def test_unknown_reranker_says_which_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="AISLE_RERANKER"):
        open_reranker(tmp_path, str(tmp_path / "nothing"), "cpu")


def _merged(adapter: Path) -> Any:
    from peft import PeftModel
    from transformers import AutoModelForSequenceClassification

    base = AutoModelForSequenceClassification.from_pretrained(minilm_folder(), num_labels=1)
    return PeftModel.from_pretrained(base, str(adapter)).merge_and_unload()


def test_cuda_without_a_gpu_says_which_setting(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)

    with pytest.raises(ModelError, match="AISLE_DEVICE"):
        open_encoder(models, str(SHIPPED_RETRIEVER), "cuda")
    assert open_encoder(models, str(SHIPPED_RETRIEVER), "auto").dimension == 384
