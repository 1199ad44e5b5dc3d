"""What customers of a running service got while one thing after the other was done to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.shoppers import Request, Shoppers

_SETTLED = 40
"""Answers of a model after which its phase has been seen enough of."""
_TAKE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Phase:
    """What customers got while one thing was done."""

    name: str
    may_answer: tuple[str, ...]
    """The models in service in it; two where it changed."""
    requests: Sequence[Request]

    @property
    def wrong(self) -> int:
        """Requests that failed, or that another model answered."""
        return sum(each.version not in self.may_answer for each in self.requests)

    def to_json(self) -> dict[str, Any]:
        p95 = float(np.percentile([each.seconds for each in self.requests], 95))
        return {
            "phase": self.name,
            "requests": len(self.requests),
            "failed": sum(bool(each.failure) for each in self.requests),
            "answered_by": Counter(each.version for each in self.requests if each.version),
            "p95_ms": round(1000 * p95),
        }


class Phases:
    """The phases, one after the other, each ended when its last model has answered enough."""

    def __init__(self, shoppers: Shoppers) -> None:
        self._shoppers = shoppers
        self._seen = 0
        self.ended: list[Phase] = []

    def end(self, name: str, *may_answer: str) -> None:
        """Waits until the last of the models that may answer has done so often enough.

        Raises:
            TimeoutError: it does not.
        """
        self._shoppers.wait_for(may_answer[-1], requests=_SETTLED, seconds=_TAKE_SECONDS)
        requests = self._shoppers.requests[self._seen :]
        self._seen += len(requests)
        self.ended.append(Phase(name, may_answer, requests))
