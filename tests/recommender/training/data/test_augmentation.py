import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.training.config import RerankerConfig
from recommender.training.data.augmentation import Synonyms, augmented, shortened

Pair = tuple[str, str]

_MEANINGS = {"sofa": 0, "couch": 0, "lamp": 1, "light": 1, "lights": 1, "table": 2}


def encode(texts: list[str]) -> NDArray[np.float32]:
    """Words of the same meaning have the same vector."""
    vectors = np.zeros((len(texts), 40), np.float32)
    for row, text in enumerate(texts):
        vectors[row, _MEANINGS.get(text, 10 + row)] = 1
    return vectors


def augment(pairs: list[Pair], **shares: float) -> list[Pair]:
    return augmented(
        pairs,
        RerankerConfig.model_validate({"out": Path("x"), "database_url": "sqlite://", **shares}),
        encode,
        random.Random(0),  # noqa: S311 (chance, not a secret)
        query_of=lambda pair: pair[0],
        with_query=lambda pair, query: (query, pair[1]),
        with_texts=lambda pair, change: (pair[0], change(pair[1])),
    )


PAIRS = [("blue sofa cushion", "Sofa Cushion. Blue. Cotton. Morrow"), ("lamp", "Lamp. Brass")] * 10


def test_nothing_is_added_unless_it_is_asked_for() -> None:
    assert augment(PAIRS) == PAIRS


def test_mistyped_copies_keep_their_answers() -> None:
    more = augment(PAIRS, typos=0.5)[len(PAIRS) :]
    assert len(more) == 10
    assert any(query not in ("blue sofa cushion", "lamp") for query, _ in more)
    assert {answer for _, answer in more} <= {answer for _, answer in PAIRS}


def test_a_word_is_replaced_by_one_that_means_the_same() -> None:
    pairs = [*PAIRS, ("couch", "Sofa")]
    more = augment(pairs, synonyms=1.0)[len(pairs) :]
    assert {query for query, _ in more} == {"blue couch cushion", "sofa"}


def test_another_form_of_a_word_is_no_synonym() -> None:
    synonyms = Synonyms(["light lamp", "lights"], encode)
    assert synonyms.of("light") == ["lamp"]
    assert sorted(synonyms.of("lamp")) == ["light", "lights"]
    assert synonyms.of("table") == []


def test_less_is_said_of_a_product_but_its_title() -> None:
    rng = random.Random(0)  # noqa: S311
    texts = {shortened("Sofa Cushion. Blue. Cotton", rng) for _ in range(20)}
    assert texts == {
        "Sofa Cushion",
        "Sofa Cushion. Blue",
        "Sofa Cushion. Cotton",
        "Sofa Cushion. Blue. Cotton",
    }


def test_nothing_to_replace_is_nothing_added() -> None:
    assert augment([("table", "Table")], synonyms=1.0) == [("table", "Table")]
