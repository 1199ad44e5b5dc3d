import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.conversation import Turn
from bot.channels.history import LONGEST_HISTORY, messages_of, read_history, record_failed_turn
from bot.channels.message import customer_message
from tests.bot.channels.harness import CARD, OFFER


def said(text: str, message_id: str, timestamp: float = 0.0) -> UserUttered:
    return UserUttered(text, {"name": "x"}, message_id=message_id, timestamp=timestamp)


async def store_with(*events: Event) -> InMemoryTrackerStore:
    store = InMemoryTrackerStore(Domain.empty())
    await store.save(DialogueStateTracker.from_events("c", list(events)))
    return store


def test_a_turn_reads_as_it_was_sent() -> None:
    button = {"title": "In red", "payload": "show me the red one"}
    rows = [{"name": "Price", "values": ["1", "2"]}, {"name": "Odd", "values": ["1"]}]
    custom = {
        "products": [OFFER],
        "constraints": [
            {"title": "red", "payload": "Remove: red"},
            {"title": "bad", "payload": "/order_status"},
        ],
        "table": {"columns": ["A", "B"], "rows": rows},
        "timeline": [
            {"title": "Ordered", "time": "January 5", "state": "done"},
            {"title": "Odd", "state": "unheard of"},
            "no stage",
        ],
    }
    data = {"custom": custom, "buttons": [button]}
    assert messages_of(
        [said("shoes", "m1", 1.0), BotUttered("Here:\n\nyes", data, timestamp=1.5)]
    ) == [
        {
            "role": "customer",
            "id": "m1",
            "text": "shoes",
            "author": "",
            "time": "1970-01-01T00:00:01.000+00:00",
            "products": [],
            "buttons": [],
            "constraints": [],
            "table": None,
            "timeline": [],
            "attachment": None,
            "upload": None,
        },
        {
            "role": "assistant",
            "id": "m1.0",
            "text": "Here:\n\nyes",
            "author": "",
            "time": "1970-01-01T00:00:01.500+00:00",
            "products": [CARD],
            "buttons": [button],
            "constraints": [{"title": "red", "payload": "Remove: red"}],
            "table": {"columns": ["A", "B"], "rows": [{"name": "Price", "values": ["1", "2"]}]},
            "timeline": [{"title": "Ordered", "time": "January 5", "state": "done"}],
            "attachment": None,
            "upload": None,
        },
    ]


def test_what_nobody_saw_is_left_out() -> None:
    events = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        SlotSet("shopping", {"text": "shoes"}),
        said("/session_start", "m0"),
        UserUttered.create_external("cart_abandoned"),
        BotUttered(None, {"custom": {"debug": "internal"}}),
        said("shoes", "m1"),
        Restarted(),
    ]
    assert [message["text"] for message in messages_of(events)] == ["shoes"]


def test_replies_are_numbered_within_their_turn() -> None:
    events = [
        BotUttered("Welcome"),
        said("a", "m1"),
        BotUttered("1"),
        BotUttered(None),
        BotUttered("2"),
        said("b", "m2"),
        BotUttered("3"),
    ]
    ids = [message["id"] for message in messages_of(events)]
    assert ids == ["start.0", "m1", "m1.0", "m1.1", "m2", "m2.0"]


def test_an_unknown_price_stays_unknown() -> None:
    offer = {"id": "v1", "price": float("nan"), "in_stock": None, "why": None}
    [message] = messages_of([BotUttered("", {"custom": {"products": [offer, "no offer"]}})])
    [card] = message["products"]
    assert card["price"] is None
    assert card["in_stock"] is None
    assert card["title"] == ""
    assert card["why"] == []


def test_a_button_that_the_guard_would_refuse_is_not_shown() -> None:
    buttons = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "no"}]
    [message] = messages_of([BotUttered("Sure?", {"buttons": buttons})])
    assert message["buttons"] == [{"title": "No", "payload": "no"}]


@pytest.mark.asyncio
async def test_history_is_bounded_to_the_latest() -> None:
    store = await store_with(*(said(str(number), f"m{number}") for number in range(80)))
    history = await read_history(store, "c")
    assert [message["text"] for message in history] == [
        str(number) for number in range(80 - LONGEST_HISTORY, 80)
    ]


@pytest.mark.asyncio
async def test_history_spans_rasas_sessions() -> None:
    store = await store_with(
        said("yesterday", "m1", 1.0), SessionStarted(timestamp=2.0), said("today", "m2", 3.0)
    )
    assert [message["text"] for message in await read_history(store, "c")] == ["yesterday", "today"]


@pytest.mark.asyncio
async def test_a_conversation_that_nobody_had_has_no_history() -> None:
    assert await read_history(InMemoryTrackerStore(Domain.empty()), "c") == []


@pytest.mark.parametrize("saved_by_rasa", [True, False])
@pytest.mark.asyncio
async def test_a_failed_turn_is_recorded_once_and_listening(saved_by_rasa: bool) -> None:
    before: list[Event] = [
        ActionExecuted("action_listen"),
        said("hello", "m1", 1.0),
        BotUttered("hi"),
    ]
    before.append(ActionExecuted("action_listen"))
    if saved_by_rasa:
        before += [said("shoes", "m2"), ActionExecuted("action_listen")]
    store = await store_with(*before)
    turn = Turn("m2", customer_message("m2", "shoes", 2.0), "sid")
    turn.replies.append({**customer_message("m2.0", "Sorry", 2.0), "role": "assistant"})

    await record_failed_turn(store, "c", turn)

    history = await read_history(store, "c")
    assert [message["id"] for message in history] == ["m1", "m1.0", "m2", "m2.0"]
    assert history[-1]["text"] == "Sorry"
    tracker = await store.retrieve("c")
    assert tracker is not None
    assert tracker.latest_action_name == "action_listen"


def test_a_file_that_a_message_brought_is_told_with_it() -> None:
    attachment = {"id": "f1", "name": "crack.jpg", "media_type": "image/jpeg"}
    for kept, told in ((attachment, attachment), ({"id": "f1"}, None), ("f1", None)):
        event = UserUttered("Here's a photo.", message_id="m1", metadata={"attachment": kept})
        assert [each["attachment"] for each in messages_of([event])] == [told]


def test_an_invitation_to_add_files_is_told_as_it_was_made() -> None:
    invitation = {"max_bytes": 8_000_000, "types": ["image/jpeg"], "other": 1}
    for made, told in (
        (invitation, {"max_bytes": 8_000_000, "types": ["image/jpeg"]}),
        ({"max_bytes": "many"}, None),
        ("yes", None),
    ):
        event = BotUttered("A photo?", {"custom": {"upload": made}})
        assert [each["upload"] for each in messages_of([event])] == [told]
