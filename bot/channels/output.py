"""Rasa's replies: on the web, sent to every tab of the conversation that asked."""

import logging
import time
from typing import Any

from rasa.core.channels.channel import OutputChannel
from socketio import AsyncServer

from bot.channels.behaviour import Showings
from bot.channels.conversation import Turn
from bot.channels.message import Message, assistant_message
from bot.channels.open_turns import OpenTurns

logger = logging.getLogger(__name__)

QUIET = "with_a_person"
"""The key of an action's custom JSON that says: a person has the conversation, so say nothing."""


class TurnOutput(OutputChannel):
    """The way back for one turn: keeps each of Rasa's responses in it, as a message."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes text, products and buttons together, as one bubble.

        Rasa's own method would send them one after the other, and split the text at blank lines.
        """
        if (message.get("custom") or {}).get(QUIET):
            self.turn.is_with_a_person = True
            return
        reply = assistant_message(self.turn.next_reply_id, message, time.time())
        if reply is None:
            logger.warning("Rasa sent a response with nothing in it that can be shown.")
            return
        self.turn.replies.append(reply)
        await self.show(recipient_id, reply, (message.get("custom") or {}).get("query"))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Sends a bare text."""
        await self.send_response(recipient_id, {"text": text})

    async def show(self, conversation_id: str, reply: Message, query: object = None) -> None:
        """Called with each message as it comes, and the search that found its products; a channel
        that answers at the turn's end waits."""


class WebOutput(TurnOutput):
    """One `reply` event for each of Rasa's responses."""

    def __init__(
        self,
        sio: AsyncServer,
        turn: Turn,
        showings: Showings,
        open_turns: OpenTurns | None = None,
    ) -> None:
        super().__init__(turn)
        self._open_turns = open_turns
        self._sio = sio
        self._showings = showings

    @classmethod
    def name(cls) -> str:
        return "web"

    async def show(self, conversation_id: str, reply: Message, query: object = None) -> None:
        self._showings.note(reply, query)
        if self._open_turns is not None:
            await self._open_turns.note(conversation_id, self.turn)
        await self._sio.emit("reply", {**reply, "turn": self.turn.id}, room=conversation_id)
