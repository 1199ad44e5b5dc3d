"""Sentence embeddings as features for the intent classifier, from the model that search uses.

Runs in Rasa's environment: Python 3.10, ONNX Runtime and tokenizers, no torch.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tokenizers import Tokenizer as WordPieces

_BATCH = 64


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """One dense sentence feature a message: its embedding, stretched to the length `scale`.

    The encoder is the folder `models/encoder` of `AISLE_DATA_DIR`, as `recommender.export` writes
    it: `model.onnx` with an output `sentence_embedding`, and `tokenizer.json`. Its contents are
    part of the component's fingerprint, so a new encoder means a new dialogue model.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        # Rasa's featurizers all stand after a tokenizer; other components rely on that order.
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **DenseFeaturizer.get_default_config(),
            # Where the encoder is; empty: below AISLE_DATA_DIR, or ./var.
            "encoder": "",
            # Longer messages are cut: an intent shows early.
            "max_tokens": 64,
            # The feature's Euclidean length. Rasa's logistic regression has no setting for its
            # regularisation; features s times as long are regularised s² times less.
            "scale": 1.0,
        }

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if float(config["scale"]) <= 0:
            raise InvalidConfigException("MiniLMFeaturizer: `scale` must be above zero.")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        digest = hashlib.sha256()
        for path in _encoder_files(config):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MiniLMFeaturizer:
        return cls(config, execution_context.node_name)

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        model, tokenizer = _encoder_files(config)
        self._word_pieces = WordPieces.from_file(str(tokenizer))
        self._word_pieces.enable_truncation(int(config["max_tokens"]))
        self._word_pieces.enable_padding()
        options = onnxruntime.SessionOptions()
        # A chat message is short: threads would cost more than they give, and disturb a search.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to every message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(written), _BATCH):
            batch = written[start : start + _BATCH]
            vectors = self.embed([message.get(TEXT) for message in batch])
            for message, vector in zip(batch, vectors):  # noqa: B905 - Python 3.10 is Rasa's
                message.add_features(
                    Features(
                        vector[np.newaxis, :],
                        FEATURE_TYPE_SENTENCE,
                        TEXT,
                        self._config[FEATURIZER_CLASS_ALIAS],
                    )
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Sentence vectors, float32 `[len(texts), dimensions]`, each of length `scale`."""
        encodings = self._word_pieces.encode_batch(texts)
        fed = {
            "input_ids": np.array([each.ids for each in encodings], dtype=np.int64),
            "attention_mask": np.array([each.attention_mask for each in encodings], dtype=np.int64),
            "token_type_ids": np.array([each.type_ids for each in encodings], dtype=np.int64),
        }
        (vectors,) = self._session.run(["sentence_embedding"], fed)
        scaled: NDArray[np.float32] = vectors * np.float32(self._config["scale"])
        return scaled


def _encoder_files(config: dict[str, Any]) -> tuple[Path, Path]:
    """The model and the tokenizer.

    Raises:
        InvalidConfigException: one is missing; the message says which and what to run.
    """
    folder = Path(
        config["encoder"] or Path(os.environ.get("AISLE_DATA_DIR", "var")) / "models" / "encoder"
    )
    files = folder / "model.onnx", folder / "tokenizer.json"
    for path in files:
        if not path.is_file():
            raise InvalidConfigException(
                f"The sentence encoder is not there: {path}. Run `make setup` to export it."
            )
    return files
