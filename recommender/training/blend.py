"""How much the reranker's score weighs against the retrieval's: development queries decide."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from recommender.evaluation.collection import (
    Collection,
    judged_collection,
    judged_lists_collection,
    synthetic_collection,
)
from recommender.evaluation.comparison import run_of, score
from recommender.evaluation.measures import MRR, NDCG, PerQuery, mean, measure
from recommender.reranking.reranker import Reranker
from recommender.training.choices import BlendRule
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.split import Part

_BLENDS = [step / 20 for step in range(21)]


def choose_blend(
    corpora: Mapping[str, Corpus],
    encode: Encode,
    reranker: Reranker,
    rule: BlendRule = BlendRule.SMALLEST,
) -> tuple[float, dict[str, dict[str, float]]]:
    """The smallest blend that is as good as the best, or the best, and what was measured at it.

    Good is NDCG@10, averaged over the development collections, and as good is no more than one
    standard error of the difference, query by query, below it (the one-standard-error rule of
    Breiman et al., Classification and Regression Trees, 1984). The smallest, because nothing the
    reranker saw is as wide as what the embedding did: a catalogue of another kind is safer with it.
    """
    collections = [development_collection(name, corpus) for name, corpus in corpora.items()]
    collections = [collection for collection in collections if collection.queries]
    if not collections:
        return 1.0, {}
    scored = [score(collection, encode, reranker) for collection in collections]

    measured = {
        weight: [
            measure(run_of(queries, weight), each.gains, relevant_from=each.relevant_from)
            for each, queries in zip(collections, scored, strict=True)
        ]
        for weight in _BLENDS
    }
    ndcgs = {weight: [each[NDCG] for each in measures] for weight, measures in measured.items()}
    blend = best(ndcgs) if rule is BlendRule.BEST else smallest_as_good(ndcgs)
    dev = {
        collection.name: {
            f"{stage} {name}": mean(measured[weight][number][name])
            for name in (NDCG, MRR)
            for stage, weight in (("dense", 0.0), ("reranked", blend))
        }
        for number, collection in enumerate(collections)
    }
    return blend, dev


def best(ndcgs: Mapping[float, Sequence[PerQuery]]) -> float:
    """The weight of the highest mean, of several the smallest."""
    quality = _quality(ndcgs)
    return max(quality, key=lambda weight: (quality[weight], -weight))


def _quality(ndcgs: Mapping[float, Sequence[PerQuery]]) -> dict[float, float]:
    return {weight: sum(map(mean, each)) / len(each) for weight, each in ndcgs.items()}


def smallest_as_good(ndcgs: Mapping[float, Sequence[PerQuery]]) -> float:
    """The smallest weight that is within one standard error of the best.

    Args:
        ndcgs: by weight, and then by collection, of every query.
    """
    quality, top = _quality(ndcgs), best(ndcgs)

    def is_as_good(weight: float) -> bool:
        below = [
            np.array([there[query] - here[query] for query in there])
            for there, here in zip(ndcgs[top], ndcgs[weight], strict=True)
        ]
        variance = sum(each.var() / len(each) for each in below) / len(below) ** 2
        return quality[top] - quality[weight] <= math.sqrt(variance)

    return min(filter(is_as_good, ndcgs))


def development_collection(name: str, corpus: Corpus) -> Collection:
    """What a corpus has to choose by: judged lists where it has grades, else the catalogue with
    its judgments, or with queries written from it."""
    if corpus.has_grades:
        return judged_lists_collection(name, corpus, Part.DEV)
    if corpus.judgments:
        return judged_collection(name, corpus, Part.DEV)
    return synthetic_collection(name, corpus, Part.DEV)
