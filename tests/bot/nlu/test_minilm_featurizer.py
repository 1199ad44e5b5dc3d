"""The featurizer with a tokenizer made here and a model that a test can see through."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from bot.nlu.minilm_featurizer import MiniLMFeaturizer
from bot.nlu.sentence_encoder import encoder_files, open_encoder


class FirstTokenSession:
    """Embeds a text as a unit vector along the number of its first word, and counts its tokens."""

    def __init__(self, path: str, *_options: Any, **_more: Any) -> None:
        self.lengths: list[int] = []

    def run(self, outputs: list[str], fed: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        assert outputs == ["sentence_embedding"]
        assert fed["input_ids"].shape == fed["attention_mask"].shape == fed["token_type_ids"].shape
        self.lengths += fed["attention_mask"].sum(axis=1).tolist()
        return [np.eye(4, dtype=np.float32)[fed["input_ids"][:, 0]]]


@pytest.fixture
def encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "red": 1, "shoes": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "model.onnx").write_bytes(b"one")
    monkeypatch.setattr(onnxruntime, "InferenceSession", FirstTokenSession)
    return tmp_path


def config(encoder: Path, **changes: Any) -> dict[str, Any]:
    return {**MiniLMFeaturizer.get_default_config(), "encoder": str(encoder), **changes}


def test_a_message_gets_its_embedding_as_one_sentence_feature(encoder: Path) -> None:
    featurizer = MiniLMFeaturizer(config(encoder), "minilm")
    red, silent = Message({TEXT: "red shoes"}), Message({})
    featurizer.process([red, silent])
    _, feature = red.get_dense_features(TEXT)
    assert feature is not None
    np.testing.assert_array_equal(feature.features, [[0, 1, 0, 0]])
    assert silent.features == []


def test_each_of_many_messages_gets_its_own_vector(encoder: Path) -> None:
    messages = [Message({TEXT: ("red", "shoes", "other")[n % 3]}) for n in range(150)]
    MiniLMFeaturizer(config(encoder), "minilm").process(messages)
    axes = [int(message.features[0].features.argmax()) for message in messages]
    assert axes == [(1, 2, 0)[n % 3] for n in range(150)]


def test_long_messages_are_cut(encoder: Path) -> None:
    opened = open_encoder(*encoder_files(str(encoder)), 8)
    opened.encode(["red " * 1000])
    assert opened._session.lengths == [8]


def test_another_encoder_means_another_fingerprint(encoder: Path) -> None:
    before = MiniLMFeaturizer.fingerprint_addon(config(encoder))
    assert before == MiniLMFeaturizer.fingerprint_addon(config(encoder))
    (encoder / "model.onnx").write_bytes(b"two")
    assert before != MiniLMFeaturizer.fingerprint_addon(config(encoder))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_the_remedy(encoder: Path, name: str) -> None:
    (encoder / name).unlink()
    with pytest.raises(InvalidConfigException, match=rf"{name}.*make setup"):
        MiniLMFeaturizer(config(encoder), "minilm")


def test_the_encoder_is_found_below_the_data_folder(
    encoder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AISLE_DATA_DIR", str(tmp_path / "shop"))
    with pytest.raises(InvalidConfigException, match="shop/models/encoder"):
        MiniLMFeaturizer.fingerprint_addon(MiniLMFeaturizer.get_default_config())
