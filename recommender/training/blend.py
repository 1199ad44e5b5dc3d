"""How much the reranker's score weighs against the retrieval's: development queries decide."""

from collections.abc import Mapping

from recommender.evaluation.collection import (
    Collection,
    judged_collection,
    judged_lists_collection,
    synthetic_collection,
)
from recommender.evaluation.comparison import run_of, score
from recommender.evaluation.measures import MRR, NDCG, mean, measure
from recommender.reranking import Reranker
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.split import Part

_BLENDS = [step / 20 for step in range(21)]
_AS_GOOD = 0.01
"""NDCG@10 that a few hundred development queries do not tell apart."""


def choose_blend(
    corpora: Mapping[str, Corpus], encode: Encode, reranker: Reranker
) -> tuple[float, dict[str, dict[str, float]]]:
    """The smallest blend that is as good as the best, and what was measured at it.

    Good is NDCG@10, averaged over the development collections. The smallest, because nothing the
    reranker saw is as wide as what the embedding did: a catalogue of another kind is safer with it.
    """
    collections = [development_collection(name, corpus) for name, corpus in corpora.items()]
    collections = [collection for collection in collections if collection.queries]
    if not collections:
        return 1.0, {}
    scored = [score(collection, encode, reranker) for collection in collections]

    def measured(number: int, blend: float, name: str) -> float:
        collection = collections[number]
        values = measure(
            run_of(scored[number], blend),
            collection.gains,
            relevant_from=collection.relevant_from,
        )
        return mean(values[name])

    numbers = range(len(collections))
    quality = {
        weight: sum(measured(n, weight, NDCG) for n in numbers) / len(collections)
        for weight in _BLENDS
    }
    best = max(quality.values())
    blend = min(weight for weight, ndcg in quality.items() if ndcg >= best - _AS_GOOD)
    dev = {
        collections[n].name: {
            f"{stage} {name}": measured(n, weight, name)
            for name in (NDCG, MRR)
            for stage, weight in (("dense", 0.0), ("reranked", blend))
        }
        for n in numbers
    }
    return blend, dev


def development_collection(name: str, corpus: Corpus) -> Collection:
    """What a corpus has to choose by: judged lists where it has grades, else the catalogue with
    its judgments, or with queries written from it."""
    if corpus.has_grades:
        return judged_lists_collection(name, corpus, Part.DEV)
    if corpus.judgments:
        return judged_collection(name, corpus, Part.DEV)
    return synthetic_collection(name, corpus, Part.DEV)
