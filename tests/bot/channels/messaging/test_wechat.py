"""WeChat Official Accounts."""

from dataclasses import replace
from hashlib import sha1
from typing import Any
from xml.sax.saxutils import escape

import pytest

from bot.channels.messaging import english
from bot.channels.messaging.platforms.wechat import WeChat
from bot.channels.messaging.text import byte_length
from tests.bot.channels.messaging.contract import ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked, Told
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
TOKEN = "our-token"
TOKEN_ANSWER = {"access_token": "access", "expires_in": 7200}


def query(at: float = NOW) -> dict[str, str]:
    timestamp, nonce = str(int(at)), "287"
    signed = "".join(sorted((TOKEN, timestamp, nonce)))
    signature = sha1(signed.encode()).hexdigest()  # noqa: S324 - WeChat's own
    return {"signature": signature, "timestamp": timestamp, "nonce": nonce}


class WeChatDriver(Driver):
    has_pictures = False  # one article at most: a test of its own

    def make(self, url: str) -> WeChat:
        return WeChat("wx-Fell", "secret", TOKEN, url)

    def posted(self, user: str = "4917", at: float = NOW, **found: str) -> Posted:
        fields = {"ToUserName": "gh_1", "FromUserName": user, "CreateTime": str(int(at)), **found}
        inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
        return Posted(f"<xml>{inner}</xml>".encode(), {"Content-Type": "text/xml"}, query())

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        # XML has no control characters: WeChat would not send them.
        words = text.replace("\u0007", "")
        return self.posted(user, at, MsgType="text", Content=words, MsgId=f"10{id}")

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        found = {"MsgType": "text", "Content": title, "MsgId": f"10{id}"}
        return self.posted(user, NOW, bizmsgmenuid=choice, **found)

    def with_signature(self, posted: Posted, signature: str | None) -> Posted:
        kept = {name: value for name, value in posted.query.items() if name != "signature"}
        return replace(posted, query=kept | ({"signature": signature} if signature else {}))

    def sticker(self, id: str = "3") -> Posted:
        return self.posted(MsgType="image", PicUrl="http://x", MediaId="1", MsgId=f"10{id}")

    def others(self) -> list[Posted]:
        return [
            self.posted(MsgType="event", Event="unsubscribe"),
            self.posted(MsgType="event", Event="LOCATION", Latitude="23.1", Longitude="113.3"),
            self.posted(MsgType="event", Event="TEMPLATESENDJOBFINISH", MsgID="1"),
        ]

    def is_message(self, asked: Asked) -> bool:
        return asked.path == "/cgi-bin/message/custom/send"

    def texts(self, asked: Asked) -> list[str]:
        body = asked.body
        if body["msgtype"] == "text":
            return [body["text"]["content"]]
        if body["msgtype"] == "msgmenu":
            menu = body["msgmenu"]
            return [menu["head_content"], *(each["content"] for each in menu["list"])]
        return []

    def taps(self, asked: Asked) -> list[Tap]:
        menu = asked.body.get("msgmenu", {"list": []})
        return [Tap(each["id"], each["content"]) for each in menu["list"]]

    def is_rich(self, asked: Asked) -> bool:
        return bool(asked.body["msgtype"] != "text")

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["touser"])

    def check(self, asked: Asked) -> None:
        assert asked.query == {"access_token": "access"}
        for text in self.texts(asked):
            assert 1 <= byte_length(text) <= 2048

    def usual(self, asked: Asked) -> Any:
        if asked.path == "/cgi-bin/stable_token":
            assert asked.body["secret"] == "secret"
            return TOKEN_ANSWER
        return {"errcode": 0, "errmsg": "ok"}


class TestWeChat(ChannelContract):
    driver_type = WeChatDriver

    async def test_wechat_enters_the_address(self, shop: Shop) -> None:
        asked = {**query(), "echostr": "5837397"}
        assert await shop.post(Posted(b"", query=asked, method="GET")) == (200, "5837397")
        asked["signature"] = "0" * 40
        assert (await shop.post(Posted(b"", query=asked, method="GET")))[0] == 401

    @pytest.mark.parametrize("off", [-301, 301])
    async def test_a_request_of_another_time_is_a_replay(self, shop: Shop, off: float) -> None:
        posted = shop.driver.message("red shoes")
        await self._refused(shop, replace(posted, query=query(NOW + off)))

    async def test_its_second_and_third_try_are_not_answered(self, shop: Shop) -> None:
        for second in (0, 5, 10):
            posted = shop.driver.message("red shoes")
            status, body = await shop.post(replace(posted, query=query(NOW + second)))
            assert (status, body) == (200, "success")
        await shop.until_idle()
        assert shop.texts == ["You said: red shoes"]

    async def test_xml_with_entities_is_not_read(self, shop: Shop) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        for head in (bomb, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'):
            posted = shop.driver.message("red shoes")
            status, _ = await shop.post(replace(posted, body=head.encode() + posted.body))
            assert status == 200
        await shop.until_idle()
        assert shop.agent.heard == []

    async def test_who_follows_the_account_says_hello(self, shop: Shop) -> None:
        driver = WeChatDriver(shop.driver.fake)
        await shop.take(driver.posted(MsgType="event", Event="subscribe"))
        assert shop.agent.heard == [english.HELLO]

    async def test_who_leaves_the_account_is_not_written_to_until_they_are_back(
        self, shop: Shop
    ) -> None:
        driver = WeChatDriver(shop.driver.fake)
        await shop.say("red shoes")
        shop.forget()
        await shop.take(driver.posted(MsgType="event", Event="unsubscribe"))
        assert (shop.texts, await shop.deliver("I'm here.")) == ([], 404)
        await shop.take(driver.posted(MsgType="event", Event="subscribe"))
        assert (shop.texts, await shop.deliver("I'm here.")) == ([english.STARTED], 204)

    @pytest.mark.parametrize("code", [45015, 45047])
    async def test_what_wechat_does_not_let_through_is_not_shown(
        self, shop: Shop, caplog: pytest.LogCaptureFixture, code: int
    ) -> None:
        shop.driver.fake.answers.extend([Told(200, TOKEN_ANSWER), Told(200, {"errcode": code})])
        await shop.say("red shoes")
        assert shop.pauses == [] and str(code) in caplog.text
        shop.driver.fake.answers.append(Told(200, {"errcode": code}))
        assert await shop.deliver("I'm here.") == 503

    async def test_a_token_that_is_refused_again_is_not_renewed_for_ever(self, shop: Shop) -> None:
        await shop.say("red shoes", "1")
        stale = {"errcode": 42001, "errmsg": "access_token expired"}
        answers = [Told(200, stale), Told(200, TOKEN_ANSWER), Told(200, stale)]
        shop.driver.fake.answers.extend(answers)
        await shop.say("blue shoes", "2")
        assert shop.texts == ["You said: red shoes"]

    async def test_chinese_is_sent_as_it_is(self, shop: Shop) -> None:
        await shop.say("红色的跑鞋")
        assert shop.texts == ["You said: 红色的跑鞋"]

    async def test_the_first_product_with_a_picture_is_an_article(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Three:", "custom": {"products": offers(3)}})
        [article] = shop.sent[0].body["news"]["articles"]
        assert article["picurl"] == "https://shop.example/p.jpg"
        assert len(shop.sent) == 2

    async def test_the_token_is_asked_for_once_and_renewed(self, shop: Shop) -> None:
        await shop.say("red shoes", "1")
        shop.driver.fake.answers.append(Told(200, {"errcode": 40001, "errmsg": "invalid"}))
        await shop.say("blue shoes", "2")
        assert shop.texts == ["You said: red shoes", "You said: blue shoes"]
        paths = [asked.path for asked in shop.driver.fake.asked]
        assert paths.count("/cgi-bin/stable_token") == 2
