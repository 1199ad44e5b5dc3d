"""A turn: which acts it takes, one after the other, and what comes of them."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import routing, tasks
from bot.actions.act import Act
from bot.actions.cart import cart_events
from bot.actions.context import ActionContext
from bot.actions.orders import requests
from bot.actions.orders.order_act import OrderAct
from bot.actions.products import changes
from bot.actions.reply import Answer
from bot.actions.support.people import is_to_be_told, with_people
from bot.actions.turn import Turn
from bot.checking.checker import Checker
from bot.shopping import english
from bot.shopping.state import SLOT, ShoppingState
from bot.support import english as support

logger = logging.getLogger(__name__)

_ACTS_OF = {"ask_policy": "answer_policy", "nlu_fallback": "fallback"}
"""By the intent, where their names differ."""
_GREETING = "greet"


class Conversation:
    """Answers turns with the acts there are."""

    def __init__(self, context: ActionContext, acts: Mapping[str, Act]) -> None:
        self.context = context
        self._acts = acts
        self._checker = Checker(context.sessions, context.voice)

    def answer(self, turn: Turn, name: str) -> Answer:
        """What the act that Rasa chose says, or, of several requests, what each one's does."""
        answer = self._answer(turn, name)
        if answer.state is not None:
            before, after = turn.shopping.cart, answer.state.cart
            cart_events.record(self.context.sessions, turn.conversation, before, after)
            failures = turn.shopping.failures + 1 if answer.missed else 0
            answer = replace(answer, state=replace(answer.state, failures=failures))
        return with_people(self.context, turn, answer)

    def _answer(self, turn: Turn, name: str) -> Answer:
        if turn.task is None or not turn.task.question:  # an address is not respelled
            said = english.respelled(turn.text, self.context.search.knows)
            turn = replace(turn, text=english.without_hesitation(said))
        answer = Answer((), turn.shopping)
        for part, act in self._parts(turn, name):
            part = replace(part, shopping=answer.state or turn.shopping)
            answer = answer.and_then(self._perform(part, act))
            while (following := requests.next_turn(part, answer)) is not None:
                answer = answer.and_then(self._perform(following, following.intent))
        return answer

    def _parts(self, turn: Turn, name: str) -> list[tuple[Turn, str]]:
        """The requests in the message, each with its act. What asks something about an order comes
        last, so that its question is the last word."""
        parts = [turn.of_clause(clause, turn.shopping) for clause in turn.clauses]
        named = [(part, self._act_of(part, name)) for part in parts] or [(turn, name)]
        named = [(part, requests.act_meant(part.text, act)) for part, act in named]
        of_orders = [each for each in named if self._is_of_orders(each[1])]
        others = [each for each in named if not self._is_of_orders(each[1])]
        first = requests.several(turn, of_orders)
        if first is None and tasks.continued(turn) is not None:
            return [(turn, name)]
        if not turn.clauses:
            others = others if first is None else []
        elif first is not None or of_orders:
            # The welcome of a shop is no answer to somebody who is worried about an order.
            others = [(part, act) for part, act in others if act != _GREETING]
            others = [(requests.beside(part, of_orders), act) for part, act in others]
        return [*others, *([(first, first.intent)] if first is not None else of_orders)]

    def _is_of_orders(self, name: str) -> bool:
        return isinstance(self._acts.get(name), OrderAct)

    def _act_of(self, part: Turn, otherwise: str) -> str:
        name = _ACTS_OF.get(part.intent, part.intent)
        return name if name in self._acts else otherwise

    def _perform(self, turn: Turn, name: str) -> Answer:
        name, turn = routing.route(self.context, turn, name)
        act = self._acts[name]
        answer = changes.told(self.context.voice, turn.shopping, act.answer(turn))
        if act.speaks_of_products:
            answer = self._checker.checked(turn.text, turn.shopping, answer)
        answer = tasks.after(self.context.voice, turn, name, answer)
        state = answer.state or turn.shopping
        earlier = turn.shopping.act if turn.shopping.act_turn == turn.seed else ()
        return replace(answer, state=replace(state, act=(*earlier, name), act_turn=turn.seed))


class RasaAction(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    """An act as rasa-sdk runs it: off the event loop, and never a traceback for the customer."""

    def __init__(self, conversation: Conversation, act: Act, name: str) -> None:
        self._conversation = conversation
        self._act = act
        self._name = name

    def name(self) -> str:
        return self._name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Rasa's side of it. A failed answer is logged, apologised for, and changes no slot."""
        turn = Turn.of(tracker)
        voice = self._conversation.context.voice
        with voice.for_turn(turn.seed, turn.heard):
            try:
                if await asyncio.to_thread(self._said_to_a_person, turn, dispatcher):
                    return []
                answer = await asyncio.to_thread(self._conversation.answer, turn, self._act.name)
            except Exception:
                logger.exception("%s failed", self.name())
                dispatcher.utter_message(text=voice.say("sorry"))
                return []
        for reply in answer.replies:
            reply.send(dispatcher, voice.shop.currency)
        return _events(answer)

    def _said_to_a_person(self, turn: Turn, dispatcher: CollectingDispatcher) -> bool:
        """Whether a person has the conversation, and the assistant is quiet."""
        people = self._conversation.context.people
        if people is None or not people.desks.is_with_a_person(turn.conversation):
            return False
        voice = self._conversation.context.voice
        if support.wants_the_assistant(turn.text):
            people.desks.hand_back(turn.conversation)
            dispatcher.utter_message(text=voice.say("person-handed-back"))
        else:
            people.desks.say(turn.conversation, turn.message_id, turn.text)
            note = voice.say("person-has-it")
            if is_to_be_told(note, turn.events):
                dispatcher.utter_message(text=note)
            dispatcher.utter_message(json_message={"with_a_person": True})
        return True


def _events(answer: Answer) -> list[dict[str, Any]]:
    slots = dict(answer.slots or {})
    if isinstance(answer.state, ShoppingState):
        slots[SLOT] = answer.state.to_slot()
    return [SlotSet(name, value) for name, value in slots.items()]
