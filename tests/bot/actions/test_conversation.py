import asyncio
import logging
import threading
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.conversation import Conversation, RasaAction
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from tests.bot.conftest import offer


class Greeting(Act):
    name = "greeting"
    thread = ""

    def answer(self, turn: Turn) -> Answer:
        Greeting.thread = threading.current_thread().name
        return Answer(
            (Reply(f"Hello {turn.text}", (offer("boot"),), ("Cheaper",)),), slots={"seen": True}
        )


class Failure(Act):
    name = "failure"

    def answer(self, turn: Turn) -> Answer:
        raise RuntimeError("the shelf is broken")


def run(act: Act) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    tracker = Tracker("jane", {}, {"text": " Jane "}, [], False, None, {}, "action_listen")
    action = RasaAction(Conversation(act.context, {act.name: act}), act, act.name)
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    return dispatcher.messages, events


def test_an_answer_is_one_message_with_cards_and_buttons(context: ActionContext) -> None:
    (message,), events = run(Greeting(context))
    assert message["text"] == "Hello Jane"
    assert [product["id"] for product in message["custom"]["products"]] == ["boot"]
    assert message["buttons"] == [{"title": "Cheaper", "payload": "Cheaper"}]
    slots = {event["name"]: event["value"] for event in events}
    assert slots["seen"] is True
    assert slots["shopping"]["act"] == ["greeting"]


def test_a_card_is_sent_with_what_it_shows_alone() -> None:
    dispatcher = CollectingDispatcher()
    Reply("Here:", (offer("a", "54", description="Long. " * 500),)).send(dispatcher)
    assert dispatcher.messages[0]["custom"]["products"] == [
        {
            "id": "a",
            "title": "Title of a",
            "brand": "",
            "price": 54.0,
            "currency": "USD",
            "in_stock": True,
            "url": "",
            "image": "",
            "why": [],
        }
    ]


def test_answers_are_made_off_the_event_loop(context: ActionContext) -> None:
    run(Greeting(context))
    assert Greeting.thread != threading.main_thread().name


def test_a_failure_is_apologised_for_and_logged(
    context: ActionContext, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (message,), events = run(Failure(context))
    assert message["text"] == context.voice.say("sorry")
    assert events == []
    assert "the shelf is broken" in caplog.text


@pytest.mark.parametrize(("own", "shown"), [("", "EUR"), ("GBP", "GBP")])
def test_a_price_without_a_currency_is_in_the_shops(own: str, shown: str) -> None:
    dispatcher = CollectingDispatcher()
    Reply("Here:", (replace(offer("a", "54"), currency=own),)).send(dispatcher, "EUR")
    [card] = dispatcher.messages[0]["custom"]["products"]
    assert card["currency"] == shown
