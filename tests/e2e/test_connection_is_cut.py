"""Nothing is lost and nothing doubled, however often the connection is cut in mid-turn."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant import Assistant
from tests.e2e.chat_page import ChatPage
from tests.e2e.cut_conversation import (
    ASKED,
    assert_answered_once_and_in_order,
    assert_the_same_after_a_reload,
    converse,
    open_through,
)
from tests.e2e.cut_proxy import cut_proxy

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose Content-Security-Policy does not keep the chat from the proxy."""
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("refuses_web_socket", [False, True], ids=["web socket", "long polling"])
def test_ten_cuts(page: Page, assistant: Assistant, refuses_web_socket: bool) -> None:
    with cut_proxy(assistant.rasa_port, refuses_web_socket=refuses_web_socket) as proxy:
        chat = open_through(page, assistant, proxy)
        converse(chat, proxy, 10, by_web_socket=not refuses_web_socket)
        assert_answered_once_and_in_order(chat, 10)
        assert_the_same_after_a_reload(chat)


@pytest.mark.benchmark
def test_a_hundred_cuts(page: Page, assistant: Assistant) -> None:
    with cut_proxy(assistant.rasa_port) as proxy:
        chat = open_through(page, assistant, proxy)
        converse(chat, proxy, 100)
        assert_answered_once_and_in_order(chat, 100)


def test_what_is_written_offline_goes_once_and_in_order(page: Page, assistant: Assistant) -> None:
    with cut_proxy(assistant.rasa_port) as proxy:
        chat = open_through(page, assistant, proxy)
        chat.say("hello")
        page.context.set_offline(True)
        expect(chat.part("banner")).to_be_visible()
        for text in ASKED[:3]:
            chat.part("input").fill(text)
            chat.part("input").press("Enter")
        expect(chat.page.get_by_text("Waiting to be sent")).to_have_count(3)
        page.context.set_offline(False)
        expect(chat.part("banner")).to_be_hidden()
        expect(chat.page.get_by_text("Waiting to be sent")).to_have_count(0)
        assert_answered_once_and_in_order(chat, 4)


def test_another_tab_has_the_conversation_and_hears_what_is_said(
    page: Page, assistant: Assistant
) -> None:
    chat = ChatPage(page).open(assistant.url)
    chat.say("a kettle")
    other = ChatPage(page.context.new_page()).open(assistant.url)
    expect(other.customer_messages).to_have_text(["You: a kettle"])
    other.say("in blue")
    expect(chat.customer_messages).to_have_text(["You: a kettle", "You: in blue"])
    expect(chat.assistant_messages).to_have_count(other.assistant_messages.count() + 1)
