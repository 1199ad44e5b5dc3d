"""The ranked lists that a reranker learns from."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

from recommender.training.choices import RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.data.augmentation import augmented
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode, HardNegatives, RankedList, judged_lists
from recommender.training.data.sources import replayed
from recommender.training.data.split import Part
from recommender.training.data.synthetic import queries_from
from recommender.training.errors import TrainingError

_HARD = -0.1
"""Difficulty from which a synthetic query is worth its time."""


_MINED_FOR_ONE = 8
"""Synthetic queries to look at for one that is learnt: the rest is too easy."""


def ranked_lists(
    corpora: Iterable[Corpus], encode: Encode, config: RerankerConfig
) -> list[RankedList]:
    """All judged training queries, and synthetic ones that are hard, in random order.

    Where the bi-encoder is far from a mistake, the residual loss has next to no gradient: such a
    list costs as much time as another and teaches nothing.
    """
    rng = random.Random(config.seed)  # noqa: S311 (a sample, not a secret)
    judged: list[RankedList] = []
    synthetic: list[RankedList] = []
    with_cosines = encode if config.loss is RerankerLoss.RESIDUAL_LISTNET else None
    for corpus in corpora:
        products = corpus.products_of(Part.TRAIN)
        judgments = corpus.judgments_of(Part.TRAIN)
        if not products:
            continue
        if not config.negatives:
            judged += judged_lists(judgments, products, with_cosines)
            continue
        miner = HardNegatives(products, encode, config.negatives)
        judged += miner.for_judged(judgments, rng)
        queries = [
            query
            for product in products
            for query in queries_from(product, config.synthetic_queries, rng)
        ]
        most = _MINED_FOR_ONE * config.most_lists
        if 0 < most < len(queries):
            # Of a large catalogue's, hours would go into lists that are then left out.
            queries = rng.sample(queries, most)
        synthetic += miner.for_synthetic(queries, rng)
    hard = [ranked for ranked in synthetic if ranked.difficulty > _HARD]
    rng.shuffle(hard)
    lists = [ranked for ranked in [*judged, *hard] if len(ranked.texts) > 1]
    if config.most_lists:
        lists = lists[: config.most_lists]
    if not lists:
        raise TrainingError(
            "There is too little to train on: a query needs a product that answers it "
            "and one that does not. Import more products, or judge more of them."
        )
    if (old := replayed(config)) is not None:
        again = judged_lists(old.judgments_of(Part.TRAIN), old.products, with_cosines)
        rng.shuffle(again)
        lists += again[: round(config.replay * len(lists))]
    lists = augmented(
        lists,
        config,
        encode,
        rng,
        query_of=lambda ranked: ranked.query,
        with_query=lambda ranked, query: _asked_so(ranked, query, with_cosines),
        with_texts=lambda ranked, change: replace(
            ranked, texts=tuple(change(text) for text in ranked.texts)
        ),
    )
    rng.shuffle(lists)
    return lists


def _asked_so(ranked: RankedList, query: str, encode: Encode | None) -> RankedList:
    """The list for the same question in other words."""
    cosines = ranked.cosines
    if encode is not None:
        vectors = encode([query, *ranked.texts])
        cosines = tuple(float(cosine) for cosine in vectors[1:] @ vectors[0])
    return replace(ranked, query=query, cosines=cosines)


def development_lists(
    corpora: Mapping[str, Corpus], encode: Encode, config: RerankerConfig
) -> list[RankedList]:
    """What the training may look at to stop early: only what was judged.

    Raises:
        TrainingError: that is nothing.
    """
    if not config.early_stopping:
        return []
    with_cosines = encode if config.loss is RerankerLoss.RESIDUAL_LISTNET else None
    lists = [
        ranked
        for corpus in corpora.values()
        for ranked in judged_lists(corpus.judgments_of(Part.DEV), corpus.products, with_cosines)
    ]
    if not lists:
        raise TrainingError("No development query has two products that differ: judge more.")
    return lists
