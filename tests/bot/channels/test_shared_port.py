"""One port of two Rasa processes: over WebSocket, over long polling, and while one is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig
from socketio import AsyncClient

from bot.channels.lock_store import ConversationLocks
from bot.channels.session import SessionIssuer
from bot.channels.shared_port import SharedPort
from bot.channels.tracker_store import ConversationStore
from bot.channels.web import WebInput
from bot.evaluation.free_port import free_port
from tests.bot.channels.harness import KEY, ORIGIN, Server, StandInAgent, serve
from tests.redis_server import RedisServer

pytestmark = pytest.mark.asyncio


@pytest.fixture
def port() -> int:
    return free_port(in_a_row=3)


@pytest_asyncio.fixture
async def servers(
    port: int, redis: RedisServer, tmp_path: Path
) -> AsyncIterator[tuple[list[Server], list[AsyncExitStack]]]:
    servers, stacks = [], []
    for worker in (1, 2):
        store = ConversationStore(Domain.empty(), f"sqlite:///{tmp_path / 'conversations.db'}")
        locks = ConversationLocks(EndpointConfig(redis.url, data_dir=str(tmp_path)))
        channel = WebInput(
            SessionIssuer(KEY),
            [ORIGIN],
            turn_seconds=5,
            redis=(redis.url, "aisle:test:"),
            shared_port=SharedPort("127.0.0.1", port, worker, 2),
        )
        stack = AsyncExitStack()
        serving = serve(channel, StandInAgent(store, locks), port + worker)
        servers.append(await stack.enter_async_context(serving))
        stacks.append(stack)
    yield servers, stacks
    for stack in stacks:
        await stack.aclose()


async def answers_over(port: int, transport: str) -> str:
    """The id of the session, once it was answered in; the kernel picks the process."""
    client = AsyncClient(reconnection=False)
    over = asyncio.Event()
    client.on("turn", lambda _turn: over.set())
    await client.connect(f"http://127.0.0.1:{port}", transports=[transport])
    acknowledged = await client.call("message", {"id": "m1", "text": "hello"}, timeout=10)
    assert acknowledged == {"ok": True}
    await asyncio.wait_for(over.wait(), 10)
    session: str = client.eio.sid
    await client.eio.disconnect(abort=True)  # the server would keep the last request for 30 s
    return session


Servers = tuple[list[Server], list[AsyncExitStack]]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_customers_come_to_both(servers: Servers, port: int, transport: str) -> None:
    # Each request of long polling is a connection of its own, which may be anybody's.
    sessions = await asyncio.gather(*(answers_over(port, transport) for _ in range(24)))
    assert {session.partition(".")[0] for session in sessions} == {"1", "2"}


async def test_what_is_passed_on_is_as_if_it_had_come_directly(servers: Servers, port: int) -> None:
    async with aiohttp.ClientSession() as http:
        own = f"http://127.0.0.1:{port + 1}/socket.io/?EIO=4&transport=polling"
        origin = {"Origin": ORIGIN}
        opened = await (await http.get(own, headers=origin)).text()
        sid = opened.partition('"sid":"')[2].partition('"')[0]
        answers = []
        for each in (port + 1, port + 2):
            url = f"http://127.0.0.1:{each}/socket.io/?EIO=4&transport=polling&sid={sid}"
            async with http.post(url, data="3", headers=origin) as answer:
                seen = {name.lower(): value for name, value in answer.headers.items()}
                answers.append((answer.status, await answer.text(), seen))
            foreign = await http.post(url, data="3", headers={"Origin": "https://evil.example"})
            assert foreign.status == 400
        assert answers[0] == answers[1]
        assert answers[0][0] == 200
        assert answers[0][2]["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize("sid", ["3.x", "0.x", "99.x", "2.x"])
async def test_a_session_of_nobody_is_none(servers: Servers, port: int, sid: str) -> None:
    url = f"http://127.0.0.1:{port + 1}/socket.io/?EIO=4&transport=polling&sid={sid}"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        assert answer.status == 400


async def test_one_serves_all_while_the_other_is_away(servers: Servers, port: int) -> None:
    await servers[1][0].aclose()
    sessions = await asyncio.gather(*(answers_over(port, "websocket") for _ in range(8)))
    assert {session.partition(".")[0] for session in sessions} == {"2"}
