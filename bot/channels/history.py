"""What was said before, from and to Rasa's tracker."""

from collections.abc import Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered

from bot.channels.behaviour import Showings
from bot.channels.conversation import Turn
from bot.channels.message import (
    Message,
    assistant_message,
    customer_message,
    read_attachment,
)

LONGEST_HISTORY = 50
LONGEST_REFUSED_TEXT = 100
"""In Unicode code points: enough to know again what was refused."""

DELIVERED = "delivered"
"""The key of the metadata of what a person said: its id, and who it was."""
ATTACHMENT = "attachment"
"""The key of the metadata of a customer's message that brings a file."""
_REFUSED = "refused"


async def read_history(
    store: TrackerStore, conversation_id: str, showings: Showings | None = None
) -> list[Message]:
    """The last messages of a conversation, oldest first, over all of its Rasa sessions.

    Args:
        showings: Gets what was shown in them, for other processes showed it.
    """
    tracker = await store.retrieve_full_tracker(conversation_id)
    return messages_of(tracker.events, showings)[-LONGEST_HISTORY:] if tracker else []


async def read_turn(
    store: TrackerStore, conversation_id: str, turn_id: str
) -> list[Message] | None:
    """The replies to a message; None where the conversation has no such message."""
    tracker = await store.retrieve_full_tracker(conversation_id)
    messages = messages_of(tracker.events) if tracker else []
    replies = [each for each in messages if each["id"].rpartition(".")[0] == turn_id]
    is_known = bool(replies) or any(each["id"] == turn_id for each in messages)
    return replies if is_known else None


def messages_of(events: Iterable[Event], showings: Showings | None = None) -> list[Message]:
    """The bubbles that these events were, each with the id it had when it was sent.

    What a customer did not type is left out: external triggers and Rasa's own commands.
    """
    messages: list[Message] = []
    turn_id, replies = "start", 0
    for event in events:
        if isinstance(event, UserUttered):
            if _was_typed(event):
                turn_id, replies = event.message_id or f"t{event.timestamp:.6f}", 0
                attachment = read_attachment((event.metadata or {}).get(ATTACHMENT))
                said = event.text or ""
                messages.append(customer_message(turn_id, said, event.timestamp, attachment))
        elif isinstance(event, BotUttered):
            if person := (event.metadata or {}).get(DELIVERED):
                words = assistant_message(
                    person["id"], event.message(), event.timestamp, person["author"]
                )
                messages += [words] if words else []
                continue
            if refused := (event.metadata or {}).get(_REFUSED):
                turn_id, replies = refused["id"], 0
                if refused["text"]:
                    messages.append(customer_message(turn_id, refused["text"], event.timestamp))
            reply = assistant_message(f"{turn_id}.{replies}", event.message(), event.timestamp)
            if reply:
                replies += 1
                if showings is not None:
                    showings.note(reply, (event.message().get("custom") or {}).get("query"))
                messages.append(reply)
    return messages


async def record_failed_turn(store: TrackerStore, conversation_id: str, turn: Turn) -> None:
    """Writes down what both sides saw of a turn that Rasa did not finish by itself.

    Where only the action server was away, Rasa has saved the turn and lacks our last reply.
    Where Rasa itself gave up, it has saved nothing: the turn is put down as one that ended in
    listening, which is the state that the next message needs.
    """
    tracker = await store.get_or_create_tracker(conversation_id)
    latest = tracker.latest_message
    saved_by_rasa = latest is not None and latest.message_id == turn.id
    if not saved_by_rasa:
        brought = {ATTACHMENT: turn.customer["attachment"]} if turn.customer["attachment"] else {}
        tracker.update(UserUttered(turn.customer["text"], message_id=turn.id, metadata=brought))
    for reply in turn.replies[-1:] if saved_by_rasa else turn.replies:
        data = {"custom": {"products": reply["products"]}, "buttons": reply["buttons"]}
        tracker.update(BotUttered(reply["text"], data))
    if not saved_by_rasa:
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    await store.save(tracker)


async def record_refused_turn(store: TrackerStore, conversation_id: str, turn: Turn) -> None:
    """Writes down a message that the guard refused, shortened, and the answer to it.

    The message goes into the metadata of our answer: Rasa acts on what a customer uttered, and
    this must stay something that it never heard.
    """
    text = turn.customer["text"]
    if len(text) > LONGEST_REFUSED_TEXT:
        text = text[: LONGEST_REFUSED_TEXT - 1] + "…"
    tracker = await store.get_or_create_tracker(conversation_id)
    metadata = {_REFUSED: {"id": turn.id, "text": text}}
    tracker.update(BotUttered(turn.refusal, metadata=metadata))
    await store.save(tracker)


def _was_typed(event: UserUttered) -> bool:
    is_external = bool((event.metadata or {}).get("is_external"))
    return bool(event.text) and not is_external and not event.text.startswith("/")
