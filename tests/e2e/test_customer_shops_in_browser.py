"""The conversation of the README, by a customer in a real browser."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant import Assistant, wait_until
from tests.e2e.axe import findings
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


def test_a_deleted_conversation_is_gone_from_every_tab(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)
    chat.say("red sneakers")
    other = ChatPage(page.context.new_page()).open(assistant.url)
    expect(other.customer_messages).to_have_count(1)
    chat.part("menu-button").click()
    page.get_by_role("menuitem", name="Delete this conversation").click()
    chat.part("delete").click()
    for tab in (chat, other):
        expect(tab.customer_messages).to_have_count(0)
        expect(tab.part("quick-reply").first).to_be_visible()
    page.reload()
    if not chat.part("panel").is_visible():
        chat.part("bubble").click()
    expect(chat.part("banner")).to_be_hidden()
    expect(chat.customer_messages).to_have_count(0)
    chat.say("a kettle")
    expect(chat.customer_messages).to_have_count(1)


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


def test_what_is_seen_and_looked_at_is_kept_to_learn_from(
    page: Page, assistant: Assistant, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"

    def kept() -> Counter[tuple[str, str]]:
        assert assistant.aisle("behaviour", "--out", str(log)).returncode == 0
        events = [json.loads(line) for line in log.read_text().splitlines()]
        return Counter(
            (each["event"], each["product_id"]) for each in events if "sneakers" in each["query"]
        )

    of_others = kept()
    chat = ChatPage(page).open(assistant.url)
    chat.say("red sneakers")
    first = chat.last_cards().first.get_attribute("data-product-id") or ""
    page.wait_for_timeout(1000)  # what comes into sight is told together
    chat.last_cards().first.click()
    wait_until(lambda: ("click", first) in kept() - of_others)
    own = kept() - of_others
    assert ("impression", first) in own
    assert set(own.values()) == {1}


@pytest.mark.parametrize(("width", "height"), [(360, 720), (1440, 900)])
def test_chat_fills_a_page_of_its_own(
    page: Page, assistant: Assistant, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{assistant.url}/chat")
    chat = ChatPage(page)
    expect(chat.part("panel")).to_be_visible()
    expect(chat.part("bubble")).to_have_count(0)
    expect(chat.part("close")).to_be_hidden()
    chat.say("headphones")
    expect(chat.part("send")).to_be_in_viewport(ratio=1)
    box = chat.part("panel").bounding_box()
    assert box is not None
    assert box["width"] == width
    assert box["height"] > height * 0.8
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


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
    chat.last_cards().first.click()
    expect(page.locator("aisle-chat .description")).not_to_be_empty()
    assert errors == []
    assert foreign == []
