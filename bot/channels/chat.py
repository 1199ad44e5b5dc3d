"""The server side of the protocol: sockets in, turns through Rasa one at a time, events out."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from socketio import AsyncServer

from bot.channels import guard
from bot.channels.conversation import (
    UNKNOWN_INTENT,
    Conversation,
    Conversations,
    Intent,
    Turn,
    TurnEnd,
)
from bot.channels.history import read_history, record_failed_turn, record_refused_turn
from bot.channels.message import Message, customer_message
from bot.channels.output import WebOutput
from bot.channels.session import Session, SessionIssuer

logger = logging.getLogger(__name__)

UNREACHABLE = "I can't reach the shop's shelves right now. Please try again in a moment."
TOO_FAST = "You are writing faster than I can read. Please wait a moment, then say that again."

Handler = Callable[[UserMessage], Awaitable[Any]]


class Chat:
    """Everybody who is talking to the shop through this process."""

    app: Sanic
    """Rasa's application, which holds the agent; set when the channel is registered with it."""

    def __init__(
        self,
        sio: AsyncServer,
        sessions: SessionIssuer,
        on_new_message: Handler,
        turn_seconds: float,
    ) -> None:
        self._sio = sio
        self._sessions = sessions
        self._on_new_message = on_new_message
        self._turn_seconds = turn_seconds
        self._conversations = Conversations()
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        sio.on("message", self._message)

    async def close(self) -> None:
        """Stops answering: the server goes down, and nobody would receive it."""
        workers = self._conversations.workers
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: object) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        session = self._sessions.open(token)
        conversation = self._conversations.join(sid, session.conversation_id)
        # A coroutine since python-socketio 5.10; Rasa's own channel forgets to await it and
        # loses every reply (RasaHQ/rasa#13027).
        await self._sio.enter_room(sid, conversation.id)
        history = await self._history(session, conversation)
        await self._sio.emit("session", {"token": session.token, "history": history}, to=sid)
        if conversation.running:
            await self._sio.emit("typing", {"on": True}, to=sid)

    async def _disconnect(self, sid: str, _reason: str) -> None:
        self._conversations.leave(sid)

    async def _message(self, sid: str, *arguments: object) -> dict[str, Any]:
        """Puts a message in line. Nothing is awaited before that, so that the order stays."""
        try:
            message = guard.read_event(arguments)
        except guard.MalformedEventError as error:
            return {"ok": False, "error": str(error)}
        conversation = self._conversations.of(sid)
        if conversation is None:
            return {"ok": False, "error": "This connection is closed. Connect again."}
        if conversation.knows(message.id):
            if end := conversation.end_of(message.id):
                await self._sio.emit("turn", end, to=sid)
            return {"ok": True}
        verdict = guard.inspect(message.text)
        customer = customer_message(message.id, verdict.text, time.time())
        turn = Turn(message.id, customer, sid, verdict.refusal)
        if conversation.enqueue(turn):
            if conversation.worker is None:
                conversation.worker = asyncio.create_task(self._work(conversation))
        else:
            await self._reply(turn, TOO_FAST, to=sid)
            await self._sio.emit("turn", _end(turn, UNKNOWN_INTENT, time.perf_counter()), to=sid)
        return {"ok": True}

    async def _work(self, conversation: Conversation) -> None:
        """Answers what is in line, one turn after the other, until nothing is left."""
        try:
            while turn := conversation.next_turn():
                started = time.perf_counter()
                intent = UNKNOWN_INTENT
                try:
                    intent = await self._take(conversation, turn)
                except Exception:
                    logger.exception("The turn %s could not be finished.", turn.id)
                end = _end(turn, intent, started)
                conversation.ended(end)
                await self._sio.emit("turn", end, room=conversation.id)
        finally:
            conversation.worker = None
            self._conversations.forget_if_idle(conversation)

    async def _take(self, conversation: Conversation, turn: Turn) -> Intent:
        room = conversation.id
        text = turn.customer["text"]
        if text:
            echo = {"id": turn.id, "text": text}
            await self._sio.emit("customer", echo, room=room, skip_sid=turn.sid)
        if turn.refusal:
            await self._reply(turn, turn.refusal, to=room)
            await record_refused_turn(self._agent.tracker_store, room, turn)
            return UNKNOWN_INTENT
        await self._sio.emit("typing", {"on": True}, room=room)
        try:
            is_answered = await self._ask_rasa(conversation, turn)
            if not is_answered:
                await self._reply(turn, UNREACHABLE, to=room)
        finally:
            await self._sio.emit("typing", {"on": False}, room=room)
        if not is_answered:
            await record_failed_turn(self._agent.tracker_store, room, turn)
        return await self._intent(conversation, turn)

    async def _ask_rasa(self, conversation: Conversation, turn: Turn) -> bool:
        """One turn through Rasa; whether the customer got an answer.

        Rasa catches what goes wrong in an action and stays silent, so silence is a failure too.
        """
        message = UserMessage(
            turn.customer["text"],
            WebOutput(self._sio, turn),
            conversation.id,
            input_channel=WebOutput.name(),
            message_id=turn.id,
        )
        try:
            await asyncio.wait_for(self._on_new_message(message), self._turn_seconds)
        except asyncio.TimeoutError:
            logger.error("No answer within %.0f s to the turn %s.", self._turn_seconds, turn.id)
            return False
        except Exception:
            logger.exception("Rasa failed in the turn %s.", turn.id)
            return False
        if not turn.replies:
            logger.error("Rasa had nothing to say in the turn %s.", turn.id)
        return bool(turn.replies)

    async def _reply(self, turn: Turn, sentence: str, *, to: str) -> None:
        await WebOutput(self._sio, turn).send_text_message(to, sentence)

    async def _intent(self, conversation: Conversation, turn: Turn) -> Intent:
        tracker = await self._agent.tracker_store.retrieve(conversation.id)
        latest = tracker.latest_message if tracker else None
        if latest is None or latest.message_id != turn.id or not latest.intent:
            return UNKNOWN_INTENT
        return {
            "name": latest.intent.get("name"),
            "confidence": float(latest.intent.get("confidence") or 0.0),
        }

    async def _history(self, session: Session, conversation: Conversation) -> list[Message]:
        saved: list[Message] = []
        if not session.is_new:
            try:
                saved = await read_history(self._agent.tracker_store, conversation.id)
            except Exception:
                # The conversation can go on without its past; a refused connection could not.
                logger.exception("The history of a conversation could not be read.")
        unsaved = conversation.unsaved
        known = {message["id"] for message in unsaved}
        conversation.remember(
            message["id"]
            for message in saved
            if message["role"] == "customer" and message["id"] not in known
        )
        return [message for message in saved if message["id"] not in known] + unsaved

    @property
    def _agent(self) -> Agent:
        agent: Agent = self.app.ctx.agent
        return agent


def _end(turn: Turn, intent: Intent, started: float) -> TurnEnd:
    took_ms = round((time.perf_counter() - started) * 1000, 1)
    return {"id": turn.id, "intent": intent, "took_ms": took_ms}
