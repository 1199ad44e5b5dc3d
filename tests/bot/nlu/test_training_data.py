"""The training data as Rasa reads it."""

from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.training_data.training_data import TrainingData

DATA = Path(__file__).parents[3] / "bot" / "data" / "nlu"


@pytest.fixture(scope="module")
def data() -> TrainingData:
    return training_data_from_paths([str(DATA)], "en")


def test_every_intent_has_enough_and_varied_examples(data: TrainingData) -> None:
    counts = Counter(message.get("intent") for message in data.intent_examples)
    assert min(counts.values()) >= 30
    for intent in ("search_products", "refine_search", "product_details", "ask_policy"):
        assert counts[intent] >= 80


def test_no_example_is_under_two_intents(data: TrainingData) -> None:
    intents: dict[str, set[str]] = {}
    for message in data.intent_examples:
        intents.setdefault(message.get("text").lower(), set()).add(message.get("intent"))
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}
