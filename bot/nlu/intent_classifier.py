"""The intent classifier as a component of Rasa's pipeline.

Runs in Rasa's environment: Python 3.10.
"""

from __future__ import annotations

import string
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.clauses import Clause, requests, split
from bot.nlu.intent_model import Decision, IntentModel
from bot.nlu.sentence_encoder import encoder_files, open_encoder

CLAUSES = "clauses"
"""The key of a message's parse under which its several requests stand."""
THRESHOLD = "intent_threshold"
"""The key under which the least confidence stands that is believed."""
_FILE = "intent_model.joblib"
_MOST_RANKED = 10


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Says what a message wants, or that nobody can tell: then the intent is `nlu_fallback`.

    A message of several requests ("hi, do you have tents and what's the shipping cost?") gets
    `clauses` besides: one `{"text", "intent"}` each.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Where the encoder is, as for MiniLMFeaturizer: clauses are embedded here.
            "encoder": "",
            "max_tokens": 64,
            # How many messages are expected to be about nothing that was trained.
            "out_of_scope_share": 0.1,
        }

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if not 0 < float(config["out_of_scope_share"]) < 1:
            raise InvalidConfigException(
                "IntentClassifier: `out_of_scope_share` must be between 0 and 1."
            )

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._encoder = open_encoder(*encoder_files(config["encoder"]), int(config["max_tokens"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the intents and the threshold, and keeps both with the trained model."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        texts = [each.get(TEXT) for each in examples]
        model = IntentModel(float(self._config["out_of_scope_share"]))
        self._model = model.fit(texts, self._vectors(examples), [e.get(INTENT) for e in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking`, and `clauses` where there are several requests."""
        for message in messages:
            text = message.get(TEXT)
            if not text or self._model is None:
                message.set(INTENT, None, add_to_output=True)
                continue
            (decision,) = self._model.decide([text], self._vectors([message]))
            if all(sign in string.punctuation or sign.isspace() for sign in text):
                decision = Decision(decision.ranking, 0.0)  # "???" says nothing
            ranking = _ranking(decision, self._model.threshold)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(THRESHOLD, round(self._model.threshold, 6), add_to_output=True)
            clauses = self._clauses(text)
            if clauses:
                message.set(CLAUSES, clauses, add_to_output=True)
        return messages

    def _clauses(self, text: str) -> list[dict[str, Any]]:
        parts = split(text)
        if len(parts) < 2 or self._model is None:
            return []
        texts = [each.text for each in parts]
        decisions = self._model.decide(texts, self._encoder.encode(texts))
        sure = self._model.threshold
        found = [
            Clause(part, each.ranking[0][0], each.confidence)
            for part, each in zip(parts, decisions)  # noqa: B905 - Python 3.10
        ]
        return [
            {
                "text": each.part.text,
                "intent": {"name": each.intent, "confidence": round(each.confidence, 6)},
            }
            for each in requests(found, sure)
        ]

    def _vectors(self, messages: list[Message]) -> Any:
        """The dense sentence features that the featurizer gave them."""
        rows = []
        for message in messages:
            _, sentence = message.get_dense_features(TEXT, [])
            if sentence is None:
                raise InvalidConfigException(
                    "IntentClassifier needs a dense featurizer before it, such as MiniLMFeaturizer."
                )
            rows.append(sentence.features[0])
        return np.stack(rows).astype(np.float32)


def _ranking(decision: Decision, threshold: float) -> list[dict[str, Any]]:
    """The intents by confidence; below the threshold the fallback comes before them all."""
    (first, _), *others = decision.ranking[:_MOST_RANKED]
    ranked = [(first, decision.confidence)]
    ranked += [(name, min(value, decision.confidence)) for name, value in others]
    if decision.confidence < threshold:
        ranked.insert(0, (DEFAULT_NLU_FALLBACK_INTENT_NAME, 1 - decision.confidence))
    return [
        {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: round(float(value), 6)}
        for name, value in ranked
    ]
