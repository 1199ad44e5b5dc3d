"""How often wrong order details may be given: guessing is slow work."""

import threading
import time
from collections import deque
from collections.abc import Callable

from sqlalchemy.orm import Session

from catalog.models import Order
from catalog.orders import find_order, order_number

SLOT = "order_attempts"
MOST = 3
"""In one conversation, which its slot counts."""
SPAN_SECONDS = 3600.0

MOST_OF_A_NUMBER = 5
"""In `SPAN_SECONDS`, in all conversations together: a new one costs a guesser nothing."""
MOST_IN_TOTAL = 60
TOTAL_SPAN_SECONDS = 60.0


class TooManyAttemptsError(Exception):
    """No more details are compared for now, right or wrong, for this number or for any."""


class OrderLookup:
    """Finds orders, and stops where wrong details were given too often. Thread-safe.

    The failures are kept in memory, for one process. The limit in total bounds them, to 3,600.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: deque[tuple[float, str]] = deque()
        """When, in the clock's seconds, and for which number; oldest first."""

    def find(self, session: Session, number: str, email: str) -> Order | None:
        """As `find_order`.

        Raises:
            TooManyAttemptsError: whether or not there is such an order.
        """
        # Counted before the look-up: many at once could all pass a limit that looks back.
        attempt = self._begin(order_number(number))
        is_wrong = False
        try:
            order = find_order(session, number, email)
            is_wrong = order is None
        finally:
            if not is_wrong:
                with self._lock:
                    self._failures.remove(attempt)
        return order

    def _begin(self, number: str) -> tuple[float, str]:
        with self._lock:
            now = self._clock()
            while self._failures and now - self._failures[0][0] >= SPAN_SECONDS:
                self._failures.popleft()
            of_number = sum(tried == number for _, tried in self._failures)
            in_total = sum(now - at < TOTAL_SPAN_SECONDS for at, _ in self._failures)
            if of_number >= MOST_OF_A_NUMBER or in_total >= MOST_IN_TOTAL:
                # Not counted: who keeps trying does not keep the order's customer out for longer.
                raise TooManyAttemptsError
            attempt = (now, number)
            self._failures.append(attempt)
            return attempt


def recent(value: object, now: float) -> list[float]:
    """The failures that still count, from the slot: seconds since 1970, oldest first."""
    if not isinstance(value, list):
        return []
    return [float(at) for at in value if isinstance(at, int | float) and now - at < SPAN_SECONDS][
        -MOST:
    ]


def exhausted(value: object, now: float) -> bool:
    return len(recent(value, now)) >= MOST
