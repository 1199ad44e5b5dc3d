"""Photos of what came broken, and of nothing else."""

from dataclasses import replace

import pytest

from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Upload
from bot.attachments.attachments import AttachmentLimits, Attachments
from bot.attachments.errors import NotInvitedError
from bot.attachments.folders import Folders
from bot.attachments.links import AttachmentLinks
from bot.desk.desks import Desks
from bot.desk.hours import Hours
from bot.desk.ticket import Reason
from bot.orders.capability import Capability
from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.support.handing_over import People
from catalog.models import DeskTicket
from tests.bot.actions.orders.person import Person
from tests.bot.attachments import pictures

UPLOAD = Upload(1_000_000)
QUESTION = "Would you like to add a photo of it?"


@pytest.fixture
def context(context: ActionContext) -> ActionContext:
    links = AttachmentLinks("https://shop.example", "a key for tests")
    limits = AttachmentLimits(megabytes=1, most=2)
    return replace(context, attachments=Attachments(context.sessions, links, limits))


@pytest.fixture
def folders(context: ActionContext) -> Folders:
    return Folders(context.sessions, AttachmentLinks("https://shop.example", "a key for tests"))


@pytest.fixture
def customer(customer: Person) -> Person:
    customer.takes_files = True
    return customer.is_verified()


def to_the_photo(customer: Person, reason: str = "it arrived damaged") -> Answer:
    customer.says("return A1003", "return_order")
    customer.says("the boot")
    customer.says(reason)
    return customer.says("my money back")


def heard(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


@pytest.mark.parametrize(
    "reason", ["it arrived damaged", "it doesn't work", "wrong item", "not as described"]
)
def test_a_photo_is_asked_for_where_something_is_wrong(customer: Person, reason: str) -> None:
    [asked] = to_the_photo(customer, reason).replies
    assert asked.text.startswith(QUESTION)
    assert asked.quick_replies == ("No photo", "Never mind")
    assert asked.upload == UPLOAD


def test_nobody_needs_one_of_what_is_too_small(customer: Person) -> None:
    customer.says("return A1003", "return_order")
    customer.says("the boot")
    customer.says("too small")
    assert "Shall I start the return?" in customer.hears("yes, it's unused")


def test_a_chat_that_sends_no_files_is_not_asked(customer: Person) -> None:
    customer.takes_files = False
    assert "Shall I start the return?" in heard(to_the_photo(customer))


def test_an_engine_that_shows_nobody_the_link_does_not_ask(
    context: ActionContext, customer: Person
) -> None:
    class Blind(DatabaseOrders):
        capabilities = DatabaseOrders.capabilities - {Capability.RETURN_PICTURES}

    terms = context.orders.terms
    orders = OrderDesk(Blind(context.sessions, terms), context.sessions, terms)
    customer.context = replace(context, orders=orders)
    assert "Shall I start the return?" in heard(to_the_photo(customer))


@pytest.mark.parametrize(
    "words",
    ["No photo", "no", "no thanks", "skip", "I don't have a camera", "without one", "go on"],
)
def test_there_need_be_none(customer: Person, folders: Folders, words: str) -> None:
    to_the_photo(customer)
    [asked] = customer.says(words, "deny").replies
    assert "Shall I start the return?" in asked.text
    assert asked.upload is None
    assert "photo" not in customer.hears("yes", "affirm")
    assert folders.latest(1) == ()


def test_photos_belong_to_the_return_that_is_started(customer: Person, folders: Folders) -> None:
    to_the_photo(customer)
    [first] = customer.adds(pictures.jpeg(), "m1").replies
    assert "I have your photo" in first.text
    assert (first.quick_replies[0], first.upload) == ("That's all", UPLOAD)
    [last] = customer.adds(pictures.jpeg(), "m2").replies
    assert "Shall I start the return?" in last.text, "there is room for two"
    assert folders.latest(1) == ()
    assert "Your 2 photos are with it." in customer.hears("yes", "affirm")
    [folder] = folders.latest(1)
    assert (folder.return_number, len(folder.files)) == ("A1003-R1", 2)
    with pytest.raises(NotInvitedError):
        customer.adds(pictures.jpeg(), "m3")


def test_two_photos_that_come_at_once_are_two_answers(customer: Person) -> None:
    to_the_photo(customer)
    attachments = customer.context.attachments
    assert attachments is not None
    attachments.limits = AttachmentLimits(most=5)
    at = (customer.conversation, customer.device)
    both = [attachments.add(*at, f"m{n}", "a.jpg", pictures.jpeg()) for n in range(2)]
    for taken in both:
        said = heard(customer.says("Here's a photo.", "search_products", attachment=taken.id))
        assert said.startswith("Thank you, I have 2 photos now.")


def test_one_photo_is_enough(customer: Person, folders: Folders) -> None:
    to_the_photo(customer)
    customer.adds(pictures.jpeg(), "m1")
    assert "Shall I start the return?" in customer.hears("that's all", "thanks")
    assert "Your photo is with it." in customer.hears("yes", "affirm")


def test_a_photo_that_was_taken_back_does_not_count(
    context: ActionContext, customer: Person
) -> None:
    to_the_photo(customer)
    customer.adds(pictures.jpeg(), "m1")
    attachments = context.attachments
    assert attachments is not None
    sent = attachments.add(customer.conversation, customer.device, "m1", "a.jpg", pictures.jpeg())
    assert attachments.remove(customer.conversation, customer.device, sent.id)
    again = customer.hears("purple", "refine_search")
    assert "add a photo" in again
    assert "I have your photo" not in again
    assert customer.task is not None
    assert "have" not in customer.task.question, "what is asked after something in between"
    customer.says("that's all")
    assert "photo" not in customer.hears("yes", "affirm")


def test_who_wants_to_add_one_hears_how(customer: Person) -> None:
    to_the_photo(customer)
    [how] = customer.says("yes", "affirm").replies
    assert "paper clip" in how.text
    assert "1 MB" in how.text
    assert how.upload == UPLOAD


def test_a_question_in_between_leaves_the_paper_clip(customer: Person) -> None:
    to_the_photo(customer)
    [*_, again] = customer.says("how long do I have?", "ask_policy").replies
    assert again.text.startswith(QUESTION)
    assert again.upload == UPLOAD


def test_a_photo_that_comes_late_is_asked_about_the_return_again(customer: Person) -> None:
    to_the_photo(customer)
    customer.says("no photo")
    assert "Shall I start the return?" in heard(customer.adds(pictures.jpeg(), "m1"))
    assert "Your photo is with it." in customer.hears("yes", "affirm")


@pytest.mark.parametrize("words", ["never mind", "forget it"])
def test_nothing_is_kept_of_a_return_that_is_left(
    customer: Person, folders: Folders, words: str
) -> None:
    to_the_photo(customer)
    customer.adds(pictures.jpeg(), "m1")
    customer.says(words, "deny")
    assert customer.task is None
    to_the_photo(customer)
    customer.says("no photo")
    customer.says("no", "deny")
    assert folders.take_over(customer.conversation) == ()


def test_a_person_gets_the_photos_too(
    context: ActionContext, customer: Person, folders: Folders
) -> None:
    to_the_photo(customer)
    customer.adds(pictures.jpeg(), "m1")
    desks = Desks(context.sessions)
    people = People(
        desks, Hours.parse("", "UTC", ""), lambda text: False, context.identities,
        context.sessions, folders,
    )  # fmt: skip
    people.take_over(customer.conversation, customer.device, Reason.ASKED, customer.state, ())
    with context.sessions() as session:
        summary = dict(session.query(DeskTicket).one().summary)
    assert summary["Pictures and files"].startswith("https://shop.example/attachments/")
    assert len(folders.latest(1)[0].files) == 1
