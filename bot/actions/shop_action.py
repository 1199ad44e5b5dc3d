"""The base of every action: off the event loop, and never a traceback for the customer."""

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn

logger = logging.getLogger(__name__)


class ShopAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk ships no types
    """An action whose work is `answer`, an ordinary function that runs in a thread."""

    action_name: ClassVar[str]

    def __init__(self, context: ActionContext) -> None:
        self.context = context

    def name(self) -> str:
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Rasa's side of it. A failed answer is logged, apologised for, and changes no slot."""
        turn = Turn.of(tracker)
        with self.context.voice.for_turn(turn.seed, turn.heard):
            try:
                answer = await asyncio.to_thread(self.answer, turn)
            except Exception:
                logger.exception("%s failed", self.name())
                dispatcher.utter_message(text=self.context.voice.say("sorry"))
                return []
        for reply in answer.replies:
            reply.send(dispatcher)
        return [SlotSet(name, value) for name, value in (answer.slots or {}).items()]

    @abstractmethod
    def answer(self, turn: Turn) -> Answer:
        """What to say to this turn. May take its time: it does not run on the event loop."""
