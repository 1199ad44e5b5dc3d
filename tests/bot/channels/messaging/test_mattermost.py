"""Mattermost."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.channels.messaging.platforms.mattermost import Mattermost
from tests.bot.channels.messaging.contract import BUTTONS, ChannelContract
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
ADDRESS = "http://127.0.0.1:5005/webhooks/messaging/mattermost"


class MattermostDriver(Driver):
    def make(self, url: str) -> Mattermost:
        return Mattermost(url, "token", "webhook-token", ADDRESS)

    def fields(self, **changes: Any) -> dict[str, Any]:
        said = {
            "channel_id": "town-square",
            "channel_name": "town-square",
            "post_id": "p9",
            "text": "hello",
            "timestamp": str(int(NOW * 1000)),
            "token": "webhook-token",
            "trigger_word": "",
            "user_id": "4917",
            "user_name": "ann",
        }
        return {**said, **changes}

    def json(self, said: dict[str, Any]) -> Posted:
        return Posted(json.dumps(said).encode(), {"Content-Type": "application/json"})

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        time = str(int(at * 1000))
        return self.json(self.fields(text=text, post_id=f"p{id}", user_id=user, timestamp=time))

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        context = {"choice": choice, "token": "webhook-token", "thread": "p1"}
        whom = {"user_id": user, "channel_id": "town-square", "post_id": "p7"}
        return self.json({**whom, "trigger_id": f"t{id}", "context": context})

    def with_signature(self, posted: Posted, signature: str | None) -> Posted:
        said = json.loads(posted.body)
        del said["token"]
        body = {**said, **({"token": signature} if signature else {})}
        return replace(posted, body=json.dumps(body).encode())

    def sticker(self, id: str = "3") -> Posted:
        return self.json(self.fields(text="", file_ids="f1", post_id=f"p{id}"))

    def others(self) -> list[Posted]:
        return []  # an outgoing webhook is for what people post alone

    def attachments(self, asked: Asked) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = asked.body.get("props", {}).get("attachments", [])
        return found

    def texts(self, asked: Asked) -> list[str]:
        return [asked.body["message"]]

    def taps(self, asked: Asked) -> list[Tap]:
        actions = [a for each in self.attachments(asked) for a in each.get("actions", [])]
        return [Tap(a["integration"]["context"]["choice"], a["name"]) for a in actions]

    def pictures(self, asked: Asked) -> list[str]:
        return [each["image_url"] for each in self.attachments(asked) if "image_url" in each]

    def recipient(self, asked: Asked) -> str:
        return ""

    def check(self, asked: Asked) -> None:
        assert asked.path == "/api/v4/posts"
        assert asked.headers["Authorization"] == "Bearer token"
        assert asked.body["channel_id"] == "town-square"
        assert 1 <= len(asked.body["message"]) <= 16383
        for attachment in self.attachments(asked):
            for action in attachment.get("actions", []):
                assert action["id"].isalnum() and 1 <= len(action["name"]) <= 40
                assert action["integration"]["url"] == ADDRESS

    def identity(self) -> Any:
        return {"id": "b1", "username": "Fell", "is_bot": True}


class TestMattermost(ChannelContract):
    driver_type = MattermostDriver

    async def test_a_form_is_as_good_as_json(self, shop: Shop) -> None:
        fields = MattermostDriver(shop.driver.fake).fields(text="red shoes")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        await shop.take(Posted(urlencode(fields).encode(), form))
        assert shop.agent.heard == ["red shoes"]

    async def test_answers_stand_below_what_they_answer(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        await shop.take(shop.driver.tap(shop.taps[0].id))
        assert [asked.body["root_id"] for asked in shop.sent] == ["pfirst", "p1"]

    async def test_the_word_that_calls_the_bot_is_not_said_to_it(self, shop: Shop) -> None:
        fields = MattermostDriver(shop.driver.fake).fields(text="@shop red", trigger_word="@shop")
        await shop.take(MattermostDriver(shop.driver.fake).json(fields))
        assert shop.agent.heard == ["red"]

    async def test_a_button_without_our_token_is_refused(self, shop: Shop) -> None:
        said = json.loads(shop.driver.tap("1.1").body)
        for context in ({**said["context"], "token": "guess"}, {}, "text"):
            posted = MattermostDriver(shop.driver.fake).json({**said, "context": context})
            await self._refused(shop, posted)

    async def test_an_answer_calls_nobody(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Write to @all or @alice"})
        assert shop.texts == ["Write to @\u200ball or @alice"]
