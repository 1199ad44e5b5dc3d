"""What ships with Aisle: adapters of two to three megabytes, trained as their cards say."""

from pathlib import Path

from recommender.weights.trained import Kind

_PACKAGE = Path(__file__).parent.parent

SHIPPED_RERANKER = _PACKAGE / "reranker_adapter"
SHIPPED_RETRIEVER = _PACKAGE / "retriever_adapter"
SHIPPED_FOLDERS = {Kind.RERANKER: SHIPPED_RERANKER, Kind.RETRIEVER: SHIPPED_RETRIEVER}
