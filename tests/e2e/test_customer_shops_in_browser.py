"""The conversation of the README, by a customer in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.assistant import Assistant
from tests.e2e.chat_page import ChatPage

pytestmark = pytest.mark.e2e


def prices(chat: ChatPage) -> list[float]:
    texts = chat.last_cards().all_inner_texts()
    return [float(price) for text in texts for price in re.findall(r"\$([\d,]+\.\d\d)", text)[:1]]


def test_customer_finds_narrows_and_asks(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)

    chat.say("I need running shoes under $100")
    expect(chat.last_cards().first).to_be_visible()
    assert len(prices(chat)) == chat.last_cards().count()
    assert all(price <= 100 for price in prices(chat))

    chat.say("something in red")
    expect(chat.last_cards().first).to_be_visible()
    assert all(price <= 100 for price in prices(chat))
    for card in chat.last_cards().all():
        product = page.request.get(
            f"{assistant.url}/v1/products/{card.get_attribute('data-product-id')}"
        ).json()
        assert product["category"].startswith("Shoes > ")
        shown = next(
            each
            for each in product["variants"]
            if each["id"] == card.get_attribute("data-product-id")
        )
        assert shown["color"] == "red"

    expect(chat.say("what is your return policy?")).to_contain_text("30 days")

    expect(chat.say("where is my order?")).to_contain_text("order number")


def test_a_constraint_is_tapped_away_and_two_are_compared(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)
    chat.say("running shoes under $100")
    chat.say("in red")
    tags = chat.assistant_messages.last.locator('[part~="constraint"]')
    expect(tags).to_have_count(2)
    chat.tap(tags.filter(has_text="red"))
    expect(chat.assistant_messages.last.locator('[part~="constraint"]')).to_have_count(1)
    assert all(price <= 100 for price in prices(chat))
    shown = chat.last_cards().count()
    assert shown > 1

    chat.say("compare the first two")
    table = chat.assistant_messages.last.locator('[part~="comparison"]')
    expect(table).to_be_visible()
    expect(table.get_by_role("columnheader")).to_have_count(2)
    box, panel = table.bounding_box(), chat.part("panel").bounding_box()
    assert box is not None
    assert panel is not None
    assert box["x"] >= panel["x"]


def test_conversation_survives_a_reload_and_is_nobody_elses(
    page: Page, assistant: Assistant
) -> None:
    chat = ChatPage(page).open(assistant.url)
    chat.say("red sneakers")
    shown = [card.get_attribute("data-product-id") for card in chat.last_cards().all()]

    page.reload()
    if not chat.part("panel").is_visible():
        chat.part("bubble").click()
    expect(chat.customer_messages).to_have_text(["You: red sneakers"])
    assert [card.get_attribute("data-product-id") for card in chat.last_cards().all()] == shown

    browser = page.context.browser
    assert browser is not None
    stranger = browser.new_context()
    other = ChatPage(stranger.new_page()).open(assistant.url)
    expect(other.customer_messages).to_have_count(0)
    stranger.close()


def test_markup_stays_text(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)
    typed = "<img src=x onerror=\"document.title='owned'\"><b>boots</b>"
    chat.say(typed)
    expect(chat.customer_messages.last).to_contain_text("<b>boots</b>")
    assert page.locator("aisle-chat b").count() == 0
    assert page.title() != "owned"


def test_whole_conversation_by_keyboard(page: Page, assistant: Assistant) -> None:
    page.goto(assistant.url)
    bubble = ChatPage(page).part("bubble")
    bubble.focus()
    page.keyboard.press("Enter")
    chat = ChatPage(page)
    expect(chat.part("input")).to_be_focused()
    chat.say("a tent for two")
    expect(chat.last_cards().first).to_be_visible()
    page.keyboard.press("Escape")
    expect(chat.part("panel")).to_be_hidden()
    expect(bubble).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(360, 720), (768, 1024), (1440, 900)])
def test_chat_fits_the_screen(page: Page, assistant: Assistant, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    chat = ChatPage(page).open(assistant.url)
    chat.say("headphones")
    for name in ("panel", "input", "send"):
        box = chat.part(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0


def test_nothing_goes_wrong_in_the_console(page: Page, assistant: Assistant) -> None:
    errors: list[str] = []
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    foreign: list[str] = []
    page.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if "127.0.0.1" not in request.url and not request.url.startswith(("data:", "blob:"))
            else None
        ),
    )
    chat = ChatPage(page).open(assistant.url)
    chat.say("kettle")
    expect(chat.last_cards().first).to_be_visible()
    assert errors == []
    assert foreign == []
