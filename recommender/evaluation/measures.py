"""NDCG@10, MRR@10 and recall@100 of a run, by ir-measures and, underneath, trec_eval's own code."""

from collections import defaultdict
from collections.abc import Mapping

import ir_measures
from ir_measures import RR, R, nDCG

Run = Mapping[str, Mapping[str, float]]
"""For each query id, the score of each product id; the highest comes first."""
PerQuery = dict[str, float]

NDCG = "ndcg@10"
MRR = "mrr@10"
RECALL = "recall@100"

_GAIN_UNITS = 1000
"""trec_eval takes whole numbers only; NDCG is the same in any unit of gain."""


def measure(
    run: Run, gains: Mapping[str, Mapping[str, float]], *, relevant_from: float
) -> dict[str, PerQuery]:
    """NDCG@10 (gains as given, discount 1/log2(rank + 1)), the reciprocal rank of the first
    relevant product within ten, and the share of the relevant products within a hundred, for each
    query; 0 for a query that the run lacks, or that has no relevant product."""
    qrels = {
        query: {product: round(gain * _GAIN_UNITS) for product, gain in judged.items()}
        for query, judged in gains.items()
    }
    lowest = round(relevant_from * _GAIN_UNITS)
    names = {nDCG @ 10: NDCG, RR(rel=lowest) @ 10: MRR, R(rel=lowest) @ 100: RECALL}
    values: dict[str, PerQuery] = defaultdict(dict)
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        values[names[metric.measure]][metric.query_id] = metric.value
    return dict(values)


def mean(values: PerQuery) -> float:
    return sum(values.values()) / len(values) if values else 0.0
