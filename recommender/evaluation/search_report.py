"""What was measured of a search, stage by stage."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from recommender.evaluation.judged_queries import JudgedQueries, gain
from recommender.evaluation.measures import MRR, NDCG, RECALL, PerQuery, mean, measure
from recommender.evaluation.significance import (
    Difference,
    Interval,
    mean_interval,
    paired_difference,
)
from recommender.evaluation.stage import StageRun

MEASURES = (NDCG, MRR, RECALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """One stage."""

    values: Mapping[str, PerQuery]
    """By measure. NDCG is of every query; the others ask where the relevant products are, so they
    are of the queries that have one."""
    took_ms: PerQuery

    def mean(self, name: str) -> float:
        return mean(self.values[name])

    def interval(self, name: str) -> Interval:
        return mean_interval(self.values[name])

    def percentile_ms(self, percent: float) -> float:
        return float(np.percentile(list(self.took_ms.values()), percent))


@dataclass(frozen=True, slots=True)
class SearchReport:
    queries: int
    with_relevant: int
    stages: Mapping[str, Measured]
    """By name, each built on those before it."""
    rare: Mapping[str, PerQuery]
    """By stage, the recall of the queries that have a rare word and a relevant product."""

    @classmethod
    def of(
        cls,
        runs: Mapping[str, StageRun],
        queries: JudgedQueries,
        *,
        relevant_from: float,
        rare: Collection[str] = (),
    ) -> "SearchReport":
        """`rare` are the ids of the queries with a rare word."""
        gains = queries.gains()
        relevant = {
            query_id
            for query_id, judged in queries.grades.items()
            if max(judged.values()) >= relevant_from
        }
        stages = {}
        for name, stage in runs.items():
            values = measure(stage.run, gains, relevant_from=gain(relevant_from))
            for only_relevant in (MRR, RECALL):
                values[only_relevant] = _of(values[only_relevant], relevant)
            stages[name] = Measured(values, dict(stage.took_ms))
        return cls(
            len(queries),
            len(relevant),
            stages,
            {name: _of(stage.values[RECALL], set(rare)) for name, stage in stages.items()},
        )

    def differences(self, name: str) -> dict[tuple[str, str], Difference]:
        """What each stage changed against each before it, in this measure; none where fewer than
        two queries can tell."""
        return {
            (before, after): paired_difference(
                self.stages[before].values[name], self.stages[after].values[name]
            )
            for before, after in combinations(self.stages, 2)
            if len(self.stages[before].values[name]) > 1
        }

    def to_json(self) -> dict[str, Any]:
        differences = {name: self.differences(name) for name in MEASURES}
        return {
            "queries": self.queries,
            "queries_with_relevant": self.with_relevant,
            "stages": {name: _stage(stage) for name, stage in self.stages.items()},
            "differences": [
                {
                    "from": before,
                    "to": after,
                    **{
                        name: _difference(changes[before, after])
                        for name, changes in differences.items()
                        if (before, after) in changes
                    },
                }
                for before, after in combinations(self.stages, 2)
            ],
            "rare_words": {
                "queries": len(next(iter(self.rare.values()), {})),
                "stages": {
                    name: {RECALL: round(mean(values), 4)} for name, values in self.rare.items()
                },
            },
        }


def _of(values: PerQuery, query_ids: Collection[str]) -> PerQuery:
    return {query_id: value for query_id, value in values.items() if query_id in query_ids}


def _stage(stage: Measured) -> dict[str, Any]:
    intervals = {name: stage.interval(name) for name in MEASURES}
    return {
        **{name: round(stage.mean(name), 4) for name in MEASURES},
        "p50_ms": round(stage.percentile_ms(50), 2),
        "p95_ms": round(stage.percentile_ms(95), 2),
        "interval_95": {
            name: [round(interval.low, 4), round(interval.high, 4)]
            for name, interval in intervals.items()
        },
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "difference": round(difference.mean, 4),
        "interval_95": [round(difference.low, 4), round(difference.high, 4)],
        "p_value": round(difference.p_value, 4),
    }
