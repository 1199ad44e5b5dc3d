"""Whether a trained model may take the place of the one in service.

It must be better on held-out queries, by a paired test, and nothing that is guarded may have got
worse: no slice of the queries, not the queries with slips of the finger, not speed, not size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    quality: Mapping[str, PerQuery]
    """By measure, of the queries as they are."""
    noisy: Mapping[str, PerQuery]
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
    """The one that the candidate is better by; where it is by none, the first."""
    difference: Difference
    is_better: bool
    guards: Sequence[Guard]
    others: Mapping[str, Difference] = field(default_factory=dict)
    """What changed by the other measures, one of which would have been enough."""

    @property
    def passes(self) -> bool:
        return self.is_better and all(guard.kept for guard in self.guards)

    @property
    def reasons(self) -> list[str]:
        """Why it is refused; none where it passes."""
        said = [guard.said for guard in self.guards if not guard.kept]
        if not self.is_better:
            changes = {self.measure: self.difference, **self.others}
            said.insert(
                0,
                " and ".join(f"{name} changes by {_signed(each)}" for name, each in changes.items())
                + ", which is not better than chance explains",
            )
        return said

    def to_json(self) -> dict[str, Any]:
        return {
            "passes": self.passes,
            "measure": self.measure,
            **_plain(self.difference),
            "others": {name: _plain(each) for name, each in self.others.items()},
            "guards": [
                {"name": guard.name, "kept": guard.kept, "said": guard.said}
                for guard in self.guards
            ],
            "reasons": self.reasons,
        }


def judge(before: Measured, after: Measured, slices: Mapping[str, frozenset[str]]) -> Verdict:
    """Compares a candidate with what is in service, on the same queries and by the same measures.

    By one of the measures it must be better, and the more there are the surer; by all of them
    nothing may be worse.

    Args:
        slices: query ids by the name of the slice; those of few queries are left out.
    """
    changes = {
        measure: paired_difference(values, after.quality[measure])
        for measure, values in before.quality.items()
    }
    better = [
        measure
        for measure, change in changes.items()
        if change.low > 0 and change.p_value < _SURE / len(changes)
    ]
    chosen = min(better, key=lambda measure: changes[measure].p_value, default=next(iter(changes)))
    others = {measure: change for measure, change in changes.items() if measure != chosen}
    pairs = _guarded(before, after, slices, [name for name in changes if name != chosen])
    # Of many guards one would be broken by chance alone: each must be surer.
    guards = [
        _not_worse(name, *values, _SURE / max(1, len(pairs))) for name, values in pairs.items()
    ]
    guards.append(_within("ms a query", before.ms_per_query, after.ms_per_query, _SLOWER))
    guards.append(_within("MB served", before.megabytes, after.megabytes, _LARGER))
    return Verdict(chosen, changes[chosen], bool(better), guards, others)


def _guarded(
    before: Measured,
    after: Measured,
    slices: Mapping[str, frozenset[str]],
    whole: Sequence[str],
) -> dict[str, tuple[PerQuery, PerQuery]]:
    """What may not be worse, before and after: by the measures of `whole`, of all queries too."""
    pairs = {measure: (before.quality[measure], after.quality[measure]) for measure in whole}
    for measure, values in before.quality.items():
        of = f"{measure} of " if len(before.quality) > 1 else ""
        for name, ids in slices.items():
            if len(part := ids & values.keys()) >= _FEWEST:
                pairs[f"{of}queries of {name}"] = (
                    _of(values, part),
                    _of(after.quality[measure], part),
                )
        pairs[f"{of}mistyped queries"] = before.noisy[measure], after.noisy[measure]
    return pairs


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


def _plain(change: Difference) -> dict[str, Any]:
    return {
        "difference": round(change.mean, 5),
        "interval_95": [round(change.low, 5), round(change.high, 5)],
        "p_value": round(change.p_value, 4),
    }
