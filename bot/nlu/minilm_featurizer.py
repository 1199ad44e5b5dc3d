"""Sentence embeddings as features for the intent classifier, from the model that search uses.

Runs in Rasa's environment: Python 3.10, ONNX Runtime and tokenizers, no torch.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.sentence_encoder import encoder_files, open_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MiniLMFeaturizer(DenseFeaturizer, GraphComponent):
    """One dense sentence feature a message: its embedding, of length 1.

    The encoder's contents are part of the component's fingerprint, so a new encoder means a new
    dialogue model.
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
        }

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing can be wrong that opening the encoder does not tell."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        digest = hashlib.sha256()
        for path in encoder_files(config["encoder"]):
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
        self._encoder = open_encoder(*encoder_files(config["encoder"]), int(config["max_tokens"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to every message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        if not written:
            return messages
        vectors = self._encoder.encode([message.get(TEXT) for message in written])
        for message, vector in zip(written, vectors):  # noqa: B905 - Python 3.10 is Rasa's
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
