"""Customers who search a running service without a break, and whose answer each of them got.

What a request is told by is its answer: the scores of its products are those of one model and of
no other, which are known beforehand. So the service needs no instrument, and an answer put together
from two models would be seen.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from threading import Event, Thread
from types import TracebackType

import httpx

Scores = Mapping[str, float]
"""Of the products of one answer, by id."""

_PAUSE_SECONDS = 0.05
_TIMEOUT_SECONDS = 30.0
_SAME = 0.002
"""Apart are scores of one model at the most, which adds in another order on a busy machine."""


@dataclass(frozen=True, slots=True)
class Request:
    seconds: float
    version: str | None
    """The model that answered; None where it failed, or no model gives such an answer."""
    failure: str = ""


class Shoppers:
    """A context in which so many customers search, each in a thread of its own.

    Args:
        url: of the service.
        expected: by version and query, what a model answers.
    """

    def __init__(
        self, url: str, expected: Mapping[str, Mapping[str, Scores]], customers: int
    ) -> None:
        self._url, self._expected = url, expected
        self._requests: list[Request] = []
        self._done = Event()
        queries = list(next(iter(expected.values())))
        self._threads = [
            Thread(target=self._shop, args=(queries[number:] + queries[:number],))
            for number in range(customers)
        ]

    def __enter__(self) -> "Shoppers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    @property
    def requests(self) -> Sequence[Request]:
        """What was answered so far, in that order."""
        return list(self._requests)

    def wait_for(self, version: str, *, requests: int, seconds: float) -> None:
        """Until this model has given so many answers from now on.

        Raises:
            TimeoutError: it has not in this time.
        """
        before, start = len(self._requests), time.monotonic()
        while sum(each.version == version for each in self.requests[before:]) < requests:
            if time.monotonic() - start > seconds:
                answers = Counter(each.version or each.failure for each in self.requests[before:])
                raise TimeoutError(
                    f"{version} does not answer {requests} times in {seconds:.0f} s, but "
                    f"{dict(answers)}"
                )
            time.sleep(0.1)

    def _shop(self, queries: Sequence[str]) -> None:
        with httpx.Client(base_url=self._url, timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
            while not self._done.is_set():
                for query in queries:
                    self._requests.append(self._request(client, query))
                    if self._done.wait(_PAUSE_SECONDS):
                        return

    def _request(self, client: httpx.Client, query: str) -> Request:
        start = time.monotonic()
        version, failure = None, ""
        try:
            answer = client.get("/v1/search", params={"q": query}).raise_for_status().json()
            scores = {each["id"]: each["score"] for each in answer["results"]}
            version = version_of(scores, {name: of[query] for name, of in self._expected.items()})
            failure = "" if version else "an answer of no model"
        except (httpx.HTTPError, ValueError, KeyError) as error:
            failure = f"{type(error).__name__}: {error}"
        return Request(time.monotonic() - start, version, failure)


def version_of(scores: Scores, expected: Mapping[str, Scores]) -> str | None:
    """The model, of those whose answers are expected, that gave these; None where none did."""
    for version, of in expected.items():
        if of.keys() == scores.keys() and all(
            abs(of[id] - score) <= _SAME for id, score in scores.items()
        ):
            return version
    return None


def telling(answers: Mapping[str, Mapping[str, Scores]]) -> dict[str, dict[str, Scores]]:
    """The same, of the queries alone that no two models answer alike."""
    pairs = list(combinations(answers.values(), 2))
    queries = [
        query
        for query in next(iter(answers.values()))
        if all(_differ(one[query], other[query]) for one, other in pairs)
    ]
    return {version: {query: of[query] for query in queries} for version, of in answers.items()}


def _differ(one: Scores, other: Scores) -> bool:
    """Whether no answer could be taken for both."""
    return one.keys() != other.keys() or any(
        abs(other[id] - score) > 2 * _SAME for id, score in one.items()
    )
