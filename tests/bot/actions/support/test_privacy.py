"""Customers who ask what is kept of them, and who sign out."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.actions.context import ActionContext
from bot.actions.support.privacy import DeleteConversation, PersonalData, SignOut
from bot.actions.turn import Turn
from bot.identity.identity import Identity, Method
from bot.shopping.state import ShoppingState
from bot.support.task import SLOT, Task
from tests.bot.actions.orders.test_identifying import PagesThatSay

HERE = "c" * 32


def turn(text: str, task: Task | None = None) -> Turn:
    return Turn(text, ShoppingState(), conversation=HERE, device="phone", task=task)


def test_where_a_conversation_is_deleted(context: ActionContext) -> None:
    answer = DeleteConversation(context).answer(turn("delete this conversation"))
    assert "menu" in answer.replies[0].text
    assert answer.slots is None and answer.state is None, "nothing else is touched"


def test_who_erases_what_the_shop_keeps(context: ActionContext) -> None:
    context = replace(context, help=PagesThatSay("Ask privacy@example.com."))
    (reply,) = PersonalData(context).answer(turn("erase everything you have on me")).replies
    assert "on request" in reply.text
    assert "privacy@example.com" in reply.text and "/policies/" in reply.text


def test_without_a_page_of_its_own_the_shop_is_named(context: ActionContext) -> None:
    (reply,) = PersonalData(context).answer(turn("what do you know about me?")).replies
    assert "You can reach the people of" in reply.text


def test_who_signs_out_is_a_stranger_at_this_device(context: ActionContext) -> None:
    jane = Identity("c1", "jane@example.com")
    for device in ("phone", "tablet"):
        context.identities.remember(HERE, device, jane, Method.CODE, datetime.now(UTC))
    answer = SignOut(context).answer(turn("log out", Task("cancel_order", "confirm")))
    assert "forgotten who you are" in answer.replies[0].text
    assert answer.slots == {SLOT: None}
    now = datetime.now(UTC)
    assert context.identities.of(HERE, "phone", now) is None
    assert context.identities.of(HERE, "tablet", now) is not None
    again = SignOut(context).answer(turn("sign me out"))
    assert "aren't signed in" in again.replies[0].text
