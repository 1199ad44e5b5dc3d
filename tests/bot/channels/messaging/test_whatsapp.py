"""WhatsApp's Cloud API."""

import asyncio
import hmac
import json
from hashlib import sha256
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.conversation import WAITING_TURNS
from bot.channels.messaging.platforms.whatsapp import WhatsApp
from bot.channels.messaging.text import length
from bot.channels.turns import TOO_FAST
from tests.bot.channels.harness import Responses
from tests.bot.channels.messaging.contract import BUTTONS, ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked, Told
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
SECRET = "app-secret"


def signed(value: dict[str, Any], secret: str = SECRET) -> Posted:
    """A webhook as Meta sends it."""
    metadata = {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp"}}
    change["value"] = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    payload = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    body = json.dumps(payload).encode()
    digest = hmac.new(secret.encode(), body, sha256).hexdigest()
    return Posted(body, {"X-Hub-Signature-256": f"sha256={digest}"})


class WhatsAppDriver(Driver):
    signature = "X-Hub-Signature-256"

    def make(self, url: str) -> WhatsApp:
        return WhatsApp("token", "106540352242922", SECRET, "verify-me", url)

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return self._of(id, user, {"type": "text", "text": {"body": text}}, at)

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        kind = "list_reply" if title[:1].isdigit() else "button_reply"
        interactive = {"type": kind, kind: {"id": choice, "title": title}}
        return self._of(id, user, {"type": "interactive", "interactive": interactive})

    def sticker(self, id: str = "3") -> Posted:
        sticker = {"mime_type": "image/webp", "sha256": "x", "id": "9", "animated": False}
        return self._of(id, "4917", {"type": "sticker", "sticker": sticker})

    def others(self) -> list[Posted]:
        status = {"id": "wamid.1", "status": "delivered", "timestamp": "1", "recipient_id": "4917"}
        reaction = {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}}
        of_another_number = {"phone_number_id": "555"}
        said = {"from": "1", "id": "wamid.2", "timestamp": str(NOW), "type": "text"}
        return [
            signed({"statuses": [status]}),
            self._of("9", "4917", reaction),
            signed(
                {"metadata": of_another_number, "messages": [{**said, "text": {"body": "hello"}}]}
            ),
        ]

    def _of(self, id: str, user: str, content: dict[str, Any], at: float = NOW) -> Posted:
        message = {"from": user, "id": f"wamid.{id}", "timestamp": str(int(at)), **content}
        profile = {"profile": {"name": "Ann"}, "wa_id": user}
        return signed({"contacts": [profile], "messages": [message]})

    def texts(self, asked: Asked) -> list[str]:
        body = asked.body
        if body["type"] == "text":
            return [body["text"]["body"]]
        if body["type"] == "image":
            return []
        found = body["interactive"]
        rows = [row for section in found["action"].get("sections", ()) for row in section["rows"]]
        said = [f"{row['title']} {row.get('description', '')}" for row in rows]
        return [found["body"]["text"], *said]

    def taps(self, asked: Asked) -> list[Tap]:
        action = asked.body.get("interactive", {}).get("action", {})
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        replies = [each["reply"] for each in action.get("buttons", ())]
        return [Tap(each["id"], each["title"]) for each in [*replies, *rows]]

    def pictures(self, asked: Asked) -> list[str]:
        return [asked.body["image"]["link"]] if asked.body["type"] == "image" else []

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["to"])

    def check(self, asked: Asked) -> None:
        assert asked.path == "/106540352242922/messages"
        assert asked.headers["Authorization"] == "Bearer token"
        body = asked.body
        assert body["messaging_product"] == "whatsapp"
        if body["type"] == "text":
            assert 1 <= length(body["text"]["body"]) <= 4096
        if body["type"] != "interactive":
            return
        found = body["interactive"]
        action = found["action"]
        assert 1 <= length(found["body"]["text"]) <= 1024
        if found["type"] == "button":
            assert 1 <= len(action["buttons"]) <= 3
            titles = [each["reply"]["title"] for each in action["buttons"]]
            assert all(1 <= length(title) <= 20 for title in titles)
        else:
            assert 1 <= length(action["button"]) <= 20
            rows = [row for section in action["sections"] for row in section["rows"]]
            assert 1 <= len(rows) <= 10
            assert all(1 <= length(row["title"]) <= 24 for row in rows)
            assert all(1 <= length(row.get("description", "-")) <= 72 for row in rows)
            assert all(1 <= length(section["title"]) <= 24 for section in action["sections"])
        ids = [tap.id for tap in self.taps(asked)]
        assert len(set(ids)) == len(ids) and all(len(id) <= 200 for id in ids)

    def identity(self) -> Any:
        return {"verified_name": "Fell", "display_phone_number": "+1 555-078-3881", "id": "1"}


class TestWhatsApp(ChannelContract):
    driver_type = WhatsAppDriver

    async def test_meta_enters_the_webhook(self, shop: Shop) -> None:
        query = {"hub.mode": "subscribe", "hub.challenge": "1158", "hub.verify_token": "verify-me"}
        assert await shop.post(Posted(b"", query=query, method="GET")) == (200, "1158")
        query["hub.verify_token"] = "guess"
        assert (await shop.post(Posted(b"", query=query, method="GET")))[0] == 401
        assert (await shop.post(Posted(b"", method="GET")))[0] == 401

    async def test_another_app_of_metas_is_not_believed(self, shop: Shop) -> None:
        await self._refused(shop, signed({"messages": []}, "another-secret"))

    async def test_up_to_three_short_buttons_are_buttons(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        assert shop.sent[0].body["interactive"]["type"] == "button"

    async def test_products_are_a_list(self, shop: Shop) -> None:
        response = {"text": "Three:", "custom": {"products": offers(3)}, "buttons": BUTTONS}
        await self._shows(shop, response)
        sections = shop.sent[-1].body["interactive"]["action"]["sections"]
        assert [section["title"] for section in sections] == ["Products", "Suggestions"]

    async def test_the_caption_of_a_picture_is_what_is_said(self, shop: Shop) -> None:
        image = {"type": "image", "image": {"id": "1", "caption": "do you have these?"}}
        await shop.take(WhatsAppDriver(shop.driver.fake)._of("1", "4917", image))
        assert shop.agent.heard == ["do you have these?"]

    @pytest.mark.parametrize("code", [130429, 131056, 80007])
    async def test_metas_own_way_of_saying_too_fast(self, shop: Shop, code: int) -> None:
        error = {"error": {"message": "Rate limit hit", "type": "OAuthException", "code": code}}
        shop.driver.fake.answers.append(Told(400, error))
        await shop.say("red shoes")
        assert shop.texts == ["You said: red shoes"]
        assert len(shop.pauses) == 1

    async def test_two_messages_in_one_request(self, shop: Shop) -> None:
        said = {"from": "4917", "timestamp": str(int(NOW)), "type": "text"}
        messages = [{**said, "id": f"wamid.{t}", "text": {"body": t}} for t in ("one", "two")]
        await shop.take(signed({"messages": messages}))
        assert shop.agent.heard == ["one", "two"]

    async def test_who_writes_faster_than_anybody_can_is_told_so(self, shop: Shop) -> None:
        for number in range(121):
            await shop.say("red shoes", str(number))
        assert shop.texts[119:] == ["You said: red shoes", TOO_FAST]
        assert len(shop.agent.heard) == 120

    async def test_more_than_a_line_holds_is_dropped(self, shop: Shop) -> None:
        going_on = asyncio.Event()

        async def slowly(message: UserMessage) -> Responses:
            await going_on.wait()
            return [{"text": message.text}]

        shop.agent.answer = slowly
        await shop.post(shop.driver.message("first", "first"))
        while not shop.agent.heard:
            await asyncio.sleep(0)
        for number in range(WAITING_TURNS + 5):
            await shop.post(shop.driver.message(str(number) * 3, str(number)))
        going_on.set()
        await shop.until_idle()
        assert len(shop.texts) == 1 + WAITING_TURNS
