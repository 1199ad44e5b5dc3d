"""Rocket.Chat."""

import json
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest

from bot.channels.messaging.platforms.rocketchat import RocketChat
from tests.bot.channels.messaging.contract import BUTTONS, ChannelContract
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio


class RocketChatDriver(Driver):
    has_taps = False  # its buttons say the number

    def make(self, url: str) -> RocketChat:
        return RocketChat(url, "bot-id", "token", "webhook-token")

    def posted(self, **changes: Any) -> Posted:
        """An outgoing webhook's request."""
        said = {
            "token": "webhook-token",
            "bot": False,
            "channel_id": "D4917",
            "message_id": "m9",
            "timestamp": "2027-01-15T08:00:00.000Z",
            "user_id": "4917",
            "user_name": "ann",
            "text": "hello",
            "siteUrl": "https://chat.example",
        }
        body = json.dumps({**said, **changes}).encode()
        return Posted(body, {"Content-Type": "application/json"})

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        time = datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="milliseconds")
        whom = {"user_id": user, "channel_id": f"D{user}"}
        return self.posted(text=text, message_id=f"m{id}", timestamp=time, **whom)

    def with_signature(self, posted: Posted, signature: str | None) -> Posted:
        said = json.loads(posted.body)
        del said["token"]
        body = {**said, **({"token": signature} if signature else {})}
        return replace(posted, body=json.dumps(body).encode())

    def sticker(self, id: str = "3") -> Posted:
        return self.posted(text="", message_id=f"m{id}")

    def others(self) -> list[Posted]:
        return [
            self.posted(bot={"i": "another"}),
            self.posted(user_id="bot-id"),
            self.posted(channel_name="general"),
            self.posted(isEdited=True),
        ]

    def texts(self, asked: Asked) -> list[str]:
        return [asked.body["text"]]

    def buttons(self, asked: Asked) -> list[dict[str, Any]]:
        attached = asked.body.get("attachments", [])
        return [action for each in attached for action in each.get("actions", [])]

    def taps(self, asked: Asked) -> list[Tap]:
        return [Tap(each["msg"], each["text"]) for each in self.buttons(asked)]

    def pictures(self, asked: Asked) -> list[str]:
        attached = asked.body.get("attachments", [])
        return [each["image_url"] for each in attached if "image_url" in each]

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["roomId"]).removeprefix("D")

    def check(self, asked: Asked) -> None:
        assert asked.path == "/api/v1/chat.postMessage"
        assert (asked.headers["X-Auth-Token"], asked.headers["X-User-Id"]) == ("token", "bot-id")
        assert 1 <= len(asked.body["text"]) <= 5000
        assert all(1 <= len(tap.title) <= 40 for tap in self.taps(asked))

    def usual(self, asked: Asked) -> Any:
        return {"success": True} if self.is_message(asked) else self.identity()

    def identity(self) -> Any:
        return {"_id": "bot-id", "username": "Fell", "success": True}


class TestRocketChat(ChannelContract):
    driver_type = RocketChatDriver

    async def test_a_button_says_its_number(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        await shop.say(shop.taps[1].id, "2")
        assert shop.agent.heard[1:] == ["show me cheaper ones"]

    async def test_a_body_that_is_no_json_is_refused(self, shop: Shop) -> None:
        await self._refused(shop, Posted(b"hello", {"Content-Type": "application/json"}))
