"""Embedding a catalogue in this process, beside whatever else it does."""

from collections.abc import Callable, Iterator

import numpy as np
from sqlalchemy import Engine

from recommender.digest import digest
from recommender.index.approximation import StoppedError
from recommender.index.port import Ids
from recommender.indexing.indexed_texts import IndexedTexts
from recommender.indexing.indexer import Embedded
from recommender.serving.encoder import Encoder

_PAGE = 128


class LocalEmbedder:
    """An `Embedder` of one encoder, page by page; `stopped` is asked before each."""

    def __init__(self, engine: Engine, encoder: Encoder, stopped: Callable[[], bool]) -> None:
        self._texts = IndexedTexts(engine)
        self._encoder = encoder
        self._stopped = stopped

    def __call__(self, pks: Ids) -> Iterator[Embedded]:
        """Vectors of these products, without those that are gone.

        Raises:
            StoppedError: `stopped` said so.
        """
        for start in range(0, len(pks), _PAGE):
            if self._stopped():
                raise StoppedError
            texts, _ = self._texts.read(pks[start : start + _PAGE].tolist())
            if texts:
                yield (
                    np.fromiter(texts, dtype=np.int64),
                    self._encoder.encode(list(texts.values())),
                    np.fromiter(map(digest, texts.values()), dtype=np.int64),
                )
