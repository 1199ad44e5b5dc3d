"""A photo of what arrived broken: from the customer's hands to the shop's people."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from sqlalchemy import func, select

from bot.evaluation.demo_desk import DemoDesk
from bot.evaluation.demo_orders import DemoOrders
from catalog.database import connect
from catalog.models import ProvedIdentity
from tests.assistant import Assistant, wait_until
from tests.bot.attachments import pictures
from tests.e2e.axe import findings
from tests.e2e.chat_page import ChatPage

pytestmark = pytest.mark.e2e

THEO = "theo.abernathy@example.com"
PHOTO: FilePayload = {
    "name": "my pan.jpg",
    "mimeType": "image/jpeg",
    "buffer": pictures.jpeg(3000, 2000),
}
PAPER: FilePayload = {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": pictures.PDF}
DRAWING: FilePayload = {"name": "fake.png", "mimeType": "image/png", "buffer": pictures.SVG}


@pytest.fixture(autouse=True)
def orders(assistant: Assistant) -> Iterator[None]:
    """As the demo shop has them, also for those who come after."""
    engine = connect(f"sqlite:///{assistant.data_dir / 'aisle.db'}")
    demo = DemoOrders(engine)
    yield
    demo.put_back()
    engine.dispose()


def proofs(assistant: Assistant) -> int:
    """How often Theo has proved who he is."""
    engine = connect(f"sqlite:///{assistant.data_dir / 'aisle.db'}")
    with engine.connect() as connection:
        his = select(func.count()).select_from(ProvedIdentity).where(ProvedIdentity.email == THEO)
        count = connection.scalar(his) or 0
    engine.dispose()
    return count


def to_the_photo(page: Page, assistant: Assistant) -> ChatPage:
    """A customer who is logged in, and asked for a photo."""
    # `expect_file_chooser` does not wait until the browser has agreed to hand the chooser over: a
    # key pressed at once came before that in one of five runs on a busy machine.
    page.on("filechooser", lambda _: None)
    chat = ChatPage(page).open(assistant.url)
    expect(chat.part("attach")).to_be_hidden()
    expect(chat.part("banner")).to_be_hidden()
    before = proofs(assistant)
    page.evaluate(
        "token => document.querySelector('aisle-chat').identify(token)", assistant.sign_in(THEO)
    )
    wait_until(lambda: proofs(assistant) > before)
    chat.say("my cream frying pan of order A1040 arrived broken")
    expect(chat.say("I want my money back")).to_contain_text("add a photo")
    expect(chat.part("attach")).to_be_visible()
    return chat


def add(chat: ChatPage, *files: FilePayload) -> None:
    """Picks them, and waits until the assistant has said what it thinks of the last."""
    before = chat.assistant_messages.count()
    with chat.page.expect_file_chooser() as chooser:
        chat.part("attach").click()
    chooser.value.set_files(list(files))
    expect(chat.assistant_messages).to_have_count(before + len(files))
    expect(chat.part("typing")).to_be_hidden()


def test_a_photo_reaches_the_shop_and_stays_in_the_chat(page: Page, assistant: Assistant) -> None:
    chat = to_the_photo(page, assistant)
    add(chat, PHOTO)
    picture = chat.part("file").get_by_role("img", name="my pan.jpg")
    expect(picture).to_be_visible()
    drawn = "canvas => canvas.getContext('2d').getImageData(9, 9, 1, 1).data[0]"
    assert picture.evaluate(drawn) > 100, "nothing is drawn"
    expect(chat.assistant_messages.last).to_contain_text("I have your photo")
    expect(chat.assistant_messages.last).to_be_in_viewport(ratio=1)
    add(chat, PAPER)
    paper = chat.part("file").get_by_text("bill.pdf", exact=True)
    expect(paper).to_be_visible()

    page.reload()
    expect(picture).to_be_visible()
    expect(paper).to_be_visible()
    expect(chat.part("attach")).to_be_visible()
    other = ChatPage(page.context.new_page()).open(assistant.url)
    expect(other.part("file").get_by_role("img", name="my pan.jpg")).to_be_visible()
    other.page.close()

    chat.say("that's all")
    expect(chat.part("attach")).to_be_hidden()
    expect(chat.say("yes")).to_contain_text("A1040-R1. Your 2 photos are with it.")

    listed = json.loads(assistant.aisle("attachments", "A1040-R1", "--json").stdout)
    assert [each["name"] for each in listed["files"]] == ["my pan.jpg", "bill.pdf"]
    shop = page.context.new_page()
    shop.goto(listed["link"])
    expect(shop.get_by_role("heading")).to_have_text("Return A1040-R1, order A1040")
    expect(shop.locator("img")).to_have_js_property("complete", True)
    assert shop.locator("img").evaluate("img => img.naturalWidth") == 2560
    with shop.expect_download() as download:
        shop.get_by_role("link", name="bill.pdf").click()
    assert download.value.suggested_filename == "A1040-R1.pdf"
    kept = shop.request.get(shop.get_by_role("link", name="my pan.jpg").evaluate("a => a.href"))
    assert dict(Image.open(BytesIO(kept.body())).getexif()) == {}


def test_what_is_no_picture_is_refused_and_a_photo_is_taken_back(
    page: Page, assistant: Assistant
) -> None:
    chat = to_the_photo(page, assistant)
    with page.expect_file_chooser() as chooser:
        chat.part("attach").click()
    chooser.value.set_files([DRAWING])
    expect(chat.log).to_contain_text("neither a picture")
    chat.part("remove-file").click()
    expect(chat.part("file")).to_have_count(0)

    add(chat, PHOTO)
    chat.part("remove-file").click()
    expect(chat.part("file")).to_contain_text("my pan.jpg is removed.")
    page.reload()
    expect(chat.part("file")).to_contain_text("my pan.jpg is removed.")
    chat.say("that's all")
    expect(chat.say("yes")).not_to_contain_text("photo")


def test_a_connection_that_is_lost_is_told_and_tried_again(
    page: Page, assistant: Assistant
) -> None:
    chat = to_the_photo(page, assistant)
    route = "**/webhooks/web/attachments"
    cut: Callable[[Route], None] = lambda route: route.abort("connectionreset")  # noqa: E731
    page.route(route, cut)
    with page.expect_file_chooser() as chooser:
        chat.part("attach").click()
    chooser.value.set_files([PHOTO])
    expect(chat.log).to_contain_text("the connection was lost")
    page.unroute(route, cut)
    before = chat.assistant_messages.count()
    chat.log.get_by_role("button", name="Try again").click()
    expect(chat.assistant_messages).to_have_count(before + 1)
    expect(chat.part("file").get_by_role("img")).to_be_visible()


def test_a_photo_is_pasted_and_dropped(page: Page, assistant: Assistant) -> None:
    chat = to_the_photo(page, assistant)
    for kind, carrier, target in (
        ("paste", "clipboardData", "input"),
        ("drop", "dataTransfer", "messages"),
    ):
        before = chat.assistant_messages.count()
        chat.part(target).evaluate(
            """async (element, [kind, carrier, bytes]) => {
                const files = new DataTransfer();
                const type = "image/jpeg";
                files.items.add(new File([new Uint8Array(bytes)], `${kind}.jpg`, { type }));
                const Event = kind === "paste" ? ClipboardEvent : DragEvent;
                const options = { bubbles: true, cancelable: true, composed: true };
                element.dispatchEvent(new Event(kind, { ...options, [carrier]: files }));
            }""",
            [kind, carrier, list(pictures.jpeg(60, 40))],
        )
        expect(chat.assistant_messages).to_have_count(before + 1)
        expect(chat.part("file").get_by_role("img", name=f"{kind}.jpg")).to_be_visible()


def test_by_keyboard_alone(page: Page, assistant: Assistant) -> None:
    chat = to_the_photo(page, assistant)
    chat.part("input").focus()
    page.keyboard.press("Tab")
    expect(chat.part("attach")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    before = chat.assistant_messages.count()
    chooser.value.set_files([PHOTO])
    expect(chat.assistant_messages).to_have_count(before + 1)
    chat.part("remove-file").focus()
    page.keyboard.press("Enter")
    expect(chat.part("file")).to_contain_text("is removed")
    expect(chat.part("input")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing_on_files(
    browser: Browser, assistant: Assistant, scheme: Literal["light", "dark"], direction: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script(
        f"document.addEventListener('DOMContentLoaded', () => document.dir = '{direction}')"
    )
    chat = to_the_photo(page, assistant)
    found = {"asked": findings(page)}
    page.route("**/webhooks/web/attachments", lambda route: None)  # on its way for ever
    with page.expect_file_chooser() as chooser:
        chat.part("attach").click()
    chooser.value.set_files([PHOTO])
    expect(chat.part("file").get_by_role("progressbar")).to_be_visible()
    found["on its way"] = findings(page)
    chat.part("remove-file").click()
    page.unroute_all(behavior="ignoreErrors")
    add(chat, PHOTO, PAPER)
    expect(chat.part("file").get_by_role("img")).to_be_visible()
    found["taken"] = findings(page)
    chat.part("remove-file").first.click()
    expect(chat.log).to_contain_text("is removed")
    found["removed"] = findings(page)
    for file in chat.part("file").all():
        box = file.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    context.close()
    assert {view: each for view, each in found.items() if each} == {}


def test_a_person_gets_the_photo_with_the_conversation(
    page: Page, staffed: Assistant, desk: DemoDesk
) -> None:
    desk.mark()
    chat = to_the_photo(page, staffed)
    add(chat, PHOTO)
    chat.say("I want to talk to a person")
    summary = {each["name"]: each["value"] for each in desk.next()["data"]["summary"]}
    picture = page.request.get(summary["Pictures and files"])
    assert picture.ok
    assert "my pan.jpg" in picture.text()
