"""A turn: which acts it takes, one after the other, and what comes of them."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import changes, routing
from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.take_order_details import FORM
from bot.actions.turn import Turn
from bot.checking.checker import Checker
from bot.shopping import english
from bot.shopping.state import SLOT, ShoppingState

logger = logging.getLogger(__name__)

_OPEN_THE_FORM = frozenset({"order_status", "provide_order_details"})
_NOT_UNDERSTOOD = "nlu_fallback"


class Conversation:
    """Answers turns with the acts there are."""

    def __init__(self, context: ActionContext, acts: Mapping[str, Act]) -> None:
        self.context = context
        self._acts = acts
        self._checker = Checker(context.sessions, context.voice)

    def answer(self, turn: Turn, name: str) -> Answer:
        """What the act that Rasa chose says, or, of several requests, what each one's does."""
        said = english.respelled(turn.text, self.context.search.knows)
        turn = replace(turn, text=english.without_hesitation(said))
        if not turn.clauses or turn.is_in_form:
            return self._perform(turn, name)
        if self._acts[name].is_step_of_a_form:
            # All requests of this turn have been answered; the form looks at its own.
            own = (each for each in turn.clauses if _intent(each) in _OPEN_THE_FORM)
            request = next(own, None)
            seen = turn if request is None else turn.of_clause(request, turn.shopping)
            return self._perform(seen, name)
        answer = Answer((), turn.shopping)
        for clause in turn.clauses:
            part = turn.of_clause(clause, answer.state or turn.shopping)
            if part.intent in _OPEN_THE_FORM:
                answer = answer.and_then(Answer((), followup=FORM))
            else:
                answer = answer.and_then(self._perform(part, self._act_of(part.intent, name)))
        return answer

    def _act_of(self, intent: str, otherwise: str) -> str:
        if intent == _NOT_UNDERSTOOD:
            return "fallback"
        return intent if intent in self._acts else otherwise

    def _perform(self, turn: Turn, name: str) -> Answer:
        if self._acts[name].is_step_of_a_form:
            return self._acts[name].answer(turn)
        name, turn = routing.route(self.context, turn, name)
        act = self._acts[name]
        answer = changes.told(self.context.voice, turn.shopping, act.answer(turn))
        if act.speaks_of_products:
            answer = self._checker.checked(turn.text, turn.shopping, answer)
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
                answer = await asyncio.to_thread(self._conversation.answer, turn, self._act.name)
            except Exception:
                logger.exception("%s failed", self.name())
                dispatcher.utter_message(text=voice.say("sorry"))
                return []
        for reply in answer.replies:
            reply.send(dispatcher)
        return _events(answer)


def _intent(clause: Mapping[str, Any]) -> str:
    return str((clause.get("intent") or {}).get("name") or "")


def _events(answer: Answer) -> list[dict[str, Any]]:
    slots = dict(answer.slots or {})
    if isinstance(answer.state, ShoppingState):
        slots[SLOT] = answer.state.to_slot()
    events = [SlotSet(name, value) for name, value in slots.items()]
    return [*events, FollowupAction(answer.followup)] if answer.followup else events
