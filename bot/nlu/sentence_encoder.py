"""Sentence embeddings from the model that search uses, in Rasa's environment.

Python 3.10, ONNX Runtime and tokenizers, no torch.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from rasa.shared.exceptions import InvalidConfigException
from tokenizers import Tokenizer as WordPieces

_BATCH = 64


class SentenceEncoder:
    """The encoder as `recommender.serving.export` writes it: `model.onnx`, with an output
    `sentence_embedding`, and `tokenizer.json`."""

    def __init__(self, model: Path, tokenizer: Path, max_tokens: int) -> None:
        self._word_pieces = WordPieces.from_file(str(tokenizer))
        self._word_pieces.enable_truncation(max_tokens)
        self._word_pieces.enable_padding()
        options = onnxruntime.SessionOptions()
        # A chat message is short: threads would cost more than they give, and disturb a search.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors, float32 `[len(texts), dimensions]`."""
        batches = [self._encoded(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate(batches)

    def _encoded(self, texts: list[str]) -> NDArray[np.float32]:
        encodings = self._word_pieces.encode_batch(texts)
        fed = {
            "input_ids": np.array([each.ids for each in encodings], dtype=np.int64),
            "attention_mask": np.array([each.attention_mask for each in encodings], dtype=np.int64),
            "token_type_ids": np.array([each.type_ids for each in encodings], dtype=np.int64),
        }
        (vectors,) = self._session.run(["sentence_embedding"], fed)
        encoded: NDArray[np.float32] = vectors
        return encoded


def encoder_files(folder: str) -> tuple[Path, Path]:
    """The model and the tokenizer. An empty folder is `models/encoder` of `AISLE_DATA_DIR`.

    Raises:
        InvalidConfigException: one is missing; the message says which and what to run.
    """
    where = Path(folder or Path(os.environ.get("AISLE_DATA_DIR", "var")) / "models" / "encoder")
    files = where / "model.onnx", where / "tokenizer.json"
    for path in files:
        if not path.is_file():
            raise InvalidConfigException(
                f"The sentence encoder is not there: {path}. Run `make setup` to export it."
            )
    return files


@lru_cache(maxsize=2)
def open_encoder(model: Path, tokenizer: Path, max_tokens: int) -> SentenceEncoder:
    """One encoder for all components of a process: it takes 90 MB."""
    return SentenceEncoder(model, tokenizer, max_tokens)
