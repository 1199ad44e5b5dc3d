"""Intents that a test can see through: each has an axis of the embedding, and words of its own."""

import numpy as np
import pytest

from bot.nlu.intent_model import IntentModel, Vectors

INTENTS = {
    "greet": "hello there good morning",
    "buy": "buy this put it into the basket",
    "ship": "how long does shipping take",
    "return": "send it back for a refund",
    "size": "which sizes does it come in",
    "color": "what colours are there",
    "cheaper": "something less expensive please",
}
PER_INTENT = 12
NOWHERE = len(INTENTS)


def vectors_of(axes: list[int], noise: float = 0.3) -> Vectors:
    random = np.random.RandomState(len(axes))
    vectors = np.eye(NOWHERE + 1, dtype=np.float32)[axes]
    vectors = vectors + noise * random.rand(len(axes), NOWHERE + 1)
    units: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units.astype(np.float32)


@pytest.fixture(scope="module")
def model() -> IntentModel:
    names, texts, axes = [], [], []
    for axis, (name, words) in enumerate(INTENTS.items()):
        for number in range(PER_INTENT):
            names.append(name)
            texts.append(f"{words} {'please ' * (number % 3)}")
            axes.append(axis)
    return IntentModel().fit(texts, vectors_of(axes), names)


def test_what_is_like_the_examples_is_understood(model: IntentModel) -> None:
    for axis, (name, words) in enumerate(INTENTS.items()):
        (decision,) = model.decide([words], vectors_of([axis]))
        assert decision.ranking[0][0] == name
        assert decision.confidence >= model.threshold


def test_what_is_like_no_example_is_below_the_threshold(model: IntentModel) -> None:
    (decision,) = model.decide(["xylophone quartz"], vectors_of([NOWHERE]))
    assert decision.confidence < model.threshold


def test_a_long_message_is_no_surer_than_its_words(model: IntentModel) -> None:
    once, often = "which xylophone quartz", "which xylophone quartz " * 30
    (short,), (long,) = (model.decide([text], vectors_of([NOWHERE])) for text in (once, often))
    assert long.confidence <= short.confidence + 0.2


def test_a_ranking_has_every_intent_and_sums_to_one(model: IntentModel) -> None:
    (decision,) = model.decide(["hello"], vectors_of([0]))
    assert {name for name, _ in decision.ranking} == set(INTENTS)
    assert sum(value for _, value in decision.ranking) == pytest.approx(1)
    values = [value for _, value in decision.ranking]
    assert values == sorted(values, reverse=True)


def test_the_threshold_is_learnt_alike_every_time() -> None:
    texts = [words for words in INTENTS.values() for _ in range(6)]
    names = [name for name in INTENTS for _ in range(6)]
    axes = [axis for axis in range(len(INTENTS)) for _ in range(6)]
    one, two = (IntentModel().fit(texts, vectors_of(axes), names) for _ in range(2))
    assert one.threshold == two.threshold


def test_few_intents_need_no_cross_validation() -> None:
    model = IntentModel().fit(["yes yes", "no no"] * 3, vectors_of([0, 1] * 3), ["yes", "no"] * 3)
    assert model.decide(["yes"], vectors_of([0]))[0].ranking[0][0] == "yes"
