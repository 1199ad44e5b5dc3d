"""One process is gone while the other runs: a clear sentence, and the next message works."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant import Assistant, answers, make_assistant, wait_until
from tests.e2e.chat_page import ChatPage

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def fragile(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A second shop that may be broken, on the first one's models."""
    data_dir = tmp_path_factory.mktemp("fragile")
    running = make_assistant(data_dir, models_of=assistant)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_service_dies_and_comes_back(fragile: Assistant) -> None:
    conversation = fragile.chat()
    assert conversation.say("red sneakers").products
    service = fragile.pid_of("bot.service")

    os.kill(service, signal.SIGSTOP)
    os.kill(service, signal.SIGKILL)
    while_down = conversation.say("under $90")
    assert "moment" in while_down.text
    assert not while_down.products

    wait_until(lambda: answers(f"{fragile.url}/ready"))
    again = conversation.say("under $90")
    assert again.products
    assert all(product["price"] <= 90 for product in again.products)


def test_rasa_dies_and_the_widget_waits_for_it(page: Page, fragile: Assistant) -> None:
    chat = ChatPage(page).open(fragile.url)
    chat.say("kettle")
    answered = chat.assistant_messages.count()
    os.kill(fragile.pid_of("rasa run"), signal.SIGKILL)

    chat.part("input").fill("headphones under $100")
    chat.part("input").press("Enter")
    expect(chat.customer_messages.last).to_contain_text("headphones under $100")
    assert answers(f"{fragile.url}/v1/search?q=kettle")

    expect(chat.customer_messages.last).to_contain_text("Waiting to be sent")

    wait_until(lambda: answers(f"{fragile.rasa_url}/webhooks/web/"), 120)
    expect(chat.assistant_messages).to_have_count(answered + 1, timeout=60_000)
    expect(chat.last_cards().first).to_be_visible()
    expect(chat.customer_messages).to_have_text(["You: kettle", "You: headphones under $100"])


def test_chat_says_when_nobody_answers(fragile: Assistant, tmp_path: Path) -> None:
    done = fragile.aisle("chat", "--url", "http://127.0.0.1:9", stdin="hello\n")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().count("\n") == 0
    assert "aisle serve" in done.stderr
