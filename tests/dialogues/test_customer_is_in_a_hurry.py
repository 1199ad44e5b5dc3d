"""Several messages at once are all answered, and none of what they say is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.evaluation.tracker import TrackerStore
from tests.assistant import Assistant, Conversation

pytestmark = pytest.mark.e2e


def test_five_messages_within_a_second(assistant: Assistant, customer: Conversation) -> None:
    customer.say("running shoes")
    wishes = ["in red", "under $120", "for men", "in size 9", "not by Thistledash"]
    tabs = [assistant.chat(customer.token) for _ in wishes]

    with ThreadPoolExecutor(len(tabs)) as at_once:
        turns = list(at_once.map(lambda tab, words: tab.say(words), tabs, wishes))

    assert all(turn.text.strip() for turn in turns)
    assert not any("went wrong" in turn.text for turn in turns)
    trackers = TrackerStore(assistant.data_dir / "conversations.db")
    wish = trackers.shopping(customer.token).filters.without("category").to_json()
    assert wish == {
        "price_max": 120,
        "color": ["red"],
        "size": ["9"],
        "gender": ["men"],
        "not_brand": ["Thistledash"],
    }
