"""Sentence embeddings: texts to unit vectors."""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from recommender.errors import ModelError
from recommender.index.port import Vectors
from recommender.serving.onnx_model import OnnxModel, first_line
from recommender.weights.minilm import minilm_folder
from recommender.weights.trained import Kind, fingerprint, load

_MOST_TOKENS = 128
_MOST_REMEMBERED = 1024
_OUTPUT = "sentence_embedding"
_MINILM_FINGERPRINT = f"all-MiniLM-L6-v2:53aa5117:{_MOST_TOKENS}"


class Encoder(Protocol):
    @property
    def dimension(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text may get another vector."""

    @property
    def words(self) -> frozenset[str]:
        """Words that its tokenizer keeps whole, in lower case: common ones, spelled right."""

    def encode(self, texts: list[str]) -> Vectors:
        """Texts to float32 `[len(texts), dimension]`, each row of length 1."""


class OnnxEncoder:
    """A retriever made from MiniLM, or MiniLM itself, exported, on ONNX Runtime: the default.

    `folder` holds `model.onnx` and `tokenizer.json`, as `recommender.serving.export` writes them.
    Texts are cut at 128 word pieces, which is what the model was trained on. `threads`: how many
    texts' batches run side by side, by default one on each core.

    Raises:
        ModelError: the folder is incomplete or damaged.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._model = OnnxModel(folder, _MOST_TOKENS, threads)
        self.dimension = self._model.dimension(_OUTPUT)
        self.fingerprint = _fingerprint(folder)
        self.words = _whole_words(self._model.vocabulary)

    def encode(self, texts: list[str]) -> Vectors:
        return self._model.run(_OUTPUT, texts).reshape(len(texts), self.dimension)


class RememberingEncoder:
    """Another encoder, that embeds a single text once, as long as it is among the latest: a
    customer's message is read for several reasons in one turn."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.dimension = encoder.dimension
        self.fingerprint = encoder.fingerprint
        self.words = encoder.words
        self._one = lru_cache(_MOST_REMEMBERED)(lambda text: encoder.encode([text]))

    def encode(self, texts: list[str]) -> Vectors:
        return self._one(texts[0]).copy() if len(texts) == 1 else self._encoder.encode(texts)


class SentenceTransformersEncoder:
    """Any sentence-transformers model, by folder or hub name, on `cpu` or `cuda`.

    Raises:
        ModelError: there is no such model.
    """

    def __init__(self, name: str, device: str) -> None:
        from sentence_transformers import SentenceTransformer  # torch: only where it is wanted

        try:
            self._model = SentenceTransformer(name, device=device)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {name!r} cannot be loaded ({first_line(error)}). "
                "Name a folder of `aisle train retriever`, or a sentence-transformers folder or "
                "hub name, by AISLE_EMBEDDING_MODEL or --retriever."
            ) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = f"{name}:{self._probe()}"
        self.words = _whole_words(self._model.tokenizer.get_vocab())

    @classmethod
    def of_trained(cls, folder: Path, device: str) -> "SentenceTransformersEncoder":
        """A retriever of `aisle train`, or the one that ships: with the vectors and the fingerprint
        of its `OnnxEncoder`, so that an index built on the one is served on the other.

        Raises:
            ModelError: its weights cannot be read.
        """
        encoder = cls(str(minilm_folder()), device)
        transformer: Any = encoder._model[0]
        transformer.model = load(folder, Kind.RETRIEVER, attention="sdpa").to(device)
        encoder._model.max_seq_length = _MOST_TOKENS
        encoder.fingerprint = _trained_fingerprint(fingerprint(folder))
        return encoder

    def encode(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(
            texts, batch_size=128, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def _probe(self) -> str:
        """A name stays while its weights change: so look at what the weights do."""
        vector = self.encode(["a pair of red running shoes"])
        return hashlib.sha256(vector.round(3).tobytes()).hexdigest()[:16]


def _fingerprint(folder: Path) -> str:
    """MiniLM's own, or that of the weights that `config.json` says were put over it."""
    path = folder / "config.json"
    if not path.is_file():
        return _MINILM_FINGERPRINT
    try:
        return _trained_fingerprint(json.loads(path.read_text())["trained"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged. Delete its folder and run `aisle setup`.") from error


def _trained_fingerprint(weights: str) -> str:
    return f"trained:{weights}"


def _whole_words(vocabulary: Iterable[str]) -> frozenset[str]:
    """The tokens that begin a word, of WordPiece, SentencePiece or byte-level BPE."""
    marked = [token[1:] for token in vocabulary if token[:1] in ("▁", "Ġ")]
    return frozenset(token.lower() for token in marked or vocabulary if token.isalpha())
