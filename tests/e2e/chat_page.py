"""The chat on a page, as a customer's hands and eyes meet it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class ChatPage:
    page: Page

    def open(self, url: str) -> "ChatPage":
        self.page.goto(url)
        self.part("bubble").click()
        expect(self.part("panel")).to_be_visible()
        return self

    def part(self, name: str) -> Locator:
        return self.page.locator(f'aisle-chat [part~="{name}"]')

    @property
    def log(self) -> Locator:
        return self.page.locator('aisle-chat [role="log"]')

    def say(self, text: str) -> Locator:
        """Types, sends, waits for the end of the turn; the assistant's messages of the turn."""
        self.part("input").fill(text)
        return self._told_after(lambda: self.part("input").press("Enter"))

    def tap(self, target: Locator) -> Locator:
        """Taps what sends a message, waits likewise; the assistant's messages of the turn."""
        return self._told_after(target.click)

    def _told_after(self, act: Callable[[], None]) -> Locator:
        before = self.assistant_messages.count()
        act()
        expect(self.assistant_messages).not_to_have_count(before)
        expect(self.part("typing")).to_be_hidden()
        return self.assistant_messages.nth(before)

    @property
    def assistant_messages(self) -> Locator:
        return self.page.locator('aisle-chat [part~="message"][part~="assistant"]')

    @property
    def customer_messages(self) -> Locator:
        return self.page.locator('aisle-chat [part~="message"][part~="customer"]')

    def last_cards(self) -> Locator:
        return self.assistant_messages.last.locator('[part~="card"]')
