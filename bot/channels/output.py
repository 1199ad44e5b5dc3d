"""Rasa's replies, sent to every tab of the conversation that asked."""

import logging
import time
from typing import Any

from rasa.core.channels.channel import OutputChannel
from socketio import AsyncServer

from bot.channels.conversation import Turn
from bot.channels.message import assistant_message

logger = logging.getLogger(__name__)


class WebOutput(OutputChannel):
    """The way back for one turn: one `reply` event for each of Rasa's responses."""

    def __init__(self, sio: AsyncServer, turn: Turn) -> None:
        self._sio = sio
        self._turn = turn

    @classmethod
    def name(cls) -> str:
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Sends text, products and buttons together, as one bubble.

        Rasa's own method would send them one after the other, and split the text at blank lines.
        """
        reply = assistant_message(self._turn.next_reply_id, message, time.time())
        if reply is None:
            logger.warning("Rasa sent a response with nothing in it that can be shown.")
            return
        self._turn.replies.append(reply)
        await self._sio.emit("reply", {**reply, "turn": self._turn.id}, room=recipient_id)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Sends a bare text."""
        await self.send_response(recipient_id, {"text": text})
