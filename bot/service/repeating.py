"""What the service does beside its requests, again and again."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)


async def repeat(work: Callable[[], object], seconds: float, closing: asyncio.Event) -> None:
    """Does the work off the event loop, again and again, whatever becomes of one time."""
    while not closing.is_set():
        try:
            await asyncio.to_thread(work)
        except Exception:
            logger.exception("%s failed; trying again", getattr(work, "__qualname__", work))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), seconds)
