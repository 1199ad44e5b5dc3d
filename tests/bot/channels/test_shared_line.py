"""Lines of several processes in a real Redis: order, ends, and a Redis that forgets."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from rasa.core.lock_store import LockError

from bot.channels import shared_line
from bot.channels.shared_line import SharedLine
from bot.channels.shared_redis import connect
from tests.redis_server import RedisServer

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def lines(redis: RedisServer) -> AsyncIterator[list[SharedLine]]:
    """Of three processes."""
    made = [SharedLine(redis.url, "aisle:test:") for _ in range(3)]
    yield made
    for line in made:
        await line.close()


async def enters(line: SharedLine, seconds: float = 0.5) -> bool:
    """Whether it gets in by then; it goes on waiting if not."""
    waiting = asyncio.create_task(line.enter("c"))
    done, _ = await asyncio.wait([waiting], timeout=seconds)
    return bool(done)


async def keys(redis: RedisServer) -> list[str]:
    client = connect(redis.url)
    found = [key for key in await client.keys("*") if ":line:" in key]
    await client.close()
    return found


async def test_places_are_kept_in_the_order_that_they_were_announced(
    lines: list[SharedLine], redis: RedisServer
) -> None:
    one, other, third = lines
    order: list[str] = []

    async def take(line: SharedLine, name: str) -> None:
        await line.enter("c")
        order.append(name)
        await asyncio.sleep(0.05)
        await line.leave("c")

    for line in (one, other, one, third, other):
        await line.announce("c")

    async def twice(line: SharedLine, name: str) -> None:
        await take(line, name)
        await take(line, name)

    await asyncio.gather(twice(one, "one"), twice(other, "other"), take(third, "third"))
    assert order == ["one", "other", "one", "third", "other"]
    assert await keys(redis) == []


async def test_conversations_do_not_wait_for_each_other(lines: list[SharedLine]) -> None:
    await lines[0].enter("c")
    await asyncio.wait_for(lines[1].enter("another"), 1)


async def test_what_is_retracted_holds_up_nobody(lines: list[SharedLine]) -> None:
    one, other, _ = lines
    await one.enter("c")
    await one.announce("c")
    await one.announce("c")
    one.retract("c", 2)
    waiting = asyncio.create_task(other.enter("c"))
    await one.leave("c")
    await asyncio.wait_for(waiting, 2)


async def test_who_gives_up_waiting_holds_up_nobody(lines: list[SharedLine]) -> None:
    one, other, third = lines
    await one.enter("c")
    impatient = asyncio.create_task(other.enter("c"))
    await asyncio.sleep(0.2)
    impatient.cancel()
    waiting = asyncio.create_task(third.enter("c"))
    await asyncio.sleep(0.2)
    await one.leave("c")
    await asyncio.wait_for(waiting, 2)


async def test_a_process_that_is_killed_is_passed_over_after_its_lease(
    lines: list[SharedLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_line, "LEASE_SECONDS", 1)
    monkeypatch.setattr(shared_line, "BEAT_SECONDS", 0.2)
    one, other, _ = lines
    await one.enter("c")
    assert not await enters(other, 2)  # it lives, and holds on
    assert one._beating is not None
    one._beating.cancel()
    await asyncio.sleep(2)
    waiting = asyncio.create_task(lines[2].enter("c"))
    await other.leave("c")  # which the killed one's end has let in
    await asyncio.wait_for(waiting, 2)


async def test_a_process_that_stops_leaves_at_once(lines: list[SharedLine]) -> None:
    one, other, _ = lines
    await one.enter("c")
    waiting = asyncio.create_task(other.enter("c"))
    await asyncio.sleep(0.2)
    await one.close()
    await asyncio.wait_for(waiting, 2)


async def test_a_redis_that_has_forgotten_lets_nobody_into_a_running_turn(
    lines: list[SharedLine], redis: RedisServer
) -> None:
    one, other, third = lines
    for line in lines:
        await line.open()
    await one.enter("c")
    redis.kill()
    redis.run()
    # The third one knows nothing of before; it comes first in the new list.
    assert not await enters(third, shared_line.GRACE_SECONDS + 3)
    waiting = asyncio.create_task(other.enter("c"))
    await one.leave("c")
    await asyncio.sleep(0.5)
    assert not waiting.done()
    await third.leave("c")
    await asyncio.wait_for(waiting, 2)


async def test_a_turn_that_ends_while_redis_is_away_holds_up_nobody(
    lines: list[SharedLine], redis: RedisServer
) -> None:
    one, other, _ = lines
    await one.enter("c")
    redis.kill()
    await one.leave("c")
    waiting = asyncio.create_task(other.enter("c"))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    redis.run()
    await asyncio.wait_for(waiting, shared_line.GRACE_SECONDS + 5)


async def test_a_redis_that_stays_away_is_not_waited_for_for_ever(
    lines: list[SharedLine], redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_line, "PATIENCE_SECONDS", 1.0)
    redis.kill()
    with pytest.raises(LockError):
        await asyncio.wait_for(lines[0].enter("c"), 5)
    redis.run()
    await asyncio.wait_for(lines[1].enter("c"), 5)
