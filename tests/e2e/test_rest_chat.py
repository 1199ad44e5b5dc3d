"""The chat for front ends without Socket.IO."""

from collections.abc import Iterator

import httpx
import pytest

from bot.evaluation.demo_desk import DemoDesk
from tests.assistant import Assistant, wait_until
from tests.e2e.conftest import REST_KEY

pytestmark = pytest.mark.e2e

MAYA = "maya.lindqvist@example.com"


@pytest.fixture
def front_end(staffed: Assistant) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {REST_KEY}"}
    with httpx.Client(base_url=f"{staffed.url}/v1/chat", headers=headers, timeout=60) as client:
        yield client


def test_a_conversation_goes_on_from_request_to_request(front_end: httpx.Client) -> None:
    first = front_end.post("/messages", json={"text": "kettles"}).raise_for_status().json()
    assert first["replies"][0]["products"]
    kept = {name: first[name] for name in ("conversation", "device")}
    second = front_end.post("/messages", json={"text": "under $50", **kept}).json()
    cards = second["replies"][0]["products"]
    assert cards
    assert all(card["price"] <= 50 for card in cards)
    headers = {"Aisle-Conversation": kept["conversation"], "Aisle-Device": kept["device"]}
    history = front_end.get("/messages", headers=headers).raise_for_status().json()["messages"]
    assert [each["text"] for each in history if each["role"] == "customer"] == [
        "kettles",
        "under $50",
    ]


def test_a_request_that_is_sent_again_is_answered_once(front_end: httpx.Client) -> None:
    said = {"text": "tents", "id": "once"}
    first = front_end.post("/messages", json=said).json()
    kept = {name: first[name] for name in ("conversation", "device")}
    front_end.post("/messages", json={**said, **kept}).raise_for_status()
    headers = {"Aisle-Conversation": kept["conversation"]}
    history = front_end.get("/messages", headers=headers).json()["messages"]
    assert [each["id"] for each in history if each["role"] == "customer"] == ["once"]


def test_a_customer_who_is_logged_in(front_end: httpx.Client, staffed: Assistant) -> None:
    said = {"text": "where is my order A1037?", "identity": staffed.sign_in(MAYA)}
    told = front_end.post("/messages", json=said).raise_for_status().json()
    assert "A1037" in told["replies"][0]["text"]
    refused = front_end.post("/messages", json={**said, "identity": "forged"})
    assert refused.status_code == 422
    assert "identity" in refused.json()["detail"]


def test_a_persons_answer_is_in_the_history(
    front_end: httpx.Client, staffed: Assistant, desk: DemoDesk
) -> None:
    told = front_end.post("/messages", json={"text": "I want to talk to a person"}).json()
    desk.next()
    desk.say(staffed.url, "Mia here.", "Mia")
    headers = {"Aisle-Conversation": told["conversation"]}

    def has_come() -> bool:
        messages = front_end.get("/messages", headers=headers).json()["messages"]
        return ("Mia", "Mia here.") in [(each["author"], each["text"]) for each in messages]

    wait_until(has_come)


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"authorization": ""}, {"text": "hello"}, 401),
        ({"authorization": "Bearer wrong"}, {"text": "hello"}, 401),
        ({}, {}, 422),
        ({}, {"text": ""}, 422),
        ({}, {"text": "hello", "id": "no good"}, 422),
        ({}, {"text": "hello", "sender": "somebody"}, 422),
    ],
)
def test_what_is_refused_is_a_problem_document(
    front_end: httpx.Client, headers: dict[str, str], body: dict[str, str], status: int
) -> None:
    refused = front_end.post("/messages", json=body, headers=headers)
    assert refused.status_code == status
    assert refused.headers["content-type"] == "application/problem+json"


def test_without_a_key_there_is_none(assistant: Assistant) -> None:
    refused = httpx.post(f"{assistant.url}/v1/chat/messages", json={"text": "hello"})
    assert refused.status_code == 404
    assert "AISLE_REST_KEY" in refused.json()["detail"]
