"""Customers who want a person, and what they think of the help they got."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import select

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.conversation import Conversation, RasaAction
from bot.actions.orders.order_status import OrderStatusAct
from bot.actions.reply import Answer
from bot.actions.searching.deny import Deny
from bot.actions.support.complaint import Complaint
from bot.actions.support.helped import Helped
from bot.actions.support.people import is_to_be_told
from bot.actions.support.talk_to_person import TalkToPerson
from bot.actions.turn import Turn
from bot.desk.desks import Desks
from bot.desk.hours import Hours
from bot.identity.identity import Identity, Method
from bot.shopping.state import ShoppingState
from bot.support.handing_over import People
from bot.support.task import SLOT, Task
from catalog.models import DeskDelivery, DeskTicket, Satisfaction
from tests.bot.actions.orders.test_identifying import PagesThatSay

HERE = "c" * 32
SAID = (
    {"event": "user", "text": "my order A1001 is broken", "timestamp": 1.0, "message_id": "m1"},
    {"event": "bot", "text": "I'm sorry.", "timestamp": 2.0},
    {"event": "user", "text": "a person please", "timestamp": 3.0, "message_id": "m2"},
)


def turn(text: str, intent: str = "talk_to_person", **given: Any) -> Turn:
    return Turn(
        text,
        given.pop("shopping", ShoppingState()),
        intent=intent,
        conversation=HERE,
        device="phone",
        events=SAID,
        **given,
    )


@pytest.fixture
def staffed(context: ActionContext) -> Callable[..., ActionContext]:
    """The shop with people at its desk, who are there at some hours."""

    def make(
        hours: str = "", is_upset: Callable[[str], bool] = lambda text: False
    ) -> ActionContext:
        desks = Desks(context.sessions)
        opening = Hours.parse(hours, "UTC")
        people = People(desks, opening, is_upset, context.identities, context.sessions)
        return replace(context, people=people)

    return make


def answer(context: ActionContext, given: Turn, *acts: type[Act]) -> Answer:
    known = {each.name: each(context) for each in acts}
    return Conversation(context, known).answer(given, given.intent)


def test_without_a_desk_the_customer_is_told_how_to_reach_the_shop(context: ActionContext) -> None:
    (reply,) = answer(context, turn("a person please"), TalkToPerson).replies
    assert "can't bring anybody into this chat" in reply.text
    assert "You can reach the people of" in reply.text
    context = replace(context, help=PagesThatSay("Call 555-0142, Monday to Friday."))
    (reply,) = answer(context, turn("a person please"), TalkToPerson).replies
    assert "Call 555-0142" in reply.text and "/policies/contact" in reply.text


def test_a_person_gets_what_was_said_and_who_said_it(
    staffed: Callable[..., ActionContext],
) -> None:
    context = staffed()
    context.identities.remember(
        HERE, "phone", Identity("c1", "jane@example.com"), Method.CODE, datetime.now(UTC)
    )
    (reply,) = answer(context, turn("a person please"), TalkToPerson).replies
    assert "passed our conversation on" in reply.text
    with context.sessions() as session:
        ticket = session.scalars(select(DeskTicket)).one()
    assert ticket.email == "jane@example.com"
    assert ticket.reason == "asked"
    assert [line["text"] for line in ticket.transcript] == [each["text"] for each in SAID]
    assert any("A1001" in value for _, value in ticket.summary)


def test_out_of_hours_it_says_when_people_are_back(staffed: Callable[..., ActionContext]) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    context = staffed(f"{tomorrow:%a} 09:00-17:00")
    (reply,) = answer(context, turn("a person please"), TalkToPerson).replies
    assert "Nobody is at the desk" in reply.text
    assert f"{tomorrow:%B} {tomorrow.day}" in reply.text
    with context.sessions() as session:
        assert session.scalars(select(DeskTicket)).one()


def test_the_assistant_is_quiet_while_a_person_has_the_conversation(
    staffed: Callable[..., ActionContext],
) -> None:
    context = staffed()
    answer(context, turn("a person please"), TalkToPerson)

    def say(text: str, message_id: str) -> list[dict[str, Any]]:
        heard = {"event": "user", "text": text, "timestamp": 4.0, "message_id": message_id}
        tracker = Tracker(
            HERE, {}, {"text": text}, [*SAID, heard], False, None, {}, "action_listen"
        )
        dispatcher = CollectingDispatcher()
        act = Complaint(context)
        action = RasaAction(Conversation(context, {act.name: act}), act, act.name)
        asyncio.run(action.run(dispatcher, tracker, {}))
        messages: list[dict[str, Any]] = dispatcher.messages
        return messages

    (quiet,) = say("it's still broken", "m3")
    assert (quiet["text"], quiet["custom"]) == (None, {"with_a_person": True})
    say("it's still broken", "m3")  # delivered again
    with context.sessions() as session:
        passed_on = [each.body for each in session.scalars(select(DeskDelivery)) if each.body]
    assert passed_on == ["it's still broken"]
    (back,) = say("I'd like to go back to the assistant", "m4")
    assert "it's me again" in back["text"]
    (spoken,) = say("your service is terrible", "m5")
    assert "sorry" in spoken["text"]


def tickets(context: ActionContext) -> list[str]:
    with context.sessions() as session:
        return [ticket.reason for ticket in session.scalars(select(DeskTicket))]


def test_who_complains_and_is_upset_gets_a_person(staffed: Callable[..., ActionContext]) -> None:
    context = staffed(is_upset=lambda text: "angry" in text)
    answer(context, turn("a complaint", "complaint"), Complaint)
    assert tickets(context) == []
    apology, upset = answer(context, turn("I'm angry about it", "complaint"), Complaint).replies
    assert "sorry" in apology.text
    assert "passed our conversation on" in upset.text
    assert tickets(context) == ["upset"]


def test_who_only_sounds_upset_is_offered_one(staffed: Callable[..., ActionContext]) -> None:
    context = staffed(is_upset=lambda text: "angry" in text)
    (calm,) = answer(context, turn("no", "deny"), Deny).replies
    assert "Talk to a person" not in calm.quick_replies
    (upset,) = answer(context, turn("no, I'm angry", "deny"), Deny).replies
    assert upset.text == calm.text
    assert "Talk to a person" in upset.quick_replies
    assert tickets(context) == []


def test_while_nobody_is_there_who_is_upset_is_offered_a_person(
    staffed: Callable[..., ActionContext],
) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    context = staffed(f"{tomorrow:%a} 09:00-17:00", lambda text: True)
    (reply,) = answer(context, turn("no", "deny"), Deny).replies
    assert "Talk to a person" in reply.quick_replies
    assert tickets(context) == []


def test_who_is_not_understood_three_times_gets_a_person(
    staffed: Callable[..., ActionContext],
) -> None:
    context = staffed()
    asked = answer(context, turn("where is my order", "order_status"), OrderStatusAct)
    said = []
    for text in ("asdf", "qwer", "zxcv"):
        task = Task.from_slot((asked.slots or {})[SLOT])
        given = turn(text, "nlu_fallback", task=task, shopping=asked.state)
        asked = answer(context, given, OrderStatusAct)
        said.append(asked.replies[-1])
    assert ["Talk to a person" in each.quick_replies for each in said] == [False, True, False]
    assert "passed our conversation on" in said[-1].text
    assert tickets(context) == ["failed_twice"]
    assert asked.slots == {SLOT: None}


def test_what_is_understood_begins_the_count_anew(staffed: Callable[..., ActionContext]) -> None:
    context = staffed()
    asked = answer(context, turn("where is my order", "order_status"), OrderStatusAct)
    for text in ("asdf", "qwer", "A1001", "zxcv", "uiop"):
        task = Task.from_slot((asked.slots or {})[SLOT])
        given = turn(text, "nlu_fallback", task=task, shopping=asked.state)
        asked = answer(context, given, OrderStatusAct)
    assert tickets(context) == []


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to talk to a person, go back",
        "no I didn't ask for a human",
        "please don't connect me to an agent",
    ],
)
def test_who_wants_no_person_gets_none(staffed: Callable[..., ActionContext], text: str) -> None:
    context = staffed(is_upset=lambda text: True)
    task = Task("order_status", "number", "And the number?")
    given = turn(text, task=task)
    reply, again = answer(context, given, TalkToPerson, OrderStatusAct).replies
    assert "we go on here" in reply.text
    assert again.text == "And the number?"
    assert tickets(context) == []


@pytest.mark.parametrize(
    "text", ["I want to talk to a person", "no human ever answers, get me an agent"]
)
def test_who_wants_a_person_gets_one(staffed: Callable[..., ActionContext], text: str) -> None:
    context = staffed()
    answer(context, turn(text), TalkToPerson)
    assert len(tickets(context)) == 1


@pytest.mark.parametrize(
    "text", ["your treadmill caught fire and burned my hand", "my son was injured by the swing"]
)
def test_who_was_hurt_hears_no_talk_of_returns(context: ActionContext, text: str) -> None:
    (reply,) = answer(context, turn(text, "complaint"), Complaint).replies
    assert "stop using it" in reply.text and "emergency" in reply.text


def test_an_apology_has_ways_on(
    context: ActionContext, staffed: Callable[..., ActionContext]
) -> None:
    for shop, way in ((context, "How can I contact you?"), (staffed(), "Talk to a person")):
        (reply,) = answer(shop, turn("I want to complain", "complaint"), Complaint).replies
        assert "sorry" in reply.text
        assert reply.quick_replies[0] == way
        assert len(reply.quick_replies) == 3


def test_who_writes_after_a_pause_is_told_once_that_a_person_has_it() -> None:
    handed_over = {"event": "action", "name": "action_talk_to_person", "timestamp": 3.0}
    told = {"event": "bot", "text": "the note", "timestamp": 201.0}

    def said(text: str, at: float) -> dict[str, Any]:
        return {"event": "user", "text": text, "timestamp": at}

    begun = [*SAID, handed_over]
    assert not is_to_be_told("the note", [*begun, said("it's broken", 10.0)])
    assert is_to_be_told("the note", [*begun, said("are you there?", 10.0)])
    waited = [*begun, said("hello", 200.0)]
    assert is_to_be_told("the note", waited)
    assert not is_to_be_told("the note", [*waited, told, said("hello?", 900.0)])
    assert is_to_be_told("the note", [*waited, told, handed_over, said("hello?", 950.0)])


def test_a_tap_says_that_it_helped(context: ActionContext) -> None:
    after = ShoppingState(act=("cancel_order",))
    given = turn(context.voice.say("helped-yes"), "helped", shopping=after)
    (reply,) = answer(context, given, Helped).replies
    assert "Thank you" in reply.text
    with context.sessions() as session:
        stored = session.scalars(select(Satisfaction)).one()
    assert (stored.score, stored.topic, stored.conversation_id) == (5, "cancel_order", HERE)


@pytest.mark.parametrize("intent", ["nlu_fallback", "complaint", "insult"])
def test_who_was_not_helped_may_say_why_and_no_address_is_kept(
    context: ActionContext, intent: str
) -> None:
    asked = answer(context, turn(context.voice.say("helped-no"), "helped"), Helped)
    assert "What was missing" in asked.replies[0].text
    task = Task.from_slot((asked.slots or {})[SLOT])
    line = "nobody wrote to jane@example.com"
    thanked = answer(context, turn(line, intent, task=task), Helped, Complaint, Deny)
    assert "Thank you" in thanked.replies[0].text
    with context.sessions() as session:
        stored = session.scalars(select(Satisfaction)).one()
    assert stored.score == 1
    assert stored.comment.startswith("nobody wrote to")
    assert "jane@" not in stored.comment
