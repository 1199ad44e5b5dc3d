"""Sentence embeddings: texts to unit vectors."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError
from recommender.index.port import Vectors

_MOST_TOKENS = 128
_BATCH = 32
# The same on CPU and GPU, so that an index built on one is served on the other.
_DEFAULT_FINGERPRINT = f"all-MiniLM-L6-v2:53aa5117:{_MOST_TOKENS}"


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
    """The exported MiniLM on ONNX Runtime: the default, and quick to start, without torch.

    `folder` holds `model.onnx` and `tokenizer.json`, as `recommender.export` writes them. Texts
    are cut at 128 word pieces, which is what the model was trained on.

    Raises:
        ModelError: the folder is incomplete or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._session, self._tokenizer = open_onnx(folder, _MOST_TOKENS)
        self.dimension = int(self._session.get_outputs()[-1].shape[-1])
        self.fingerprint = _DEFAULT_FINGERPRINT
        self.words = _whole_words(self._tokenizer.get_vocab())

    def encode(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for rows, inputs in batches(self._tokenizer, texts, _BATCH):
            (embedded,) = self._session.run(["sentence_embedding"], inputs)
            vectors[rows] = embedded
        return vectors


class SentenceTransformersEncoder:
    """Any sentence-transformers model, by folder or hub name, on `cpu` or `cuda`.

    With `default`, the name is MiniLM's folder, and vectors equal `OnnxEncoder`'s.

    Raises:
        ModelError: there is no such model.
    """

    def __init__(self, name: str, device: str, *, default: bool = False) -> None:
        from sentence_transformers import SentenceTransformer  # torch: only where it is wanted

        try:
            self._model = SentenceTransformer(name, device=device)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {name!r} cannot be loaded ({_first_line(error)}). "
                "Set AISLE_EMBEDDING_MODEL to a sentence-transformers folder or hub name."
            ) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        if default:
            self._model.max_seq_length = _MOST_TOKENS
        self.fingerprint = _DEFAULT_FINGERPRINT if default else f"{name}:{self._probe()}"
        self.words = _whole_words(self._model.tokenizer.get_vocab())

    def encode(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(
            texts, batch_size=128, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def _probe(self) -> str:
        """A name stays while its weights change: so look at what the weights do."""
        vector = self.encode(["a pair of red running shoes"])
        return hashlib.sha256(vector.round(3).tobytes()).hexdigest()[:16]


def _whole_words(vocabulary: Iterable[str]) -> frozenset[str]:
    """The tokens that begin a word, of WordPiece, SentencePiece or byte-level BPE."""
    marked = [token[1:] for token in vocabulary if token[:1] in ("▁", "Ġ")]
    return frozenset(token.lower() for token in marked or vocabulary if token.isalpha())


def open_onnx(folder: Path, max_tokens: int) -> tuple[Any, Any]:
    """The ONNX Runtime session of `model.onnx` and the tokenizer of `tokenizer.json` in a folder.

    Raises:
        ModelError: one of the two is missing or damaged.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    for name in ("model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            raise ModelError(f"The model file {folder / name} is missing. Run `aisle setup`.")
    options = onnxruntime.SessionOptions()
    # Idle threads would spin and take the processor from the dialogue model beside us.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(
            folder / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both libraries raise their own, undocumented kinds
        raise ModelError(
            f"The model in {folder} is damaged ({_first_line(error)}). "
            "Delete that folder and run `aisle setup`."
        ) from error
    tokenizer.enable_truncation(max_tokens)
    tokenizer.enable_padding()
    return session, tokenizer


def batches(
    tokenizer: Any, texts: list[str] | list[tuple[str, str]], size: int
) -> Iterator[tuple[NDArray[np.intp], dict[str, NDArray[np.int64]]]]:
    """Model inputs in batches of texts of similar length, so that little padding is computed.

    Each batch is the positions of its texts, and `input_ids`, `attention_mask` and
    `token_type_ids`, int64 `[batch, longest]`.
    """
    lengths = [len(text) if isinstance(text, str) else sum(map(len, text)) for text in texts]
    order = np.argsort(lengths, kind="stable")
    for start in range(0, len(texts), size):
        rows = order[start : start + size]
        encodings = tokenizer.encode_batch([texts[row] for row in rows])
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask for encoding in encodings]),
            "token_type_ids": np.array([encoding.type_ids for encoding in encodings]),
        }
        yield rows, inputs


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
