"""Facebook Messenger and Instagram."""

import hmac
import json
from hashlib import sha256
from typing import Any, ClassVar

import pytest

from bot.channels.messaging.platforms.direct_messages import DirectMessages
from bot.channels.messaging.platforms.instagram import Instagram
from bot.channels.messaging.platforms.messenger import Messenger
from bot.channels.messaging.text import length
from tests.bot.channels.messaging.contract import BUTTONS, ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
SECRET = "app-secret"
ACCOUNT = "17841405822304914"


class DirectMessagesDriver(Driver):
    signature = "X-Hub-Signature-256"
    kind: ClassVar[type[DirectMessages]]

    def make(self, url: str) -> DirectMessages:
        return self.kind("token", ACCOUNT, SECRET, "verify-me", url)

    def signed(self, *events: Any, account: str = ACCOUNT) -> Posted:
        """A webhook as Meta sends it."""
        entry = {"id": account, "time": int(NOW * 1000), "messaging": list(events)}
        thing = "instagram" if self.kind is Instagram else "page"
        body = json.dumps({"object": thing, "entry": [entry]}).encode()
        digest = hmac.new(SECRET.encode(), body, sha256).hexdigest()
        return Posted(body, {"X-Hub-Signature-256": f"sha256={digest}"})

    def event(self, user: str, content: Any, at: float = NOW) -> dict[str, Any]:
        whom = {"sender": {"id": user}, "recipient": {"id": ACCOUNT}}
        return {**whom, "timestamp": int(at * 1000), **content}

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return self.signed(self.event(user, {"message": {"mid": f"m_{id}", "text": text}}, at))

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        if title == "Details":
            postback = {"mid": f"m_{id}", "title": title, "payload": choice}
            return self.signed(self.event(user, {"postback": postback}))
        quick = {"mid": f"m_{id}", "text": title, "quick_reply": {"payload": choice}}
        return self.signed(self.event(user, {"message": quick}))

    def sticker(self, id: str = "3") -> Posted:
        picture = {"type": "image", "payload": {"url": "https://cdn.example/1"}}
        message = {"mid": f"m_{id}", "attachments": [picture]}
        return self.signed(self.event("4917", {"message": message}))

    def others(self) -> list[Posted]:
        echo = {"mid": "m_7", "text": "hello", "is_echo": True}
        unsent = {"mid": "m_8", "is_deleted": True}
        said = {"mid": "m_9", "text": "hello"}
        return [
            self.signed(self.event(ACCOUNT, {"message": echo})),
            self.signed(self.event("4917", {"message": unsent})),
            self.signed(self.event("4917", {"read": {"watermark": 1}})),
            self.signed(self.event("4917", {"reaction": {"mid": "m_1", "emoji": "👍"}})),
            self.signed(self.event("4917", {"message": said}), account="another"),
        ]

    def elements(self, asked: Asked) -> list[dict[str, Any]]:
        attachment = asked.body["message"].get("attachment", {"payload": {}})
        found: list[dict[str, Any]] = attachment["payload"].get("elements", [])
        return found

    def texts(self, asked: Asked) -> list[str]:
        said = [asked.body["message"]["text"]] if "text" in asked.body["message"] else []
        cards = self.elements(asked)
        return said + [f"{each['title']}\n{each.get('subtitle', '')}" for each in cards]

    def taps(self, asked: Asked) -> list[Tap]:
        buttons = [b for each in self.elements(asked) for b in each["buttons"]]
        quick = asked.body["message"].get("quick_replies", [])
        tappable = [each for each in [*buttons, *quick] if "payload" in each]
        return [Tap(each["payload"], each["title"]) for each in tappable]

    def pictures(self, asked: Asked) -> list[str]:
        return [each["image_url"] for each in self.elements(asked) if "image_url" in each]

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["recipient"]["id"])

    def check(self, asked: Asked) -> None:
        assert asked.path == f"/{ACCOUNT}/messages"
        assert asked.headers["Authorization"] == "Bearer token"
        assert asked.body["messaging_type"] == "RESPONSE"
        message = asked.body["message"]
        assert ("text" in message) != ("attachment" in message)
        if "text" in message:
            limits = self.platform.limits
            assert 1 <= limits.measure(message["text"]) <= limits.text
        assert len(self.elements(asked)) <= 10
        for element in self.elements(asked):
            assert 1 <= length(element["title"]) <= 80
            assert 1 <= length(element.get("subtitle", "-")) <= 80
            assert 1 <= len(element["buttons"]) <= 3
            assert all(1 <= length(button["title"]) <= 20 for button in element["buttons"])
        quick = message.get("quick_replies", [])
        assert len(quick) <= 13
        assert all(1 <= length(each["title"]) <= 20 for each in quick)
        assert all(1 <= length(tap.id) <= 1000 for tap in self.taps(asked))

    def identity(self) -> Any:
        return {"name": "Fell", "username": "Fell", "id": ACCOUNT}


class MessengerDriver(DirectMessagesDriver):
    kind = Messenger


class InstagramDriver(DirectMessagesDriver):
    kind = Instagram


class TestMessenger(ChannelContract):
    driver_type = MessengerDriver

    async def test_meta_enters_the_webhook(self, shop: Shop) -> None:
        query = {"hub.mode": "subscribe", "hub.challenge": "1158", "hub.verify_token": "verify-me"}
        assert await shop.post(Posted(b"", query=query, method="GET")) == (200, "1158")
        assert (await shop.post(Posted(b"", method="GET")))[0] == 401

    async def test_products_are_a_carousel_with_quick_replies(self, shop: Shop) -> None:
        response = {"text": "Many:", "custom": {"products": offers(12)}, "buttons": BUTTONS}
        await self._shows(shop, response)
        said, ten, two = (asked.body["message"] for asked in shop.sent)
        assert said == {"text": "Many:"}
        assert "quick_replies" not in ten and len(two["quick_replies"]) == 2

    async def test_an_old_postback_without_an_id_is_taken_once(self, shop: Shop) -> None:
        driver = MessengerDriver(shop.driver.fake)
        postback = {"postback": {"title": "Get started", "payload": "GET_STARTED"}}
        for _ in range(2):
            await shop.take(driver.signed(driver.event("4917", postback)))
        assert shop.agent.heard == ["Get started"]


class TestInstagram(ChannelContract):
    driver_type = InstagramDriver

    async def test_it_counts_bytes(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "红色的跑鞋。" * 100})
        assert len(shop.sent) == 2
