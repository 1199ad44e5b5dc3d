"""Takes the documentation's screenshots of the demo shop: `make screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bot.settings import PROJECT_ROOT
from scripts import widget_views
from tests.assistant import make_assistant
from tests.e2e.chat_page import ChatPage
from tests.e2e.conftest import ARGUMENTS, CHROMIUM

IMAGES = PROJECT_ROOT / "docs" / "images"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        assistant = make_assistant(Path(folder))
        assistant.start()
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            chat = ChatPage(page).open(assistant.url)
            chat.say("I need running shoes under $100")
            chat.say("something in red")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / "conversation.png", animations="disabled")
            chat.say("compare the first two")
            page.screenshot(path=IMAGES / "comparison.png", animations="disabled")
            page.close()
            widget_views.take(browser, assistant.url, assistant.sign_in, IMAGES / "widget")
            browser.close()
        finally:
            assistant.stop()


if __name__ == "__main__":
    main()
