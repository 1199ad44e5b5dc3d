"""The catalogue as one retriever sees it: all of a search that depends on who embeds."""

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from recommender.index.approximation import StoppedError
from recommender.index.engines import IndexConfig, open_index
from recommender.index.port import VectorIndex
from recommender.indexing.indexer import Indexer
from recommender.indexing.local_embedding import LocalEmbedder
from recommender.query.language import Language
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.fusion import Retriever
from recommender.retrieval.lexical import LexicalIndex
from recommender.serving.encoder import Encoder
from recommender.serving.export import prepare_retriever
from recommender.serving.models import open_encoder

_MOST_VECTORS = 1000
"""Of the latest search texts."""
# A search applies so few changes itself; more are the background's work.
_MOST_CHANGES_IN_SEARCH = 64
_LOOK_AGAIN_SECONDS = 0.02
_PATIENCE_SECONDS = 0.5


class EmbeddedCatalogue:
    """An encoder, the indexes that it searches, and what keeps them true to the database.

    None of it is ever changed for another encoder's: that comes with an `EmbeddedCatalogue` of its
    own, and a search that has begun goes on with this one. The vector index is closed when nobody
    uses this any longer. Several may be open over one folder, also in one process. Thread-safe.
    """

    def __init__(
        self,
        engine: Engine,
        encoder: Encoder,
        index: VectorIndex,
        folder: Path,
        language: Language,
    ) -> None:
        """`folder` holds the lexical index, and what processes share beside the vectors."""
        self.encoder = encoder
        self.index = index
        # A search that is changed keeps its text: "running shoes", then "in red".
        self.vector_of = lru_cache(_MOST_VECTORS)(lambda text: encoder.encode([text])[0])
        lexical = LexicalIndex(folder, Analyzer(language.stemmer))
        self.retriever = Retriever(lexical, index)
        self.indexer = Indexer(engine, encoder, index, lexical, folder / "indexing.lock")
        self._engine = engine

    @classmethod
    def open(
        cls,
        engine: Engine,
        data_dir: Path,
        index: IndexConfig,
        device: str,
        language: Language,
        name: str,
    ) -> "EmbeddedCatalogue":
        """With the embedding model of this name, as `open_encoder` has it, exported if need be.

        Raises:
            ModelError: the model is missing or damaged; the message says what to do.
            IndexUnavailableError: the index can't be reached; the message says what to do.
        """
        prepare_retriever(data_dir, name)
        encoder = open_encoder(data_dir, name, device)
        folder = data_dir / "index"
        vectors = open_index(index, folder, encoder.dimension, encoder.fingerprint)
        return cls(engine, encoder, vectors, folder, language)

    def __len__(self) -> int:
        """The number of products that can be found."""
        return len(self.index)

    @property
    def is_whole(self) -> bool:
        """Whether every product was embedded once; later changes may be outstanding."""
        return self.index.seq > 0

    def embed(self, stopped: Callable[[], bool]) -> None:
        """Embeds what is not embedded, and prepares fast searches, while another one serves.

        Who follows the catalogue for that one is not held up. What was embedded stays if this is
        stopped, or killed: the next time goes on from there.

        Raises:
            StoppedError: `stopped` said so.
        """
        self.index.refresh()  # another process may have embedded some of it
        self.indexer.catch_up(embedder=LocalEmbedder(self._engine, self.encoder, stopped))
        if stopped():
            raise StoppedError
        self.indexer.maintain()

    def keep_up(self) -> bool:
        """Applies changes before a search, unless they are many and something is indexed; says
        whether it was for the search to do so."""
        outstanding = self.indexer.outstanding()
        if not outstanding and self.indexer.compared:
            return True
        few = outstanding <= _MOST_CHANGES_IN_SEARCH
        if not few and len(self):
            return False
        self.indexer.catch_up(wait=False)
        # Another may be at it: of a new shop its first page is enough to begin with.
        patience = time.monotonic() + _PATIENCE_SECONDS
        while self.indexer.outstanding() and (
            not len(self) or (few and time.monotonic() < patience)
        ):
            time.sleep(_LOOK_AGAIN_SECONDS)
            self.indexer.catch_up(wait=False)
        return True

    def close(self) -> None:
        """Lets go of the vector index, which a milvus-lite file's next process waits for."""
        self.indexer.close()
