"""The server side of the protocol: sockets in, turns through Rasa one at a time, events out."""

import asyncio
import logging
import time
from dataclasses import replace
from typing import Any, Literal

from rasa.core.agent import Agent
from sanic import Sanic
from socketio import AsyncServer

from bot import audit
from bot.channels import guard, rate_limits
from bot.channels.behaviour import BehaviourService, Kind, Showings
from bot.channels.conversation import (
    UNKNOWN_INTENT,
    Conversation,
    Conversations,
    Intent,
    Turn,
    TurnEnd,
)
from bot.channels.eraser import Eraser
from bot.channels.identity_service import IdentityService
from bot.channels.lock_store import ConversationLocks
from bot.channels.message import Attachment, Message, customer_message
from bot.channels.open_turns import OpenTurns
from bot.channels.output import WebOutput
from bot.channels.past import Past
from bot.channels.rate_limits import RateLimits
from bot.channels.session import Session, SessionIssuer
from bot.channels.shared_redis import end
from bot.channels.speaker import Speaker, Speakers, address_of
from bot.channels.turns import TOO_FAST, UNREACHABLE, Handler, asked

logger = logging.getLogger(__name__)

UNKNOWN_FILE = "That file is not here. Please add it again."
_PICTURE, _PAPER = "Here's a photo.", "Here's a document."
"""What a customer says by adding one: in words, for all that reads no pictures."""
NOT_DELETED = "I couldn't delete this conversation just now. Please try again in a moment."


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
        identities: IdentityService | None,
        limits: RateLimits,
        eraser: Eraser,
        behaviour: BehaviourService,
        open_turns: OpenTurns,
    ) -> None:
        self._sio = sio
        self._sessions = sessions
        self._on_new_message = on_new_message
        self._turn_seconds = turn_seconds
        self._conversations = Conversations()
        self._limits = limits
        self._eraser = eraser
        self._behaviour = behaviour
        self._open_turns = open_turns
        self._past = Past(lambda: self._agent.tracker_store, open_turns, turn_seconds)
        self._sessions_of: dict[str, Session] = {}
        """By socket: what each was given."""
        self._speakers = Speakers(sio, identities, limits)
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        sio.on("message", self._message)
        sio.on("identify", self._speakers.identify)
        sio.on("forget", self._speakers.forget)
        sio.on("delete_conversation", self._delete)
        sio.on("seen", self._seen)
        sio.on("clicked", self._clicked)

    async def close(self) -> None:
        """Stops answering: the server goes down, and nobody would receive it."""
        await end(self._conversations.workers)

    async def open(self) -> None:
        """Says to other processes that this one is there."""
        await self._locks.open()

    async def leave(self) -> None:
        """Lets other processes go on with the conversations at once."""
        await self._locks.close()
        await self._open_turns.close()

    async def catch_up(self) -> None:
        """Tells every tab anew what was said: events of other processes may have been missed."""
        for sid, session in list(self._sessions_of.items()):
            if (conversation := self._conversations.of(sid)) is not None:
                await self._welcome(sid, replace(session, is_new=False), conversation)

    def drop_waiting(self, conversation_id: str) -> None:
        """Forgets what is in line: the conversation is erased."""
        conversation = self._conversations.by_id(conversation_id)
        if conversation is not None:
            self._locks.retract(conversation_id, len(conversation.waiting))
            conversation.waiting.clear()

    async def show(self, conversation_id: str, message: Message) -> None:
        """A person's words, in every tab: an answer to no turn, so who waits for one still does."""
        await self._sio.emit("reply", {**message, "turn": ""}, room=conversation_id)

    async def _connect(
        self, sid: str, environ: dict[str, Any], auth: object
    ) -> Literal[False] | None:
        given = auth if isinstance(auth, dict) else {}
        address = address_of(environ)
        session = self._sessions.open(given.get("token"), given.get("device"))
        takes_files = given.get("files") is True
        speaker = Speaker(session.conversation_id, session.device_id, address, takes_files)
        # Before anything is awaited: the client is connected, and may be speaking already.
        conversation = self._conversations.join(sid, session.conversation_id)
        self._speakers.join(sid, speaker)
        if not await self._limits.allow("connect", address, *rate_limits.CONNECTIONS_OF_ADDRESS):
            audit.refused("a connection", "too many of one address")
            await self._disconnect(sid, "refused")
            return False
        # A coroutine since python-socketio 5.10; Rasa's own channel forgets to await it and
        # loses every reply (RasaHQ/rasa#13027).
        await self._sio.enter_room(sid, conversation.id)
        self._sessions_of[sid] = session
        await self._welcome(sid, session, conversation)
        await self._speakers.recognise(sid, given.get("identity"), is_new=session.is_new)
        return None

    async def _welcome(self, sid: str, session: Session, conversation: Conversation) -> None:
        history = await self._past.history(conversation, is_new=session.is_new)
        opened = {"token": session.token, "device": session.device_token, "history": history}
        await self._sio.emit("session", opened, to=sid)
        for reply in await self._past.missed(conversation, history):
            turn_id = reply["id"].rpartition(".")[0]
            await self._sio.emit("reply", {**reply, "turn": turn_id}, to=sid)
        if conversation.running or await self._open_turns.of(conversation.id):
            await self._sio.emit("typing", {"on": True}, to=sid)

    async def _disconnect(self, sid: str, _reason: str) -> None:
        self._sessions_of.pop(sid, None)
        self._conversations.leave(sid)
        self._speakers.leave(sid)

    async def _delete(self, sid: str, *_arguments: object) -> dict[str, Any]:
        """Forgets the socket's conversation everywhere, after the turn that is running."""
        conversation = self._conversations.of(sid)
        if conversation is None:
            return {"ok": False, "error": "This connection is closed. Connect again."}
        self.drop_waiting(conversation.id)
        try:
            async with self._locks.lock(conversation.id):
                await self._eraser.erase(conversation.id)
                await self._open_turns.clear(conversation.id)
        except Exception as error:
            logger.error("A conversation could not be deleted: %s", type(error).__name__)
            return {"ok": False, "error": NOT_DELETED}
        await self._sio.emit("deleted", {}, room=conversation.id)
        return {"ok": True}

    async def _seen(self, sid: str, *arguments: object) -> None:
        await self._keep_behaviour(sid, "impression", arguments)

    async def _clicked(self, sid: str, *arguments: object) -> None:
        await self._keep_behaviour(sid, "click", arguments)

    async def _keep_behaviour(self, sid: str, kind: Kind, arguments: tuple[object, ...]) -> None:
        """Of what this process has shown; of anything else nothing is known, or wanted."""
        conversation = self._conversations.of(sid)
        if conversation is None or not arguments:
            return
        events = conversation.showings.events(kind, arguments[0])
        await self._behaviour.record(conversation.id, events)

    async def _message(self, sid: str, *arguments: object) -> dict[str, Any]:
        """Puts a message in line. Nothing is awaited before that, so that the order stays."""
        try:
            message = guard.read_event(arguments)
        except guard.MalformedEventError as error:
            audit.refused("an event", "malformed")
            return {"ok": False, "error": str(error)}
        conversation = self._conversations.of(sid)
        if conversation is None:
            return {"ok": False, "error": "This connection is closed. Connect again."}
        if conversation.knows(message.id):
            if end := conversation.end_of(message.id):
                await self._sio.emit("turn", end, to=sid)
            return {"ok": True}
        attachment = None
        if message.attachment is not None:
            attachment = self._sessions.vouched(message.attachment, conversation.id)
            if attachment is None:
                return {"ok": False, "error": UNKNOWN_FILE}
        verdict = guard.inspect(_words_of(attachment) if attachment else message.text)
        customer = customer_message(message.id, verdict.text, time.time(), attachment)
        speaker = self._speakers.of(sid)
        turn = Turn(message.id, customer, sid, verdict.refusal, speaker)
        if conversation.enqueue(turn):
            place = self._locks.announce(conversation.id)
            if conversation.worker is None:
                conversation.worker = asyncio.create_task(self._work(conversation))
            await asyncio.gather(place, self._open_turns.note(conversation.id, turn))
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
                    async with self._locks.lock(conversation.id):
                        intent = await self._take(conversation, turn)
                except Exception:
                    logger.exception("The turn %s could not be finished.", turn.id)
                    if not turn.replies and not turn.is_with_a_person:
                        await self._reply(turn, UNREACHABLE, to=conversation.id)
                end = _end(turn, intent, started)
                conversation.ended(end)
                await self._open_turns.forget(conversation.id, turn.id)
                to = turn.sid if turn.is_repeated else conversation.id
                await self._sio.emit("turn", end, room=to)
        finally:
            conversation.worker = None
            self._conversations.forget_if_idle(conversation)

    async def _take(self, conversation: Conversation, turn: Turn) -> Intent:
        room = conversation.id
        text = turn.customer["text"]
        if self._locks.is_shared and await self._is_answered(conversation, turn):
            return await self._past.intent(room, turn)
        if not await self._speakers.may_speak(turn.speaker):
            audit.refused("a message", "too many", room)
            await self._reply(turn, TOO_FAST, to=turn.sid)
            return UNKNOWN_INTENT
        if text:
            echo = {"id": turn.id, "text": text, "attachment": turn.customer["attachment"]}
            await self._sio.emit("customer", echo, room=room, skip_sid=turn.sid)
        if turn.refusal:
            audit.refused("a message", guard.reason(turn.refusal), room)
            await self._reply(turn, turn.refusal, to=room)
            await self._past.record_refused(room, turn)
            return UNKNOWN_INTENT
        await self._sio.emit("typing", {"on": True}, room=room)
        try:
            output = WebOutput(self._sio, turn, conversation.showings, self._open_turns)
            is_answered = await asked(self._on_new_message, output, room, self._turn_seconds)
            if not is_answered:
                await self._reply(turn, UNREACHABLE, to=room)
        finally:
            await self._sio.emit("typing", {"on": False}, room=room)
        if not is_answered:
            await self._past.record_failed(room, turn)
        return await self._past.intent(room, turn)

    async def _is_answered(self, conversation: Conversation, turn: Turn) -> bool:
        """Whether another process was sent this message before, and has answered it. Who sent it
        here may have missed the replies, and shows each once."""
        replies = await self._past.replies(conversation.id, turn)
        turn.is_repeated = replies is not None
        for reply in replies or []:
            turn.replies.append(reply)
            await self._sio.emit("reply", {**reply, "turn": turn.id}, to=turn.sid)
        return turn.is_repeated

    async def _reply(self, turn: Turn, sentence: str, *, to: str) -> None:
        await WebOutput(self._sio, turn, Showings()).send_text_message(to, sentence)

    @property
    def _agent(self) -> Agent:
        agent: Agent = self.app.ctx.agent
        return agent

    @property
    def _locks(self) -> ConversationLocks:
        locks: ConversationLocks = self._agent.lock_store
        return locks


def _end(turn: Turn, intent: Intent, started: float) -> TurnEnd:
    took_ms = round((time.perf_counter() - started) * 1000, 1)
    return {"id": turn.id, "intent": intent, "took_ms": took_ms, "replies": len(turn.replies)}


def _words_of(attachment: Attachment) -> str:
    return _PICTURE if attachment["media_type"].startswith("image/") else _PAPER
