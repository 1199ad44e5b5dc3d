"""A conversation whose connection is cut again and again, and what must be true of it."""

from playwright.sync_api import Page, expect

from tests.assistant import Assistant
from tests.e2e.chat_page import ChatPage
from tests.e2e.cut_proxy import CutProxy

LONGEST_TURN_MS = 150
"""About as long as a turn takes: a cut within it may meet any part of one."""
ASKED = (
    "red sneakers",
    "a kettle",
    "what is your return policy?",
    "headphones under $100",
    "hello",
    "a tent for two",
)
COUNT_RETURNS = """() => {
    const banner = document.querySelector("aisle-chat").shadowRoot.querySelector("[part=banner]");
    window.returns = 0;
    new MutationObserver(() => { window.returns += banner.hidden; })
        .observe(banner, { attributeFilter: ["hidden"] });
}"""
"""Counts how often the chat has been reached again: the banner shows while it is not."""


def open_through(page: Page, assistant: Assistant, proxy: CutProxy) -> ChatPage:
    """The chat on a page of the shop, reaching its channel through the proxy alone."""
    page.add_init_script(f"""addEventListener("DOMContentLoaded", () => {{
        const chat = document.querySelector("aisle-chat");
        chat.remove();
        chat.dataset.chatUrl = "{proxy.url}";
        document.body.append(chat);
    }})""")
    chat = ChatPage(page).open(assistant.url)
    expect(chat.part("banner")).to_be_hidden()
    page.evaluate(COUNT_RETURNS)
    return chat


def ids(chat: ChatPage, who: str) -> list[str]:
    found: list[str] = chat.page.eval_on_selector_all(
        f'aisle-chat [part~="message"][part~="{who}"]',
        "messages => messages.map(message => message.dataset.messageId)",
    )
    return [each for each in found if each != "welcome"]


def converse(chat: ChatPage, proxy: CutProxy, cuts: int, *, by_web_socket: bool = True) -> None:
    """One message for each cut, which comes before, in or after its turn."""
    for number in range(cuts):
        chat.part("input").fill(ASKED[number % len(ASKED)])
        chat.part("input").press("Enter")
        chat.page.wait_for_timeout(number * 37 % LONGEST_TURN_MS)
        proxy.cut()
        if by_web_socket:
            chat.page.wait_for_function("number => window.returns > number", arg=number)
        else:
            # A browser may repeat a request that was cut by itself: nothing shows then.
            chat.page.wait_for_timeout(500)


def assert_answered_once_and_in_order(chat: ChatPage, count: int) -> None:
    expect(chat.customer_messages).to_have_count(count)
    said = ids(chat, "customer")
    assert len(set(said)) == count
    # The last turn may still be running, or the chat be waiting for what was lost of it.
    last = chat.page.locator(f'aisle-chat [data-message-id^="{said[-1]}."]').first
    expect(last).to_be_visible(timeout=40_000)
    expect(chat.part("typing")).to_be_hidden()
    replies = ids(chat, "assistant")
    assert len(set(replies)) == len(replies)
    answered = [reply.rpartition(".")[0] for reply in replies]
    assert list(dict.fromkeys(answered)) == said
    assert answered == sorted(answered, key=said.index)
    texts = chat.assistant_messages.all_inner_texts()
    assert not [text for text in texts if "can't reach" in text or "writing faster" in text]


def assert_the_same_after_a_reload(chat: ChatPage) -> None:
    said, shown = ids(chat, "customer"), ids(chat, "assistant")
    chat.page.reload()
    expect(chat.customer_messages).to_have_count(len(said))
    assert ids(chat, "customer") == said
    assert ids(chat, "assistant") == shown
