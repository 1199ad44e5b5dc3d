"""Two Rasa processes over a real Redis: what customers see of that is nothing."""

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.evaluation.free_port import free_port
from tests.assistant import (
    Assistant,
    Conversation,
    answers,
    make_assistant,
    wait_until,
)
from tests.e2e.chat_page import ChatPage
from tests.e2e.cut_conversation import (
    assert_answered_once_and_in_order,
    assert_the_same_after_a_reload,
    converse,
    open_through,
)
from tests.e2e.cut_proxy import cut_proxy
from tests.installed import if_installed
from tests.redis_server import RedisServer

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = if_installed(lambda: RedisServer(tmp_path_factory.mktemp("redis")))
    server.run()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def shop(
    assistant: Assistant, redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    running = make_assistant(
        tmp_path_factory.mktemp("several"),
        models_of=assistant,
        AISLE_RASA_WORKERS="2",
        AISLE_REDIS_URL=redis.url,
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()


def chat_with(shop: Assistant, worker: int, token: str = "") -> Conversation:
    """Not over the port that both have, but with the one or the other."""
    return shop.chat(token, port=shop.rasa_port + worker)


def test_a_conversation_goes_on_with_the_other_process(shop: Assistant) -> None:
    one = chat_with(shop, 1)
    assert one.say("red sneakers").products
    other = chat_with(shop, 2, one.token)
    narrowed = other.say("under $90")
    assert narrowed.products
    assert all(product["price"] <= 90 for product in narrowed.products)
    back = one.say("the second one")
    assert narrowed.products[1]["title"] in back.text or back.products == [narrowed.products[1]]


def test_a_killed_process_loses_nobodys_words(shop: Assistant, page: Page) -> None:
    chat = ChatPage(page).open(shop.url)
    chat.say("kettle")
    for worker in (1, 2):  # whichever the page is connected to
        os.kill(shop.pid_of(f"port {shop.rasa_port + worker} "), signal.SIGKILL)
        chat.part("input").fill(f"headphones under ${100 + worker}")
        chat.part("input").press("Enter")
        expect(chat.customer_messages.last).to_contain_text(f"${100 + worker}")
        expect(chat.assistant_messages.last).to_contain_text(f"${100 + worker}", timeout=60_000)
        ready = f"http://127.0.0.1:{shop.rasa_port + worker}/webhooks/web/"
        wait_until(lambda url=ready: answers(url), 120)  # type: ignore[misc]
    expect(chat.customer_messages).to_have_count(3)


@pytest.mark.parametrize("refuses_web_socket", [False, True], ids=["web socket", "long polling"])
def test_each_cut_may_lead_to_the_other_process(
    browser: Browser, shop: Assistant, refuses_web_socket: bool
) -> None:
    # The page's Content-Security-Policy would keep the chat from the proxy.
    with (
        browser.new_context(bypass_csp=True) as context,
        cut_proxy(shop.rasa_port, refuses_web_socket=refuses_web_socket) as proxy,
    ):
        page = context.new_page()
        chat = open_through(page, shop, proxy)
        converse(chat, proxy, 8, by_web_socket=not refuses_web_socket)
        assert_answered_once_and_in_order(chat, 8)
        assert_the_same_after_a_reload(chat)


def test_customers_wait_for_redis(shop: Assistant, redis: RedisServer) -> None:
    conversation = shop.chat()
    assert conversation.say("kettle").products
    redis.kill()
    threading.Timer(4, redis.run).start()
    assert conversation.say("headphones under $100").products
    assert chat_with(shop, 1, conversation.token).say("only black ones").replies


def test_without_its_redis_it_says_so_at_the_start(shop: Assistant) -> None:
    ports = ("--port", str(free_port()), "--rasa-port", str(free_port(in_a_row=3)))
    elsewhere = replace(
        shop, environment={**shop.environment, "AISLE_REDIS_URL": "redis://127.0.0.1:1"}
    )
    done = elsewhere.aisle("serve", *ports)
    assert done.returncode == 1
    assert "AISLE_REDIS_URL" in done.stderr and "Start it" in done.stderr
    assert done.stderr.strip().count("\n") == 0
