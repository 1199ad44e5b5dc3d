"""What a configuration says to learn from."""

import random
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from catalog.database import connect
from catalog.importers import FeedError
from recommender.training.config import RerankerConfig, TrainingConfig
from recommender.training.data.corpus import (
    Corpus,
    corpus_from,
    corpus_in,
    corpus_of_behaviour,
    corpus_of_qrels,
)
from recommender.training.data.split import Part
from recommender.training.errors import TrainingError
from recommender.training.judged_data import JudgedData


def corpora_of(config: TrainingConfig) -> dict[str, Corpus]:
    """By name: `judged`, and the `catalogue` of a database.

    Raises:
        TrainingError: products or database can't be read.
        JudgmentError, JudgedQueriesError: the judgments can't be read.
    """
    corpora = {}
    if (judged := judged_corpus(config)) is not None:
        corpora["judged"] = judged
    if config.most_queries and "judged" in corpora:
        corpora["judged"] = _fewer(corpora["judged"], config.most_queries, config.seed)
    if isinstance(config, RerankerConfig) and config.database_url:
        corpora["catalogue"] = _catalogue(config.database_url)
    return corpora


def judged_corpus(data: JudgedData) -> Corpus | None:
    """The judged products of some files; None where there are none.

    Raises:
        TrainingError: the products can't be read.
        JudgmentError, JudgedQueriesError: the judgments can't be read.
    """
    if data.products is None:
        return None
    try:
        if data.judgments is not None:
            return corpus_from(data.products, data.judgments)
        if data.queries is not None and data.qrels is not None:
            return corpus_of_qrels(data.products, data.queries, data.qrels)
        if data.behaviour is not None:
            return corpus_of_behaviour(
                data.products,
                data.behaviour,
                test_since=data.test_since,
                fewest=data.fewest_impressions,
            )
    except FeedError as error:
        raise TrainingError(f"{data.products} can't be read: {error}") from error
    return None


def replayed(config: TrainingConfig) -> Corpus | None:
    """What the model to go on from was trained on, where it is to be learnt again.

    Raises:
        TrainingError: its products can't be read.
        JudgedQueriesError: its judgments can't be read.
    """
    products, queries, qrels = (
        config.replay_products,
        config.replay_queries,
        config.replay_qrels,
    )
    if products is None or queries is None or qrels is None:
        return None
    try:
        return corpus_of_qrels(products, queries, qrels)
    except FeedError as error:
        raise TrainingError(f"{products} can't be read: {error}") from error


def _catalogue(url: str) -> Corpus:
    try:
        engine = connect(url)
        try:
            return corpus_in(engine)
        finally:
            engine.dispose()
    except SQLAlchemyError as error:
        raise TrainingError(
            "The database can't be read. Check its URL, and fill it with `aisle import`."
        ) from error


def _fewer(corpus: Corpus, most: int, seed: int) -> Corpus:
    """So many of its training queries; what is held out stays whole."""
    training = sorted({judgment.query for judgment in corpus.judgments_of(Part.TRAIN)})
    if len(training) <= most:
        return corpus
    rng = random.Random(seed)  # noqa: S311 (a sample, not a secret)
    dropped = set(training) - set(rng.sample(training, most))
    return replace(corpus, judgments=[j for j in corpus.judgments if j.query not in dropped])
