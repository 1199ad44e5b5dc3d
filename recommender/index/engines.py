"""Which engine of the index a shop's configuration means."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from recommender.index.faiss_index import FaissIndex
from recommender.index.milvus_index import MilvusIndex
from recommender.index.port import VectorIndex


@dataclass(frozen=True, slots=True)
class IndexConfig:
    engine: Literal["faiss", "milvus"] = "faiss"
    milvus_uri: str = ""
    """`http://host:19530/database`, or a milvus-lite file, `….db`; empty: one in the folder."""
    milvus_token: str = ""
    """`user:password`, or an API key."""


def open_index(config: IndexConfig, folder: Path, dimension: int, model: str) -> VectorIndex:
    """The index of a model, in this folder or where the configuration says.

    Raises:
        IndexUnavailableError: it can't be reached or used; the message says what to do.
    """
    if config.engine == "milvus":
        uri = config.milvus_uri or str(folder / "milvus.db")
        return MilvusIndex.open(uri, config.milvus_token, dimension, model)
    return FaissIndex(folder / "faiss", dimension, model)
