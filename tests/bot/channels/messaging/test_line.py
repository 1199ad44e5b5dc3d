"""LINE's Messaging API."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from bot.channels.messaging.platforms.line import Line
from bot.channels.messaging.text import length
from tests.bot.channels.messaging.contract import BUTTONS, ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked, Told
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
SECRET = "channel-secret"


def signed(*events: dict[str, Any], secret: str = SECRET) -> Posted:
    """A webhook as LINE sends it."""
    body = json.dumps({"destination": "U0", "events": list(events)}, ensure_ascii=False).encode()
    digest = hmac.new(secret.encode(), body, sha256).digest()
    return Posted(body, {"X-Line-Signature": b64encode(digest).decode()})


class LineDriver(Driver):
    signature = "X-Line-Signature"

    def make(self, url: str) -> Line:
        return Line("token", SECRET, url)

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return signed(self.event(id, user, {"type": "text", "id": "4", "text": text}, at))

    def event(self, id: str, user: str, message: Any, at: float = NOW) -> dict[str, Any]:
        return {
            "type": "message",
            "mode": "active",
            "timestamp": int(at * 1000),
            "source": {"type": "user", "userId": user},
            "webhookEventId": f"01FZ{id}",
            "deliveryContext": {"isRedelivery": False},
            "replyToken": f"reply-{id}",
            "message": message,
        }

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        event = self.event(id, user, None)
        del event["message"]
        return signed({**event, "type": "postback", "postback": {"data": choice}})

    def sticker(self, id: str = "3") -> Posted:
        sticker = {"type": "sticker", "id": "5", "packageId": "1", "stickerId": "2"}
        return signed(self.event(id, "4917", sticker))

    def others(self) -> list[Posted]:
        said = {"type": "text", "id": "4", "text": "hello"}
        group = {"type": "group", "groupId": "C1", "userId": "4917"}
        return [
            signed(),  # as when the address is entered in the console
            signed({**self.event("7", "4917", None), "type": "follow"}),
            signed({**self.event("8", "4917", said), "source": group}),
            signed({**self.event("9", "4917", said), "mode": "standby"}),
        ]

    def messages(self, asked: Asked) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = asked.body["messages"]
        return found

    def texts(self, asked: Asked) -> list[str]:
        said = []
        for message in self.messages(asked):
            if message["type"] == "text":
                said.append(message["text"])
            else:
                columns = message["template"]["columns"]
                said += [f"{column['title']}\n{column['text']}" for column in columns]
        return said

    def taps(self, asked: Asked) -> list[Tap]:
        actions = []
        for message in self.messages(asked):
            for column in message.get("template", {}).get("columns", ()):
                actions += column["actions"]
            actions += [item["action"] for item in message.get("quickReply", {}).get("items", ())]
        return [Tap(a["data"], a["label"]) for a in actions if a["type"] == "postback"]

    def pictures(self, asked: Asked) -> list[str]:
        return [
            column["thumbnailImageUrl"]
            for message in self.messages(asked)
            for column in message.get("template", {}).get("columns", ())
            if "thumbnailImageUrl" in column
        ]

    def recipient(self, asked: Asked) -> str:
        return str(asked.body.get("to", ""))

    def check(self, asked: Asked) -> None:
        assert asked.path in ("/v2/bot/message/push", "/v2/bot/message/reply")
        assert asked.headers["Authorization"] == "Bearer token"
        assert 1 <= len(self.messages(asked)) <= 5
        for message in self.messages(asked):
            if message["type"] == "text":
                assert 1 <= length(message["text"]) <= 5000
            else:
                assert 1 <= length(message["altText"]) <= 400
                columns = message["template"]["columns"]
                assert 1 <= len(columns) <= 10
                assert len({len(column["actions"]) for column in columns}) == 1
                assert len({"thumbnailImageUrl" in column for column in columns}) == 1
                for column in columns:
                    assert 1 <= length(column["title"]) <= 40
                    assert 1 <= length(column["text"]) <= 60
                    assert all(1 <= length(each["label"]) <= 20 for each in column["actions"])
            if "quickReply" in message:
                items = message["quickReply"]["items"]
                assert 1 <= len(items) <= 13
                assert all(1 <= length(item["action"]["label"]) <= 20 for item in items)
                assert all(1 <= length(item["action"]["data"]) <= 300 for item in items)
                assert all(1 <= length(item["action"]["displayText"]) <= 300 for item in items)

    def identity(self) -> Any:
        return {"userId": "U0", "basicId": "@fell", "displayName": "Fell"}


class TestLine(ChannelContract):
    driver_type = LineDriver

    async def test_the_first_answer_is_the_free_one(self, shop: Shop) -> None:
        await shop.say("red shoes")
        [asked] = shop.sent
        assert asked.path.endswith("/reply") and asked.body["replyToken"] == "reply-1"

    async def test_a_reply_token_that_ended_becomes_a_push(self, shop: Shop) -> None:
        shop.driver.fake.answers.append(Told(400, {"message": "Invalid reply token"}))
        await shop.say("red shoes")
        [asked] = shop.sent
        assert asked.path.endswith("/push") and asked.body["to"] == "4917"
        assert shop.texts == ["You said: red shoes"]

    async def test_an_event_delivered_again_is_pushed(self, shop: Shop) -> None:
        said = {"type": "text", "id": "4", "text": "red shoes"}
        event = LineDriver(shop.driver.fake).event("1", "4917", said)
        await shop.take(signed({**event, "deliveryContext": {"isRedelivery": True}}))
        assert shop.sent[0].path.endswith("/push")

    async def test_a_push_that_is_repeated_has_the_same_key(self, shop: Shop) -> None:
        await shop.say("a person please")
        shop.driver.fake.answers.append(Told(500))
        assert await shop.deliver("I'm here.") == 204
        keys = [each.headers["X-Line-Retry-Key"] for each in shop.driver.fake.tried[1:]]
        assert len(keys) == 2 and len(set(keys)) == 1

    async def test_what_line_took_before_is_sent(self, shop: Shop) -> None:
        await shop.say("a person please")
        conflict = {"message": "The retry key is already accepted"}
        shop.driver.fake.answers.extend([Told(500), Told(409, conflict)])
        assert await shop.deliver("I'm here.") == 204

    async def test_products_are_a_carousel_with_quick_replies(self, shop: Shop) -> None:
        response = {"text": "Three:", "custom": {"products": offers(3)}, "buttons": BUTTONS}
        await self._shows(shop, response)
        said, carousel = shop.sent[0].body["messages"]
        assert (said["type"], carousel["template"]["type"]) == ("text", "carousel")
        assert len(carousel["quickReply"]["items"]) == 2

    async def test_more_messages_than_one_request_takes(self, shop: Shop) -> None:
        await self._shows(shop, *({"text": f"Bubble {n}"} for n in range(7)))
        assert [len(asked.body["messages"]) for asked in shop.sent] == [5, 2]
        assert [asked.path.rsplit("/")[-1] for asked in shop.sent] == ["reply", "push"]
