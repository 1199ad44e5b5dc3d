from pathlib import Path

from sqlalchemy import Engine

from recommender.index.faiss_index import FaissIndex
from recommender.indexing.indexer import Indexer
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.lexical import LexicalIndex
from recommender.serving.encoder import Encoder


def indexer_in(folder: Path, engine: Engine, encoder: Encoder) -> Indexer:
    return Indexer(
        engine,
        encoder,
        FaissIndex(folder / "faiss", encoder.dimension, encoder.fingerprint),
        LexicalIndex(folder, Analyzer("english")),
        folder / "indexing.lock",
    )
