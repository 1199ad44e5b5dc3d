"""Conversations on one platform: what comes in goes through Rasa in its order, answers go out."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence

from rasa.core.agent import Agent
from rasa.core.lock_store import LockError
from sanic import Sanic

from bot import audit
from bot.channels import guard
from bot.channels.conversation import WAITING_TURNS, Turn
from bot.channels.deliver import NobodyError, NotShownError
from bot.channels.history import record_failed_turn, record_refused_turn
from bot.channels.lock_store import ConversationLocks
from bot.channels.message import Message, customer_message
from bot.channels.messaging import choosing, english
from bot.channels.messaging.ids import Ids
from bot.channels.messaging.platform import Channel, Outlet, SendError
from bot.channels.messaging.reply import numbered
from bot.channels.messaging.store import REMEMBERED_SECONDS, Contact, Store
from bot.channels.messaging.webhook import Incoming
from bot.channels.output import TurnOutput
from bot.channels.rate_limits import RateLimits
from bot.channels.shared_redis import end
from bot.channels.speaker import Speaker, may_speak
from bot.channels.turns import TOO_FAST, UNREACHABLE, Handler, asked

logger = logging.getLogger(__name__)

TAKEN_UP_SECONDS = 600.0
"""How old a message may be that a process before this one took and did not answer."""
WORKER = "a conversation's turns"
"""The name of the tasks that answer."""


class MessagingOutput(TurnOutput):
    """Answers go out when the turn is over: numbers go through all of them."""

    @classmethod
    def name(cls) -> str:
        return "messaging"


class Exchange:
    """Everybody who writes on one platform."""

    app: Sanic
    """Rasa's application, which holds the agent; set when the channel is registered with it."""

    def __init__(
        self,
        channel: Channel,
        outlet: Outlet,
        store: Store,
        ids: Ids,
        limits: RateLimits,
        on_new_message: Handler,
        turn_seconds: float,
        shop_url: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._channel = channel
        self._outlet = outlet
        self._store = store
        self._ids = ids
        self._limits = limits
        self._on_new_message = on_new_message
        self._turn_seconds = turn_seconds
        self._shop_url = shop_url
        self._clock = clock
        self._waiting: dict[str, deque[Incoming]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}

    def receive(self, messages: Sequence[Incoming]) -> None:
        """Puts what is new in line. Quick: the platform waits for its acknowledgement."""
        for message in messages:
            if message.sent_at and self._clock() - message.sent_at > REMEMBERED_SECONDS:
                audit.refused("a message", "too old")  # whether it came before, nobody knows
                continue
            account = self._channel.account
            name = self._channel.name
            conversation = self._ids.conversation(name, account, message.user)
            person = self._ids.person(name, account, message.person or message.user)
            if self._store.take(name, conversation, person, message, self._clock()):
                self._enqueue(conversation, message)

    def resume(self) -> None:
        """Takes up what a process before this one did not get to answer."""
        since = self._clock() - TAKEN_UP_SECONDS
        for conversation, message in self._store.unfinished(self._channel.name, since):
            self._enqueue(conversation, message)

    async def close(self) -> None:
        """Stops answering; what is not answered is taken up at the next start."""
        await end(self._workers.values())

    async def show(self, conversation: str, message: Message) -> None:
        """A person's words.

        Raises:
            NobodyError: nobody is there, or they opted out.
            NotShownError: not now: the platform is away, or lets us write only after they do.
        """
        contact = self._store.contact(conversation)
        if contact is None or contact.is_stopped:
            raise NobodyError("There is nobody who may be written to.")
        window = self._channel.window(contact.address)
        if window is not None and self._clock() - contact.heard_at > window:
            raise NotShownError(f"The last word is more than {window / 3600:.0f} hours ago.")
        try:
            await self._send(contact, [message])
        except SendError as error:
            raise NotShownError(str(error)) from error

    def _enqueue(self, conversation: str, message: Incoming) -> None:
        line = self._waiting.setdefault(conversation, deque())
        if len(line) >= WAITING_TURNS:
            audit.refused("a message", "too many in line", conversation)
            self._store.done(self._channel.name, message.id)
            return
        line.append(message)
        self._locks.announce(conversation)
        if conversation not in self._workers:
            self._workers[conversation] = asyncio.create_task(self._work(conversation), name=WORKER)

    async def _work(self, conversation: str) -> None:
        line = self._waiting[conversation]
        try:
            while line:
                message = line.popleft()
                try:
                    async with self._locks.lock(conversation):
                        await self._take(conversation, message)
                except LockError:
                    logger.error("A message on %s waits for Redis.", self._channel.name)
                    line.appendleft(message)
                    continue
                except SendError as error:
                    logger.error("An answer on %s was lost: %s", self._channel.name, error)
                except Exception:
                    logger.exception("A message on %s was not answered.", self._channel.name)
                self._store.done(self._channel.name, message.id)
        finally:
            del self._workers[conversation], self._waiting[conversation]

    async def _take(self, conversation: str, message: Incoming) -> None:
        contact = self._store.contact(conversation)
        if contact is None:
            return  # erased meanwhile
        if self._store.is_done(self._channel.name, message.id):
            return  # by another process, which started while this one had it in line
        if message.is_farewell:
            self._store.opt_out(contact.person)
            return
        if not message.choice and english.is_stop(message.text):
            self._store.opt_out(contact.person)
            if not contact.is_stopped:
                await self._say(message, english.STOPPED)
            return
        if contact.is_stopped:
            if english.is_start(message.text):
                self._store.opt_in(contact.person)
                await self._say(message, english.STARTED)
            return
        turn = self._turn(contact, message)
        if turn.speaker is not None and not await may_speak(self._limits, turn.speaker):
            audit.refused("a message", "too many", conversation)
            await self._say(message, TOO_FAST)
            return
        await self._answer(conversation, turn)
        if turn.replies:
            await self._send(contact, turn.replies, message)

    def _turn(self, contact: Contact, message: Incoming) -> Turn:
        conversation = contact.conversation
        verdict = guard.inspect(choosing.words_of(message, contact, self._store))
        id = self._ids.message(self._channel.name, message.id)
        speaker = Speaker(conversation, self._ids.device(conversation), "")
        said = customer_message(id, verdict.text, self._clock())
        return Turn(id, said, "", verdict.refusal, speaker)

    async def _answer(self, conversation: str, turn: Turn) -> None:
        """Fills the turn with its replies, and the tracker with what Rasa does not write there."""
        output = MessagingOutput(turn)
        store = self._agent.tracker_store
        if turn.refusal:
            audit.refused("a message", guard.reason(turn.refusal), conversation)
            await output.send_text_message(conversation, turn.refusal)
            await record_refused_turn(store, conversation, turn)
            return
        name = self._channel.name
        if not await asked(self._on_new_message, output, conversation, self._turn_seconds, name):
            await output.send_text_message(conversation, UNREACHABLE)
            await record_failed_turn(store, conversation, turn)

    async def _say(self, message: Incoming, words: str) -> None:
        await self._outlet.send(self._channel.texts(words), message.address)

    async def _send(
        self, contact: Contact, messages: Sequence[Message], answered: Incoming | None = None
    ) -> None:
        """
        Args:
            answered: the message that these answer; none where a person writes.
        """
        conversation = contact.conversation
        if any(each["products"] or each["buttons"] for each in messages) or answered:
            choice_set = self._store.next_set(conversation)
        else:
            choice_set = contact.choice_set
        replies = numbered(messages, choice_set, self._shop_url)
        choices = [choice for reply in replies for choice in reply.choices]
        self._store.offer(conversation, choice_set, choices)
        rendered = [each for reply in replies for each in self._channel.render(reply)]
        address = answered.address if answered else {**contact.address, "is_late": True}
        await self._outlet.send(rendered, address)

    @property
    def _agent(self) -> Agent:
        agent: Agent = self.app.ctx.agent
        return agent

    @property
    def _locks(self) -> ConversationLocks:
        locks: ConversationLocks = self._agent.lock_store
        return locks
