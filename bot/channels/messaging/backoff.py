"""How often, and how soon, somebody who is busy is asked again."""

import random

from bot.channels.messaging.call import Failure

ATTEMPTS = 5
LONGEST_PAUSE = 30.0
"""Seconds. Who wants a longer one is given up for this message."""
_FIRST_PAUSE = 0.5


def pause_after(attempt: int, failure: Failure) -> float:
    """Seconds to wait after the attempt with this number, from 0 up: as the other side says, else
    twice as long each time."""
    if failure.seconds is not None:
        return failure.seconds
    # Jitter, so that what failed together does not come back together.
    return float(_FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1))  # noqa: S311
