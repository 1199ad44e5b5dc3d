"""How many products the reranker may read of a search, so that the customer does not wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import perf_counter

RERANK_MS = 300.0
"""By default: thirty products on two cores take a tenth of it."""
_LEAST = 5
"""Products that are read whatever the time: the first screen."""
_WEIGHT = 0.2
"""Of the latest search in the running mean."""


class TimeBudget:
    """Lowers the depth where this machine, as busy as it is now, would not read all in time.

    Args:
        milliseconds: what the reranker may take of one search. Thread-safe.
    """

    def __init__(self, milliseconds: float) -> None:
        self._seconds = milliseconds / 1000
        self._each: float | None = None
        """Seconds for one product, as a running mean."""
        self._lock = Lock()

    def depth(self, products: int) -> int:
        """How many of so many products to read, from the top."""
        with self._lock:
            each = self._each
        if not each or self._seconds >= each * products:
            return products
        return min(products, max(_LEAST, int(self._seconds / each)))

    @contextmanager
    def spending(self, products: int) -> Iterator[None]:
        """Measures the reading of so many products, one or more. What fails is not measured."""
        start = perf_counter()
        yield
        latest = (perf_counter() - start) / products
        with self._lock:
            before = self._each
            self._each = latest if before is None else before + _WEIGHT * (latest - before)
