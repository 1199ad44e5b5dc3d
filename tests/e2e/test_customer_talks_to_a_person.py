"""A conversation is given to a person at the desk, and given back."""

import pytest
from playwright.sync_api import Page, expect

from bot.evaluation.demo_desk import DemoDesk
from tests.assistant import Assistant
from tests.e2e.chat_page import ChatPage

pytestmark = pytest.mark.e2e

MAYA = "maya.lindqvist@example.com"


def test_the_whole_way_there_and_back(staffed: Assistant, desk: DemoDesk) -> None:
    customer = staffed.chat()
    assert customer.identify(staffed.sign_in(MAYA))
    customer.say("where is my order A1037?")
    assert customer.say("let me talk to a human").text

    opened = desk.next()
    assert opened["type"] == "ticket.opened"
    assert opened["data"]["customer"] == {"email": MAYA, "verified_by": "shop_token"}
    assert any("A1037" in fact["value"] for fact in opened["data"]["summary"])
    assert "let me talk to a human" in [line["text"] for line in opened["data"]["transcript"]]

    assert not customer.say("it is about the zip").replies, "the assistant talks in between"
    assert desk.next()["data"]["text"] == "it is about the zip"

    desk.say(staffed.url, "Hello Maya, I'll send you a new one.", "Mia")
    heard = customer.hear_person()
    assert (heard["author"], heard["text"]) == ("Mia", "Hello Maya, I'll send you a new one.")

    desk.hand_back(staffed.url)
    assert customer.say("show me kettles").products


def test_a_person_is_heard_in_the_browser_and_after_a_reload(
    page: Page, staffed: Assistant, desk: DemoDesk
) -> None:
    chat = ChatPage(page).open(staffed.url)
    chat.say("I want to talk to a person")
    desk.next()
    desk.say(staffed.url, "Mia here, what is it about?", "Mia")
    expect(chat.assistant_messages.filter(has_text="Mia here")).to_have_count(1)
    page.reload()
    expect(chat.assistant_messages.filter(has_text="Mia here")).to_have_count(1)
