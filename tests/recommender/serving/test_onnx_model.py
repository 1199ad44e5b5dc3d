from pathlib import Path

import numpy as np
import pytest

from recommender.serving.export import encoder_folder
from recommender.serving.onnx_model import OnnxModel

TEXTS = ["mug", "a red mug with a very long handle indeed", "two mugs", ""] * 9


@pytest.mark.parametrize("threads", [1, 3])
def test_rows_come_in_the_order_of_their_texts_whoever_computes_them(
    models: Path, threads: int
) -> None:
    model = OnnxModel(encoder_folder(models), 128, threads)
    rows = model.run("sentence_embedding", TEXTS)
    assert rows.shape == (len(TEXTS), model.dimension("sentence_embedding"))
    for text, row in zip(TEXTS[:4], rows, strict=False):
        alone = model.run("sentence_embedding", [text])[0]
        np.testing.assert_allclose(row, alone, atol=1e-4)


def test_a_text_is_cut_at_the_most_tokens(models: Path) -> None:
    model = OnnxModel(encoder_folder(models), 8)
    rows = model.run("sentence_embedding", ["mug " * 6, "mug " * 6 + "kettle"])
    np.testing.assert_allclose(rows[0], rows[1], atol=1e-5)


def test_a_pair_is_read_as_two_texts(models: Path) -> None:
    model = OnnxModel(encoder_folder(models), 128)
    pair, joined = model.run("sentence_embedding", [("red", "mug"), "red mug"])
    assert np.abs(pair - joined).max() > 0.01
