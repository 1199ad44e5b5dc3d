import pytest
from sqlalchemy import select

from bot.actions.cart.notify_me import NotifyMe
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from catalog.models import Notice, NoticeKind

SOLD_OUT = ShoppingState(shown=("runner-blue-9",), focus="runner-blue-9")
THERE = ShoppingState(shown=("runner-red-9",), focus="runner-red-9")


def stored(context: ActionContext) -> list[tuple[str, str, NoticeKind]]:
    with context.sessions() as session:
        return [(e.email, e.variant_id, e.kind) for e in session.scalars(select(Notice))]


def say(context: ActionContext, text: str, state: ShoppingState) -> Answer:
    question = state.question
    return NotifyMe(context).answer(Turn(text, state, question=question))


def test_an_address_is_asked_for_and_then_taken(context: ActionContext) -> None:
    asked = say(context, "tell me when it's back", SOLD_OUT)
    assert stored(context) == []
    assert asked.state is not None
    assert asked.state.question is not None
    assert asked.state.question.kind == "email"
    done = say(context, "jane@example.com", asked.state)
    assert stored(context) == [("jane@example.com", "runner-blue-9", NoticeKind.BACK_IN_STOCK)]
    assert "jane@example.com" in done.replies[0].text


def test_an_address_in_the_request_is_enough(context: ActionContext) -> None:
    say(context, "mail jane@example.com if it gets cheaper", THERE)
    assert stored(context) == [("jane@example.com", "runner-red-9", NoticeKind.PRICE_DROP)]


@pytest.mark.parametrize("address", ["jane@", "jane@example", "@example.com", "a@b@c.com"])
def test_what_is_no_address_is_said_and_asked_again(context: ActionContext, address: str) -> None:
    asked = say(context, "tell me when it's back", SOLD_OUT)
    assert asked.state is not None
    again = (
        say(context, f"{address} x@y", asked.state)
        if "@" not in address
        else say(context, f"mine is {address}", asked.state)
    )
    assert stored(context) == []
    assert again.state is not None
    assert again.state.question is not None


def test_what_is_in_stock_needs_no_notice(context: ActionContext) -> None:
    answer = say(context, "tell me when it's back in stock, jane@example.com", THERE)
    assert stored(context) == []
    assert "in stock right now" in answer.replies[0].text


def test_what_was_asked_for_here_can_be_taken_back(context: ActionContext) -> None:
    done = say(context, "mail jane@example.com if it gets cheaper", THERE)
    assert done.state is not None
    answer = say(context, "stop the notices", done.state)
    assert stored(context) == []
    assert "won't send that e-mail" in answer.replies[0].text


def test_nobody_takes_back_the_notice_of_another_conversation(context: ActionContext) -> None:
    say(context, "mail jane@example.com if it gets cheaper", THERE)
    other = say(context, "mail jane@example.com if it gets cheaper", THERE)
    assert other.state is not None
    answer = say(context, "stop the e-mails to jane@example.com", other.state)
    assert len(stored(context)) == 1
    assert "no e-mail" in answer.replies[0].text
