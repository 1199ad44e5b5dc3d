"""Telegram's Bot API."""

import json
from typing import Any

import pytest

from bot.channels.messaging import english
from bot.channels.messaging.platforms.telegram import Telegram
from bot.channels.messaging.text import length
from tests.bot.channels.messaging.contract import ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked, Told
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
ANN = {"id": 4917, "is_bot": False, "first_name": "Ann"}


class TelegramDriver(Driver):
    signature = "X-Telegram-Bot-Api-Secret-Token"
    busy = Told(429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 7}})

    def make(self, url: str) -> Telegram:
        return Telegram("123:token", "our-secret", url)

    def posted(self, id: str, **update: Any) -> Posted:
        """A webhook as Telegram sends it."""
        number = 10_000 + (int(id) if id.isdigit() else 999)
        body = json.dumps({"update_id": number, **update}).encode()
        return Posted(body, {"X-Telegram-Bot-Api-Secret-Token": "our-secret"})

    def said(self, user: str = "4917", at: float = NOW, **content: Any) -> dict[str, Any]:
        chat = {"id": int(user), "type": "private", "first_name": "Ann"}
        sender = {**ANN, "id": int(user)}
        return {"message_id": 5, "from": sender, "chat": chat, "date": int(at), **content}

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return self.posted(id, message=self.said(user, at, text=text))

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        query = {"id": "q1", "from": {**ANN, "id": int(user)}, "data": choice}
        return self.posted(id, callback_query={**query, "message": self.said(user)})

    def sticker(self, id: str = "3") -> Posted:
        return self.posted(id, message=self.said(sticker={"file_id": "x", "emoji": "👍"}))

    def others(self) -> list[Posted]:
        group = {"id": -5, "type": "group", "title": "Friends"}
        return [
            self.posted("7", message={**self.said(text="hello"), "chat": group}),
            self.posted("8", edited_message=self.said(text="hello")),
            self.posted("9", my_chat_member={"chat": group}),
            self.posted("10", message={**self.said(text="hello"), "from": {**ANN, "is_bot": True}}),
            self.posted("11", callback_query={"id": "q", "from": ANN, "data": "1.1"}),
        ]

    def is_message(self, asked: Asked) -> bool:
        return not asked.path.endswith("getMe")

    def texts(self, asked: Asked) -> list[str]:
        return [asked.body["text"]] if "text" in asked.body else []

    def taps(self, asked: Asked) -> list[Tap]:
        rows = asked.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [Tap(key["callback_data"], key["text"]) for row in rows for key in row]

    def pictures(self, asked: Asked) -> list[str]:
        if "photo" in asked.body:
            return [asked.body["photo"]]
        return [each["media"] for each in asked.body.get("media", [])]

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["chat_id"])

    def check(self, asked: Asked) -> None:
        method = asked.path.removeprefix("/bot123:token/")
        assert method in ("sendMessage", "sendPhoto", "sendMediaGroup")
        assert "method" not in asked.body and "parse_mode" not in asked.body
        if method == "sendMessage":
            assert 1 <= length(asked.body["text"]) <= 4096
        if method == "sendMediaGroup":
            assert 2 <= len(asked.body["media"]) <= 10
        assert len(self.taps(asked)) <= 100
        assert all(1 <= len(tap.id.encode()) <= 64 and tap.title for tap in self.taps(asked))

    def identity(self) -> Any:
        return {"ok": True, "result": {"id": 123, "is_bot": True, "username": "Fell"}}


class TestTelegram(ChannelContract):
    driver_type = TelegramDriver

    async def test_opening_the_bot_says_hello(self, shop: Shop) -> None:
        await shop.say("/start from-the-site")
        assert shop.agent.heard == [english.HELLO]

    async def test_its_commands_opt_out_and_in(self, shop: Shop) -> None:
        await shop.say("/stop", "1")
        await shop.say("/start", "2")
        assert shop.texts == [english.STOPPED, english.STARTED]

    async def test_a_tap_is_acknowledged_in_telegrams_way(self, shop: Shop) -> None:
        status, body = await shop.post(shop.driver.tap("1.1"))
        await shop.until_idle()
        assert status == 200
        assert json.loads(body) == {"method": "answerCallbackQuery", "callback_query_id": "q1"}

    async def test_several_pictures_are_an_album(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Three:", "custom": {"products": offers(3)}})
        assert [asked.path.rsplit("/")[-1] for asked in shop.sent] == [
            "sendMediaGroup",
            "sendMessage",
        ]
        shop.forget()
        await self._shows(shop, {"text": "One:", "custom": {"products": offers(1)}})

    async def test_a_picture_that_telegram_cant_fetch_is_left_out(self, shop: Shop) -> None:
        error = {"ok": False, "error_code": 400, "description": "wrong type of the web page"}
        shop.driver.fake.answers.append(Told(400, error))
        await self._shows(shop, {"text": "Three:", "custom": {"products": offers(3)}})
        assert "1. Shoe 1" in shop.seen and len(shop.taps) == 3
