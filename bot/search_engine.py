"""The search engine that a shop's settings mean."""

from sqlalchemy import Engine

from bot.settings import Settings
from recommender.index.engines import IndexConfig
from recommender.search import SearchEngine


def open_search(settings: Settings, engine: Engine) -> SearchEngine:
    """The search over the shop's catalogue, its models exported where they were not yet.

    Raises:
        ModelError: a model is missing or damaged; the message says what to do.
        IndexUnavailableError: the index can't be reached; the message says what to do.
    """
    return SearchEngine.open(
        engine,
        settings.data_dir,
        embedding_model=settings.embedding_model,
        reranker=settings.reranker,
        device=settings.device,
        rerank_ms=settings.rerank_ms,
        index=IndexConfig(settings.index, settings.milvus_uri, settings.milvus_token),
    )
