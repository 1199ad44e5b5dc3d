"""Counts of letters, bounded: what a whole message weighs must not grow with its length."""

from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.letter_featurizer import LetterFeaturizer


def tokenized(*texts: str) -> list[Message]:
    tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())
    messages: list[Message] = tokenizer.process([Message({TEXT: text}) for text in texts])
    return messages


@pytest.fixture
def featurizer(tmp_path_factory: pytest.TempPathFactory) -> LetterFeaturizer:
    config: dict[str, Any] = {**LetterFeaturizer.get_default_config(), "most_counts": 40}
    featurizer = LetterFeaturizer(
        config,
        LocalModelStorage(tmp_path_factory.mktemp("model")),
        Resource("letters"),
        ExecutionContext(GraphSchema({}), node_name="letters"),
    )
    featurizer.train(TrainingData(tokenized("red shoes", "a kettle", "please help me")))
    return featurizer


def sentence(featurizer: LetterFeaturizer, text: str) -> np.ndarray[Any, Any]:
    (message,) = featurizer.process(tokenized(text))
    _, feature = message.get_sparse_features(TEXT)
    assert feature is not None
    counts: np.ndarray[Any, Any] = np.asarray(feature.features.todense())[0]
    return counts


def test_a_short_message_has_its_counts(featurizer: LetterFeaturizer) -> None:
    counts = sentence(featurizer, "a kettle")
    assert counts.sum() < 40
    np.testing.assert_array_equal(counts, counts.round())


def test_a_long_message_weighs_no_more_than_the_longest(featurizer: LetterFeaturizer) -> None:
    once, often = sentence(featurizer, "red shoes " * 3), sentence(featurizer, "red shoes " * 30)
    assert once.sum() == pytest.approx(40)
    assert often.sum() == pytest.approx(40)
    np.testing.assert_allclose(once, often)
