"""How much one conversation, customer or address may ask for, counted by the `limits` library."""

import asyncio
import logging

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.channels.shared_redis import SECONDS

logger = logging.getLogger(__name__)

# Above what anybody types, and what a whole office behind one address does.
MESSAGES_OF_CONVERSATION = (RateLimitItemPerMinute(120), RateLimitItemPerHour(1200))
MESSAGES_OF_CUSTOMER = (RateLimitItemPerMinute(240),)
MESSAGES_OF_ADDRESS = (RateLimitItemPerMinute(1200),)
CONNECTIONS_OF_ADDRESS = (RateLimitItemPerMinute(600),)
PROOFS_OF_CONVERSATION = (RateLimitItemPerMinute(10),)
PROOFS_OF_ADDRESS = (RateLimitItemPerMinute(120),)
UPLOADS_OF_CONVERSATION = (RateLimitItemPerMinute(12), RateLimitItemPerHour(60))
UPLOADS_OF_ADDRESS = (RateLimitItemPerMinute(60),)
PREVIEWS_OF_CONVERSATION = (RateLimitItemPerMinute(240),)


class RateLimits:
    """Counts in this process's memory, or in Redis where several processes share the customers."""

    def __init__(self, redis_url: str = "") -> None:
        """
        Raises:
            ConfigurationError: of `limits`: the URL names no storage.
        """
        options = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
        # Held here: some versions of `limits` hold it by a weak reference alone.
        self._storage = (
            storage_from_string(redis_url, **options)
            if redis_url
            else storage_from_string("memory://")
        )
        self._limiter = MovingWindowRateLimiter(self._storage)

    async def allow(self, what: str, of: str, *limits: RateLimitItem) -> bool:
        """Counts one more of these, and says whether all limits still hold."""
        if not of:
            return True
        return await asyncio.to_thread(self._hit, what, of, limits)

    def _hit(self, what: str, of: str, limits: tuple[RateLimitItem, ...]) -> bool:
        try:
            return all([self._limiter.hit(limit, what, of) for limit in limits])
        except Exception:
            # Whatever the client of the storage raises: a customer is served without a count
            # rather than not at all. Codes have their own limits, in the database.
            logger.exception("The rate limits' storage does not answer")
            return True
