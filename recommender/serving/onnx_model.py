"""Exported models on ONNX Runtime: the default, quick to start, and without torch."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.errors import ModelError

_BATCH = 16
"""Texts in a run: what of the model works on them still fits a core's own cache."""
_WINDOW = 4096
"""Texts that are sorted together: next to no padding is left, and little memory is held."""

Text = str | tuple[str, str]


class OnnxModel:
    """A BERT in `folder`, as `model.onnx` and `tokenizer.json`: from each text, or pair of texts,
    to one row of numbers. Texts are cut at `max_tokens` word pieces. Thread-safe.

    Every core works on a batch of its own, because several cores on one batch wait for each other;
    `threads` sets how many, by default all that this process may use.

    Raises:
        ModelError: a file is missing or damaged.
    """

    def __init__(self, folder: Path, max_tokens: int, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelError(f"The model file {folder / name} is missing. Run `aisle setup`.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(
                folder / "model.onnx", options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise their own, undocumented kinds
            raise ModelError(
                f"The model in {folder} is damaged ({first_line(error)}). "
                "Delete that folder and run `aisle setup`."
            ) from error
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()
        self._threads = threads or _cores()
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="onnx")

    @property
    def vocabulary(self) -> list[str]:
        """Its word pieces."""
        return list(self._tokenizer.get_vocab())

    def dimension(self, output: str) -> int:
        """The length of a row of this output."""
        (shape,) = (o.shape for o in self._session.get_outputs() if o.name == output)
        return int(shape[-1])

    def run(self, output: str, texts: Sequence[Text]) -> NDArray[np.float32]:
        """One row of the output for each text, in their order: float32 `[len(texts), …]`."""
        rows: list[NDArray[np.float32] | None] = [None] * len(texts)

        def run(batch: tuple[list[int], dict[str, NDArray[np.int64]]]) -> None:
            places, inputs = batch
            (values,) = self._session.run([output], inputs)
            for place, value in zip(places, values, strict=True):
                rows[place] = value

        batches = self._batches(texts)
        if len(texts) == 1 or self._threads == 1:
            for batch in batches:
                run(batch)
        else:
            list(self._pool.map(run, batches))
        return np.array(rows, dtype=np.float32)

    def _batches(
        self, texts: Sequence[Text]
    ) -> Iterator[tuple[list[int], dict[str, NDArray[np.int64]]]]:
        """Model inputs of texts of about the same number of word pieces, the longest first, so
        that no core ends long after the others. Each with the texts' places."""
        # A few texts are shared out evenly: two batches a core, for the long go with the short.
        size = min(_BATCH, -(-len(texts) // (2 * self._threads)))
        for start in range(0, len(texts), _WINDOW):
            encodings = self._tokenizer.encode_batch(list(texts[start : start + _WINDOW]))
            order = sorted(range(len(encodings)), key=lambda row: -len(encodings[row]))
            for first in range(0, len(order), size):
                rows = order[first : first + size]
                yield [start + row for row in rows], _inputs([encodings[row] for row in rows])


def _inputs(encodings: list[Any]) -> dict[str, NDArray[np.int64]]:
    """`input_ids`, `attention_mask` and `token_type_ids`, int64 `[batch, longest]`."""
    longest = max(map(len, encodings))
    ids, mask, types = np.zeros((3, len(encodings), longest), dtype=np.int64)
    for row, encoding in enumerate(encodings):
        length = len(encoding)
        ids[row, :length] = encoding.ids
        mask[row, :length] = 1
        types[row, :length] = encoding.type_ids
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}


def first_line(error: Exception) -> str:
    """What an error says, short enough for a sentence."""
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # in a container, often fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
