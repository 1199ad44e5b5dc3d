"""The order form's check and its answer."""

import time
from typing import Any

import pytest

from bot.actions.context import ActionContext
from bot.actions.order_attempts import MOST, MOST_OF_A_NUMBER, SLOT, SPAN_SECONDS, exhausted
from bot.actions.order_status import OrderStatusAnswer
from bot.actions.turn import Turn
from bot.actions.validate_order_status_form import ValidateOrderStatusForm
from bot.shopping.state import ShoppingState

RIGHT = {"order_number": "a1001", "order_email": "JANE@example.com"}


def turn(intent: str = "provide_order_details", /, **slots: Any) -> Turn:
    entities = slots.pop("entities", {})
    return Turn("…", ShoppingState(), intent=intent, entities=entities, slots=slots)


def test_details_that_belong_together_are_kept(context: ActionContext) -> None:
    answer = ValidateOrderStatusForm(context).answer(turn(entities=RIGHT))
    assert answer.replies == ()
    assert answer.slots == RIGHT


def test_a_second_detail_joins_the_first(context: ActionContext) -> None:
    given = {"order_email": "jane@example.com"}
    answer = ValidateOrderStatusForm(context).answer(turn(entities=given, order_number="A1001"))
    assert answer.slots == {"order_number": "A1001", "order_email": "jane@example.com"}


@pytest.mark.parametrize(
    "wrong", [RIGHT | {"order_number": "A1002"}, RIGHT | {"order_email": "joe@example.com"}]
)
def test_a_mismatch_says_one_sentence_and_asks_for_the_email_again(
    context: ActionContext, wrong: dict[str, str]
) -> None:
    answer = ValidateOrderStatusForm(context).answer(turn(entities=wrong))
    assert [reply.text for reply in answer.replies] == [context.voice.say("order-no-match")]
    assert answer.slots is not None
    assert answer.slots["order_number"] == wrong["order_number"]
    assert answer.slots["order_email"] is None
    assert len(answer.slots[SLOT]) == 1


@pytest.mark.parametrize("corrected", ["order_number", "order_email"])
def test_the_detail_that_was_wrong_is_corrected_alone(
    context: ActionContext, corrected: str
) -> None:
    form = ValidateOrderStatusForm(context)
    (other,) = RIGHT.keys() - {corrected}
    refused = form.answer(turn(entities={corrected: "A7 a@b.cd"}, **{other: RIGHT[other]}))
    assert [reply.text for reply in refused.replies] == [context.voice.say("order-no-match")]
    found = form.answer(turn(entities={corrected: RIGHT[corrected]}, **(refused.slots or {})))
    assert found.replies == ()
    assert found.slots == RIGHT


def test_the_last_try_ends_the_form(context: ActionContext) -> None:
    failures = [time.time()] * (MOST - 1)
    wrong = RIGHT | {"order_number": "A1"}
    answer = ValidateOrderStatusForm(context).answer(turn(entities=wrong, order_attempts=failures))
    assert answer.slots is not None
    assert answer.slots["requested_slot"] is None
    told = OrderStatusAnswer(context).answer(turn(**{SLOT: answer.slots[SLOT]}))
    assert told.replies[0].text == context.voice.say("order-too-many-tries")


def test_used_up_tries_hide_even_the_right_order(context: ActionContext) -> None:
    failures = [time.time()] * MOST
    told = OrderStatusAnswer(context).answer(turn(**RIGHT, order_attempts=failures))
    assert told.replies[0].text == context.voice.say("order-too-many-tries")


@pytest.mark.parametrize("number", ["A1001", "A1002"])
@pytest.mark.parametrize("email", ["jane@example.com", "joe@example.com"])
def test_guessing_over_many_conversations_is_stopped_whatever_is_right(
    context: ActionContext, number: str, email: str
) -> None:
    form = ValidateOrderStatusForm(context)
    for guess in range(MOST_OF_A_NUMBER):
        wrong = {"order_number": f"# {number.lower()}", "order_email": f"guess{guess}@example.com"}
        assert [reply.text for reply in form.answer(turn(entities=wrong)).replies] == [
            context.voice.say("order-no-match")
        ]

    locked = form.answer(turn(entities={"order_number": number, "order_email": email}))
    assert locked.replies == ()
    told = OrderStatusAnswer(context).answer(turn(**(locked.slots or {})))
    assert [reply.text for reply in told.replies] == [context.voice.say("order-too-many-tries")]
    assert told.slots == {"order_number": None, "order_email": None}


def test_a_customer_who_asks_often_is_not_guessing(context: ActionContext) -> None:
    for _ in range(MOST_OF_A_NUMBER + 1):
        found = ValidateOrderStatusForm(context).answer(turn(entities=RIGHT))
        told = OrderStatusAnswer(context).answer(turn(**(found.slots or {})))
        assert "is on its way" in told.replies[0].text


def test_tries_are_forgotten_after_a_while() -> None:
    now = time.time()
    assert exhausted([now] * MOST, now)
    assert not exhausted([now - SPAN_SECONDS - 1] * MOST, now)
    assert not exhausted("nonsense", now)


def test_a_digression_sets_nothing_so_that_rasa_lets_the_rules_answer(
    context: ActionContext,
) -> None:
    answer = ValidateOrderStatusForm(context).answer(
        turn("ask_policy", requested_slot="order_number")
    )
    assert answer.replies == ()
    assert not answer.slots


def test_the_number_of_a_price_is_no_order_number(context: ActionContext) -> None:
    answer = ValidateOrderStatusForm(context).answer(
        turn("search_products", entities={"order_number": "1000"}, requested_slot="order_number")
    )
    assert not answer.slots


def test_a_message_without_the_detail_is_told_so(context: ActionContext) -> None:
    answer = ValidateOrderStatusForm(context).answer(
        turn("nlu_fallback", requested_slot="order_email", order_number="A1001")
    )
    assert "e-mail address" in answer.replies[0].text
    assert answer.slots == {"order_number": "A1001", "order_email": None}


def test_the_answer_has_all_its_customer_may_know(context: ActionContext) -> None:
    answer = OrderStatusAnswer(context).answer(turn(**RIGHT))
    text = answer.replies[0].text
    for fact in (
        *("A1001", "November 1, 2026", "is on its way", "November 9, 2026", "Pigeon Post", "PP1"),
        *("https://pigeon.example/PP1", "1 × Heron Runner, $80.00", "$85.00", "$5.00 shipping"),
    ):
        assert fact in text
    assert answer.slots == {"order_number": None, "order_email": None}
