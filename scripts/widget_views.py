"""The widget's views on a telephone, a tablet and a desk, in light and dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.chat_page import ChatPage

HEIGHTS = {360: 740, 768: 1024, 1440: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VIEWS_OF_WIDER = ("products", "page")
"""What is worth seeing on a tablet and a desk; a telephone shows every view."""
LOADED = """() => {
    const { shadowRoot } = document.querySelector("aisle-chat");
    return [...shadowRoot.querySelectorAll("img")].every(each => each.complete);
}"""
CUSTOMER, ORDER = "theo.abernathy@example.com", "A1039"
BROKEN, PICTURE = "my cream frying pan of order A1040 arrived broken", "/pictures/pan-cream.svg"


def take(browser: Browser, url: str, sign_in: Callable[[str], str], folder: Path) -> None:
    """Writes `view-width-scheme.png` of every view."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in HEIGHTS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            chat = ChatPage(context.new_page()).open(url)

            def shoot(
                view: str, chat: ChatPage = chat, width: int = width, scheme: str = scheme
            ) -> None:
                if width > min(HEIGHTS) and view not in VIEWS_OF_WIDER:
                    return
                chat.page.wait_for_load_state("networkidle")
                chat.page.wait_for_function(LOADED)
                chat.page.screenshot(path=folder / f"{view}-{width}-{scheme}.png")

            shoot("welcome")
            chat.say("I need running shoes under $100")
            shoot("products")
            chat.last_cards().first.click()
            expect(chat.page.locator("aisle-chat .description")).not_to_be_empty()
            shoot("product")
            chat.part("back").click()
            chat.say("compare the first two")
            shoot("comparison")
            chat.page.evaluate(
                "token => document.querySelector('aisle-chat').identify(token)", sign_in(CUSTOMER)
            )
            chat.say(f"Where is my order {ORDER}?")
            expect(chat.part("timeline")).to_be_visible()
            shoot("order")
            chat.say(BROKEN)
            chat.say("I want my money back")
            add_photo(chat, photo(context, f"{url}{PICTURE}"))
            shoot("photo")
            chat.page.goto(f"{url}/chat")
            expect(chat.customer_messages.first).to_be_visible()
            shoot("page")
            context.close()


def photo(context: BrowserContext, url: str) -> bytes:
    """What stands in for a customer's: the shop's drawing of the product, as pixels."""
    page = context.new_page()
    page.set_viewport_size({"width": 600, "height": 600})
    page.goto(url)
    taken = page.screenshot()
    page.close()
    return taken


def add_photo(chat: ChatPage, content: bytes) -> None:
    before = chat.assistant_messages.count()
    with chat.page.expect_file_chooser() as chooser:
        chat.part("attach").click()
    chooser.value.set_files({"name": "my pan.png", "mimeType": "image/png", "buffer": content})
    expect(chat.assistant_messages).to_have_count(before + 1)
    expect(chat.part("typing")).to_be_hidden()
