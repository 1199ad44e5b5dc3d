"""Slack's Events API and Block Kit."""

import hmac
import html
import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.channels.messaging.platforms.slack import Slack
from bot.channels.messaging.text import length
from tests.bot.channels.messaging.contract import BUTTONS, ChannelContract
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked, Told
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def signed(body: bytes, content_type: str, at: float = NOW) -> Posted:
    timestamp = str(int(at))
    digest = hmac.new(SECRET.encode(), f"v0:{timestamp}:".encode() + body, sha256).hexdigest()
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
    }
    return Posted(body, headers)


class SlackDriver(Driver):
    signature = "X-Slack-Signature"

    def make(self, url: str) -> Slack:
        return Slack("xoxb-token", SECRET, url)

    def event(self, id: str, at: float = NOW, **event: Any) -> Posted:
        """A request of the Events API."""
        payload = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event": event}
        body = json.dumps({**payload, "event_id": f"Ev{id}", "event_time": int(at)}).encode()
        return signed(body, "application/json", at)

    def said(self, text: str, user: str = "4917", at: float = NOW) -> dict[str, Any]:
        direct = {"type": "message", "channel_type": "im", "channel": f"D{user}"}
        return {**direct, "user": user, "text": text, "ts": f"{at:.6f}"}

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return self.event(id, at, **self.said(html.escape(text, quote=False), user, at))

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        action = {
            "type": "button",
            "action_id": choice,
            "value": choice,
            "action_ts": f"{NOW:.0f}.{id}",
            "text": {"type": "plain_text", "text": title},
        }
        payload = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": user},
            "channel": {"id": f"D{user}"},
            "actions": [action],
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return signed(body, "application/x-www-form-urlencoded")

    def sticker(self, id: str = "3") -> Posted:
        said = {**self.said(""), "subtype": "file_share", "files": [{"id": "F1"}]}
        return self.event(id, **said)

    def others(self) -> list[Posted]:
        said = self.said("hello")
        return [
            self.event("6", **{**said, "channel_type": "channel", "channel": "C1"}),
            self.event("7", **{**said, "bot_id": "B1"}),
            self.event("8", **{**said, "subtype": "message_changed"}),
            self.event("9", type="app_home_opened", user="4917"),
        ]

    def is_message(self, asked: Asked) -> bool:
        return asked.path.endswith("chat.postMessage")

    def texts(self, asked: Asked) -> list[str]:
        if "blocks" not in asked.body:
            return [html.unescape(asked.body["text"])]
        blocks = asked.body["blocks"]
        return [block["text"]["text"] for block in blocks if block["type"] == "section"]

    def buttons(self, asked: Asked) -> list[dict[str, Any]]:
        blocks = asked.body.get("blocks", [])
        return [each for block in blocks for each in block.get("elements", [])]

    def taps(self, asked: Asked) -> list[Tap]:
        return [Tap(each["value"], each["text"]["text"]) for each in self.buttons(asked)]

    def pictures(self, asked: Asked) -> list[str]:
        blocks = asked.body.get("blocks", [])
        return [each["accessory"]["image_url"] for each in blocks if "accessory" in each]

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["channel"]).removeprefix("D")

    def check(self, asked: Asked) -> None:
        assert asked.headers["Authorization"] == "Bearer xoxb-token"
        assert 1 <= length(asked.body["text"]) <= 40000
        blocks = asked.body.get("blocks", [])
        assert len(blocks) <= 50
        for block in blocks:
            assert 1 <= length(block.get("text", {}).get("text", "-")) <= 3000
            assert 1 <= len(block.get("elements", "-")) <= 25
        assert all(1 <= length(tap.title) <= 75 for tap in self.taps(asked))
        ids = [each["action_id"] for each in self.buttons(asked)]
        assert len(set(ids)) == len(ids)

    def usual(self, asked: Asked) -> Any:
        return {"ok": True} if self.is_message(asked) else self.identity()

    def identity(self) -> Any:
        return {"ok": True, "team": "Fell's", "user": "Fell"}


class TestSlack(ChannelContract):
    driver_type = SlackDriver

    async def test_slack_enters_the_address(self, shop: Shop) -> None:
        body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()
        posted = signed(body, "application/json")
        assert await shop.post(posted) == (200, "3eZbrw1a")
        await self._refused(shop, posted.with_header("X-Slack-Signature", "v0=0"))

    @pytest.mark.parametrize("off", [-301, 301])
    async def test_a_request_of_another_time_is_a_replay(self, shop: Shop, off: float) -> None:
        await self._refused(shop, shop.driver.message("red shoes", at=NOW + off))

    async def test_the_time_is_signed_too(self, shop: Shop) -> None:
        posted = shop.driver.message("red shoes", at=NOW - 600)
        later = posted.with_header("X-Slack-Request-Timestamp", str(int(NOW)))
        await self._refused(shop, later)

    async def test_slacks_own_second_try_is_not_answered(self, shop: Shop) -> None:
        posted = shop.driver.message("red shoes")
        await shop.take(posted)
        await shop.take(posted.with_header("X-Slack-Retry-Num", "1"))
        assert shop.agent.heard == ["red shoes"]

    async def test_marks_of_slacks_are_words(self, shop: Shop) -> None:
        driver = SlackDriver(shop.driver.fake)
        text = "is &lt;this&gt; <https://shop.example/p|shop.example/p> &amp; red?"
        await shop.take(driver.event("1", **driver.said(text)))
        assert shop.agent.heard == ["is <this> shop.example/p & red?"]

    async def test_an_answer_calls_nobody(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "<!channel> & <@U1>"})
        assert shop.sent[0].body["text"] == "&lt;!channel&gt; &amp; &lt;@U1&gt;"

    async def test_a_no_with_status_200_is_a_no(self, shop: Shop) -> None:
        no = {"ok": False, "error": "invalid_blocks"}
        shop.driver.fake.answers.append(Told(200, no))
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        assert "1. Only red ones" in shop.seen and not shop.taps

    async def test_slacks_trouble_passes(self, shop: Shop) -> None:
        shop.driver.fake.answers.append(Told(200, {"ok": False, "error": "internal_error"}))
        await shop.say("red shoes")
        assert shop.texts == ["You said: red shoes"] and len(shop.pauses) == 1

    async def test_a_form_without_a_payload(self, shop: Shop) -> None:
        status, _ = await shop.post(signed(b"a=1", "application/x-www-form-urlencoded"))
        assert (status, shop.agent.heard) == (200, [])
