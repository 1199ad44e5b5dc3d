"""Every view of the widget: by axe-core, by keyboard alone, zoomed, mirrored, without motion."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant import Assistant
from tests.e2e.axe import findings
from tests.e2e.chat_page import ChatPage

pytestmark = pytest.mark.e2e

SHOP_COLOURS = ("#ffd400", "#0a7d3b", "#7a1fa2", "#e03131", "#4dabf7", "#868e96", "#000", "#fff")


def focused(page: Page) -> str:
    """The part, text or role of what has the focus, within the widget."""
    found: str = page.evaluate(
        """() => {
            const { activeElement } = document;
            const focus = activeElement.shadowRoot?.activeElement ?? activeElement;
            const face = focus.closest("[part=card]");
            return face ? "card" : focus.getAttribute("part") ?? focus.textContent.trim();
        }"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_view(
    browser: Browser, assistant: Assistant, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    chat = ChatPage(page)
    page.goto(assistant.url)
    chat.part("bubble").wait_for()
    found = {"closed": findings(page)}
    page.evaluate("document.querySelector('aisle-chat').invite({ text: 'May I help you?' })")
    expect(chat.part("invitation")).to_be_visible()
    found["invitation"] = findings(page)
    chat.part("bubble").click()
    found["welcome"] = findings(page)
    chat.say("running shoes under $100")
    found["cards and constraints"] = findings(page)
    chat.say("compare the first two")
    found["comparison"] = findings(page)
    chat.say("add the cheaper one")
    chat.say("what is in my cart?")
    found["cart"] = findings(page)
    page.evaluate(
        "token => document.querySelector('aisle-chat').identify(token)",
        assistant.sign_in("maya.lindqvist@example.com"),
    )
    chat.say("where is my order A1001?")
    expect(chat.part("timeline")).to_be_visible()
    found["order"] = findings(page)
    chat.part("menu-button").click()
    found["menu"] = findings(page)
    page.keyboard.press("Escape")
    page.locator('aisle-chat [part~="card"]').first.click()
    expect(page.locator("aisle-chat input[type=radio]").first).to_be_attached()
    found["product"] = findings(page)
    chat.part("back").click()
    chat.part("menu-button").click()
    page.get_by_role("menuitem", name="Delete this conversation").click()
    found["deletion"] = findings(page)
    chat.part("back").click()
    chat.part("input").fill("x" * 1001)
    found["too long"] = findings(page)
    chat.part("input").fill("")
    context.set_offline(True)
    chat.part("input").fill("hello")
    chat.part("input").press("Enter")
    expect(chat.part("banner")).to_be_visible()
    found["offline"] = findings(page)
    context.close()
    assert {view: each for view, each in found.items() if each} == {}


def test_axe_sees_into_the_widget(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)
    page.evaluate("document.querySelector('aisle-chat').style.setProperty('--aisle-text', '#eee')")
    chat.part("bubble").evaluate("bubble => bubble.removeAttribute('aria-label')")
    rules = {finding.split(":")[0] for finding in findings(page)}
    assert rules == {"color-contrast", "button-name"}


def test_whole_conversation_by_keyboard_alone(page: Page, assistant: Assistant) -> None:
    page.goto(assistant.url)
    chat = ChatPage(page)
    press, write = page.keyboard.press, page.keyboard.type
    chat.part("bubble").wait_for()
    # The bubble is the last thing on the page.
    press("Shift+Tab")
    assert focused(page) == "bubble"
    press("Enter")
    expect(chat.part("input")).to_be_focused()

    # A suggestion of the welcome, reached backwards from the text area.
    press("Shift+Tab")
    assert focused(page) == "quick-reply"
    press("Enter")
    expect(chat.customer_messages).to_have_count(1)
    expect(chat.part("typing")).to_be_hidden()
    expect(chat.part("input")).to_be_focused()

    write("running shoes under $100")
    press("Enter")
    expect(chat.last_cards().first).to_be_visible()
    expect(chat.part("typing")).to_be_hidden()

    # Back over the suggestions to the cards, and along them.
    while focused(page) != "card":
        press("Shift+Tab")
    press("Home")
    press("ArrowRight")
    press("Enter")
    second = chat.last_cards().nth(1)
    title = second.locator(".title").inner_text()
    expect(page.get_by_role("dialog", name=title)).to_be_visible()

    # A size by the arrow keys, then into the cart.
    size = page.get_by_role("group", name="Size").get_by_role("radio")
    expect(size.first).to_be_attached()
    while focused(page) != "add-to-cart":
        press("Tab")
    press("Enter")
    expect(chat.customer_messages.last).to_contain_text(f"Add the {title}")
    expect(chat.assistant_messages.last).to_contain_text("Your cart comes to")
    expect(chat.part("input")).to_be_focused()

    # The menu, and out again.
    while focused(page) != "menu-button":
        press("Shift+Tab")
    press("Enter")
    assert focused(page) == "Talk to a person"
    press("Escape")
    assert focused(page) == "menu-button"
    press("Escape")
    expect(chat.part("panel")).to_be_hidden()
    expect(chat.part("bubble")).to_be_focused()


def test_what_is_said_is_announced_politely(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)
    chat.say("a kettle")
    expect(chat.log).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("You: a kettle")
    expect(chat.part("banner")).to_have_attribute("role", "status")


def test_no_motion_where_none_is_wanted(browser: Browser, assistant: Assistant) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    chat = ChatPage(page).open(assistant.url)
    chat.say("a kettle")
    moving = page.evaluate(
        "document.querySelector('aisle-chat').shadowRoot.getAnimations().length"
        " + [...document.querySelector('aisle-chat').shadowRoot.querySelectorAll('*')]"
        ".filter(each => getComputedStyle(each).animationName !== 'none').length"
    )
    context.close()
    assert moving == 0


@pytest.fixture
def zoomed(browser: Browser) -> Iterator[Page]:
    """1280 × 800 pixels at 200 %: half as many for the page."""
    context = browser.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    yield context.new_page()
    context.close()


def test_everything_is_in_reach_at_200_percent(zoomed: Page, assistant: Assistant) -> None:
    chat = ChatPage(zoomed).open(assistant.url)
    chat.say("running shoes under $100")
    for name in ("panel", "input", "send", "close", "menu-button", "bubble"):
        expect(chat.part(name)).to_be_in_viewport(ratio=1)
    log = chat.part("messages").bounding_box()
    assert log is not None
    assert log["height"] > 100
    chat.last_cards().first.click()
    expect(chat.part("add-to-cart")).to_be_in_viewport(ratio=1)
    assert zoomed.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_of_twice_the_size_stays_within_the_panel(page: Page, assistant: Assistant) -> None:
    chat = ChatPage(page).open(assistant.url)
    chat.say("running shoes under $100")
    page.evaluate("document.querySelector('aisle-chat').style.zoom = 2")
    assert page.evaluate(
        """() => {
            const log = document.querySelector("aisle-chat").shadowRoot.querySelector("[role=log]");
            return log.scrollWidth <= log.clientWidth;
        }"""
    )


def test_mirrored_for_a_language_from_right_to_left(page: Page, assistant: Assistant) -> None:
    page.goto(assistant.url)
    page.evaluate("document.documentElement.dir = 'rtl'")
    chat = ChatPage(page)
    chat.part("bubble").click()
    chat.say("running shoes under $100")
    assert findings(page) == []
    customer = chat.customer_messages.last.locator(".text").bounding_box()
    reply = chat.assistant_messages.last.locator(".text").bounding_box()
    assert customer is not None
    assert reply is not None
    assert customer["x"] < reply["x"]
    first, second = (chat.last_cards().nth(place).bounding_box() for place in (0, 1))
    assert first is not None
    assert second is not None
    assert second["x"] < first["x"]
    chat.last_cards().first.locator(".card-face").focus()
    page.keyboard.press("ArrowLeft")
    expect(chat.last_cards().nth(1).locator(".card-face")).to_be_focused()
    panel, bubble = chat.part("panel").bounding_box(), chat.part("bubble").bounding_box()
    assert panel is not None
    assert bubble is not None
    assert bubble["x"] < 640
    assert panel["x"] < 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_the_shops_own_colour(
    browser: Browser, assistant: Assistant, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    chat = ChatPage(page).open(assistant.url)
    chat.say("a kettle")
    found = {}
    for colour in SHOP_COLOURS:
        page.evaluate(
            "colour => document.querySelector('aisle-chat').style"
            ".setProperty('--aisle-accent', colour)",
            colour,
        )
        found[colour] = findings(page)
    context.close()
    assert {colour: each for colour, each in found.items() if each} == {}
