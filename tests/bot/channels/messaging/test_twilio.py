"""Twilio: SMS and WhatsApp."""

import hmac
from base64 import b64encode
from hashlib import sha1
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.channels.messaging.platforms.twilio import Twilio
from tests.bot.channels.messaging.contract import ChannelContract
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
TOKEN = "12345"
SID = "AC0123456789"
ADDRESS = "https://chat.shop.example/webhooks/messaging/twilio"


def signed(fields: dict[str, str], url: str = ADDRESS) -> Posted:
    """A webhook as Twilio sends it."""
    said = url + "".join(name + fields[name] for name in sorted(fields))
    digest = b64encode(hmac.new(TOKEN.encode(), said.encode(), sha1).digest()).decode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": digest,
    }
    return Posted(urlencode(fields).encode(), headers)


class TwilioDriver(Driver):
    signature = "X-Twilio-Signature"
    has_taps = False
    has_pictures = False
    has_times = False

    def make(self, url: str) -> Twilio:
        return Twilio(SID, TOKEN, ADDRESS, url)

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return signed(self.fields(text, id, user))

    def fields(self, text: str, id: str, user: str) -> dict[str, str]:
        numbers = {"From": f"+{user}", "To": "+15550100", "NumMedia": "0"}
        return {"AccountSid": SID, "MessageSid": f"SM{id}", "Body": text, **numbers}

    def sticker(self, id: str = "3") -> Posted:
        media = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/1"}
        return signed({**self.fields("", id, "4917"), **media})

    def others(self) -> list[Posted]:
        report = {"MessageSid": "SM9", "MessageStatus": "delivered", "To": "+4917", "From": "+1"}
        another = {**self.fields("hello", "8", "4917"), "AccountSid": "AC9"}
        return [signed({**report, "AccountSid": SID}), signed(another)]

    def texts(self, asked: Asked) -> list[str]:
        return [asked.body["Body"]]

    def taps(self, asked: Asked) -> list[Tap]:
        return []

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["To"]).removeprefix("+")

    def check(self, asked: Asked) -> None:
        assert asked.path == f"/2010-04-01/Accounts/{SID}/Messages.json"
        credentials = b64encode(f"{SID}:{TOKEN}".encode()).decode()
        assert asked.headers["Authorization"] == f"Basic {credentials}"
        assert 1 <= len(asked.body["Body"]) <= 1600
        assert asked.body["From"].endswith("+15550100")

    def identity(self) -> Any:
        return {"sid": SID, "friendly_name": "Fell", "status": "active"}


class TestTwilio(ChannelContract):
    driver_type = TwilioDriver

    async def test_twilios_own_example_of_a_signature(self, shop: Shop) -> None:
        """As its documentation has it: the address's query is signed too."""
        fields = {"Digits": "1234", "From": "+12349013030", "To": "+18005551212"}
        assert shop.driver.platform.account == SID
        example = {"CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", **fields}
        posted = signed(example, "https://mycompany.com/myapp.php?foo=1&bar=2")
        assert posted.headers["X-Twilio-Signature"] == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="

    async def test_the_address_is_signed(self, shop: Shop) -> None:
        fields = TwilioDriver(shop.driver.fake).fields("red shoes", "1", "4917")
        await self._refused(shop, signed(fields, "https://elsewhere.example/"))

    async def test_every_field_is_signed(self, shop: Shop) -> None:
        posted = shop.driver.message("red shoes")
        changed = Posted(posted.body.replace(b"4917", b"4918"), posted.headers)
        await self._refused(shop, changed)

    async def test_whatsapp_has_a_window_of_a_day(self, shop: Shop) -> None:
        fields = TwilioDriver(shop.driver.fake).fields("a person please", "1", "4917")
        numbers = {"From": "whatsapp:+4917", "To": "whatsapp:+15550100"}
        await shop.take(signed({**fields, **numbers}))
        shop.clock[0] += 24 * 3600 + 1
        assert await shop.deliver("I'm here.") == 503
        shop.clock[0] -= 2
        assert await shop.deliver("I'm here.") == 204
        assert {asked.body["From"] for asked in shop.sent} == {"whatsapp:+15550100"}

    async def test_twilio_gets_empty_twiml(self, shop: Shop) -> None:
        assert await shop.post(shop.driver.message("red shoes")) == (200, "<Response/>")
        await shop.until_idle()
