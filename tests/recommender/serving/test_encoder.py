import shutil
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from recommender.errors import ModelError
from recommender.index.port import Vectors
from recommender.serving.encoder import (
    OnnxEncoder,
    RememberingEncoder,
    SentenceTransformersEncoder,
)
from recommender.serving.export import encoder_folder
from recommender.weights.shipped import SHIPPED_RETRIEVER

TEXTS = ["red running shoes", "", "红色的跑鞋", "a mug 🙂", "word " * 2_000]


def test_vectors_have_length_one_and_keep_their_order(encoder: OnnxEncoder) -> None:
    vectors = encoder.encode(TEXTS * 20)  # several batches

    assert vectors.shape == (100, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for row, text in enumerate(TEXTS):
        assert vectors[row] @ encoder.encode([text])[0] == pytest.approx(1, abs=1e-4)


def test_no_texts_give_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_both_engines_give_the_same_vectors(encoder: OnnxEncoder) -> None:
    other = SentenceTransformersEncoder.of_trained(SHIPPED_RETRIEVER, "cpu")

    cosines = (encoder.encode(TEXTS) * other.encode(TEXTS)).sum(axis=1)

    assert cosines == pytest.approx(1, abs=1e-4)
    assert (other.dimension, other.fingerprint) == (encoder.dimension, encoder.fingerprint)


def test_a_text_that_is_read_again_is_not_embedded_again(encoder: OnnxEncoder) -> None:
    class Counting:
        dimension, fingerprint, words = encoder.dimension, encoder.fingerprint, encoder.words
        asked: ClassVar[list[list[str]]] = []

        def encode(self, texts: list[str]) -> Vectors:
            self.asked.append(texts)
            return encoder.encode(texts)

    remembering = RememberingEncoder(Counting())
    remembering.encode(["a mug"])[0] = 0.0  # whoever changes a row changes its own

    assert remembering.encode(["a mug"]) == pytest.approx(encoder.encode(["a mug"]), abs=1e-5)
    assert remembering.encode(["a mug", "shoes"]).shape == (2, encoder.dimension)
    assert remembering.encode([]).shape == (0, encoder.dimension)
    assert Counting.asked == [["a mug"], ["a mug", "shoes"], []]


def test_similar_texts_are_near(encoder: OnnxEncoder) -> None:
    sneaker, shoe, kettle = encoder.encode(["sneakers", "running shoes", "electric kettle"])

    assert sneaker @ shoe > sneaker @ kettle + 0.2


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_missing_file_says_what_to_run(models: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder(models), folder)
    (folder / name).unlink()

    with pytest.raises(ModelError, match=rf"{name} is missing. Run `aisle setup`"):
        OnnxEncoder(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_damaged_file_says_what_to_do(models: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder(models), folder)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])

    with pytest.raises(ModelError, match=r"damaged .* run `aisle setup`"):
        OnnxEncoder(folder)


def test_unknown_model_says_which_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="AISLE_EMBEDDING_MODEL"):
        SentenceTransformersEncoder(str(tmp_path / "nothing"), "cpu")
