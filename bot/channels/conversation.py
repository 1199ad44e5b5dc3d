"""Conversations that are open right now: their sockets, and their turns in the order they came."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypedDict

from bot.channels.behaviour import Showings
from bot.channels.message import Message
from bot.channels.speaker import Speaker

REMEMBERED_TURNS = 100
WAITING_TURNS = 20


class Intent(TypedDict):
    """What NLU understood; the name is null where it was not asked or did not answer."""

    name: str | None
    confidence: float


class TurnEnd(TypedDict):
    """The event that ends a turn."""

    id: str
    intent: Intent
    took_ms: float
    replies: int
    """So many were sent: a client that has fewer has lost some on the way."""


UNKNOWN_INTENT: Intent = {"name": None, "confidence": 0.0}


@dataclass
class Turn:
    """One customer message and what came of it."""

    id: str
    customer: Message
    sid: str
    """The socket it came from, which needs no echo."""
    refusal: str | None = None
    speaker: Speaker | None = None
    """Who spoke, from which device and address."""
    replies: list[Message] = field(default_factory=list)
    is_with_a_person: bool = False
    """Whether the assistant kept quiet because a person has the conversation."""
    is_repeated: bool = False
    """Whether another process has answered it: only who sent it here hears of that."""

    @property
    def messages(self) -> list[Message]:
        """What was said in it so far."""
        return [self.customer, *self.replies]

    @property
    def next_reply_id(self) -> str:
        """The same for a reply as it is sent and as it is read from the tracker later."""
        return f"{self.id}.{len(self.replies)}"


class Conversation:
    """One customer's conversation, in however many tabs."""

    def __init__(self, conversation_id: str) -> None:
        self.id = conversation_id
        self.sockets: set[str] = set()
        self.running: Turn | None = None
        self.waiting: deque[Turn] = deque()
        self.worker: asyncio.Task[None] | None = None
        self.showings = Showings()
        self._ends: OrderedDict[str, TurnEnd | None] = OrderedDict()

    def knows(self, turn_id: str) -> bool:
        """Whether this message came before, so that a resent one is not answered twice."""
        return turn_id in self._ends

    def end_of(self, turn_id: str) -> TurnEnd | None:
        """How a known turn ended; None while it has not."""
        return self._ends[turn_id]

    def remember(self, turn_ids: Iterable[str]) -> None:
        """Takes up turns that an earlier process, or a dropped conversation, has ended."""
        for turn_id in turn_ids:
            if turn_id not in self._ends:
                # Their replies came with the history.
                end: TurnEnd = {
                    "id": turn_id,
                    "intent": UNKNOWN_INTENT,
                    "took_ms": 0.0,
                    "replies": 0,
                }
                self._note(turn_id, end)

    def enqueue(self, turn: Turn) -> bool:
        """Puts a turn at the end of the line; False where the line is too long already."""
        if len(self.waiting) >= WAITING_TURNS:
            return False
        self._note(turn.id, None)
        self.waiting.append(turn)
        return True

    def next_turn(self) -> Turn | None:
        """Starts the turn at the head of the line."""
        self.running = self.waiting.popleft() if self.waiting else None
        return self.running

    def ended(self, end: TurnEnd) -> None:
        """Notes that the running turn is over."""
        self._ends[end["id"]] = end
        self.running = None

    @property
    def turns(self) -> list[Turn]:
        """Those that are not over: Rasa saves when a turn ends."""
        return [self.running, *self.waiting] if self.running else list(self.waiting)

    @property
    def idle(self) -> bool:
        """Nobody listens and nothing is to be done."""
        return not self.sockets and not self.waiting and self.running is None

    def _note(self, turn_id: str, end: TurnEnd | None) -> None:
        self._ends[turn_id] = end
        while len(self._ends) > REMEMBERED_TURNS:
            self._ends.popitem(last=False)


class Conversations:
    """Every open conversation of this process, by its id and by its sockets."""

    def __init__(self) -> None:
        self._by_id: dict[str, Conversation] = {}
        self._by_socket: dict[str, Conversation] = {}

    def join(self, sid: str, conversation_id: str) -> Conversation:
        """Binds a socket to a conversation, for as long as the socket lives."""
        conversation = self._by_id.setdefault(conversation_id, Conversation(conversation_id))
        conversation.sockets.add(sid)
        self._by_socket[sid] = conversation
        return conversation

    def of(self, sid: str) -> Conversation | None:
        """The conversation of a socket; None once it has left."""
        return self._by_socket.get(sid)

    def by_id(self, conversation_id: str) -> Conversation | None:
        """None where nobody here is in it."""
        return self._by_id.get(conversation_id)

    def leave(self, sid: str) -> None:
        """Forgets a socket, and its conversation when it was the last one."""
        conversation = self._by_socket.pop(sid, None)
        if conversation is not None:
            conversation.sockets.discard(sid)
            self.forget_if_idle(conversation)

    def forget_if_idle(self, conversation: Conversation) -> None:
        """Keeps memory bounded: what matters of a conversation is in the tracker store."""
        if conversation.idle:
            self._by_id.pop(conversation.id, None)

    @property
    def workers(self) -> list[asyncio.Task[None]]:
        """The tasks that are answering somebody."""
        return [open_.worker for open_ in self._by_id.values() if open_.worker is not None]
