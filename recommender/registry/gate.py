"""Whether a trained model may take the place of the one in service.

It must be better on held-out queries, by a paired test, and nothing that is guarded may have got
worse: no slice of the queries, not the queries with slips of the finger, not speed, not size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.evaluation.measures import PerQuery, mean
from recommender.evaluation.significance import Difference, paired_difference

_SURE = 0.05
"""Probability under which a difference is not taken for chance; shared by all the guards."""
_FEWEST = 30
"""Queries of a slice under which it proves nothing."""
_SLOWER = 1.25
_LARGER = 1.25


@dataclass(frozen=True, slots=True)
class Measured:
    """One model on the held-out queries."""

    name: str
    quality: PerQuery
    """Of the queries as they are."""
    noisy: PerQuery
    """Of the same with slips of the finger."""
    ms_per_query: float
    megabytes: float
    """Of what is served."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One thing that must not get worse."""

    name: str
    kept: bool
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    measure: str
    difference: Difference
    is_better: bool
    guards: Sequence[Guard]

    @property
    def passes(self) -> bool:
        return self.is_better and all(guard.kept for guard in self.guards)

    @property
    def reasons(self) -> list[str]:
        """Why it is refused; none where it passes."""
        said = [guard.said for guard in self.guards if not guard.kept]
        if not self.is_better:
            said.insert(
                0,
                f"{self.measure} changes by {_signed(self.difference)}, which is not better than "
                "chance explains",
            )
        return said

    def to_json(self) -> dict[str, Any]:
        change = self.difference
        return {
            "passes": self.passes,
            "measure": self.measure,
            "difference": round(change.mean, 5),
            "interval_95": [round(change.low, 5), round(change.high, 5)],
            "p_value": round(change.p_value, 4),
            "guards": [
                {"name": guard.name, "kept": guard.kept, "said": guard.said}
                for guard in self.guards
            ],
            "reasons": self.reasons,
        }


def judge(
    measure: str, before: Measured, after: Measured, slices: Mapping[str, frozenset[str]]
) -> Verdict:
    """Compares a candidate with what is in service.

    Args:
        measure: what `quality` is, for the report.
        before: the model in service; `after` is the candidate, on the same queries.
        slices: query ids by the name of the slice; those of few queries are left out.
    """
    change = paired_difference(before.quality, after.quality)
    parts = {name: ids & before.quality.keys() for name, ids in slices.items()}
    parts = {name: ids for name, ids in parts.items() if len(ids) >= _FEWEST}
    # Of many guards one would be broken by chance alone: each must be surer.
    sure = _SURE / (len(parts) + 1)
    guards = [
        _not_worse(f"queries of {name}", _of(before.quality, ids), _of(after.quality, ids), sure)
        for name, ids in parts.items()
    ]
    guards.append(_not_worse("mistyped queries", before.noisy, after.noisy, sure))
    guards.append(
        _within("ms a query", before.ms_per_query, after.ms_per_query, _SLOWER),
    )
    guards.append(_within("MB served", before.megabytes, after.megabytes, _LARGER))
    return Verdict(measure, change, change.low > 0 and change.p_value < _SURE, guards)


def _not_worse(name: str, before: PerQuery, after: PerQuery, sure: float) -> Guard:
    change = paired_difference(before, after)
    is_worse = change.mean < 0 and change.p_value < sure
    said = f"{name}: {mean(before):.4f} to {mean(after):.4f} ({_signed(change)})"
    return Guard(name, not is_worse, said)


def _within(name: str, before: float, after: float, most: float) -> Guard:
    said = f"{name}: {before:.1f} to {after:.1f}, at most {most}x is allowed"
    return Guard(name, after <= before * most, said)


def _of(values: PerQuery, ids: frozenset[str]) -> PerQuery:
    return {id: values[id] for id in ids}


def _signed(change: Difference) -> str:
    return f"{change.mean:+.4f}, {change.low:+.4f} to {change.high:+.4f}, p {change.p_value:.4f}"
