"""The counts are there for as long as the limits are."""

import asyncio
import gc

import pytest
from limits import RateLimitItemPerMinute

from bot.channels.rate_limits import RateLimits
from tests.redis_server import RedisServer


def test_counts_outlive_the_garbage_collector() -> None:
    limits = RateLimits()
    once = RateLimitItemPerMinute(1)

    async def twice() -> list[bool]:
        first = await limits.allow("a code", "1.2.3.4", once)
        gc.collect()
        return [first, await limits.allow("a code", "1.2.3.4", once)]

    assert asyncio.run(twice()) == [True, False]


def test_each_counts_for_itself_and_nobody_for_nothing() -> None:
    limits = RateLimits()
    once = RateLimitItemPerMinute(1)

    async def several() -> list[bool]:
        return [await limits.allow("a code", of, once) for of in ("one", "other", "", "", "one")]

    assert asyncio.run(several()) == [True, True, True, True, False]


def test_workers_count_together_in_redis(redis: RedisServer) -> None:
    twice = RateLimitItemPerMinute(2)

    async def of_two_workers() -> list[bool]:
        one, other = RateLimits(redis.url), RateLimits(redis.url)
        return [
            await worker.allow("a code", "1.2.3.4", twice) for worker in (one, other, one, other)
        ]

    assert asyncio.run(of_two_workers()) == [True, True, False, False]


def test_customers_are_served_while_redis_is_down(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    limits = RateLimits(redis.url)
    never = RateLimitItemPerMinute(1)

    async def before_and_after() -> list[bool]:
        first = await limits.allow("a code", "1.2.3.4", never)
        redis.kill()
        return [first, await limits.allow("a code", "1.2.3.4", never)]

    assert asyncio.run(before_and_after()) == [True, True]
    assert "storage does not answer" in caplog.text
