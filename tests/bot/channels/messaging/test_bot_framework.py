"""Microsoft's Bot Framework, as Teams uses it."""

import json
from datetime import datetime, timezone
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.channels.messaging.backoff import ATTEMPTS
from bot.channels.messaging.platforms.bot_framework import BotFramework
from tests.bot.channels.messaging.contract import ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_platform import Asked, Told
from tests.bot.channels.messaging.shop import Shop

pytestmark = pytest.mark.asyncio
APP = "Fell-app-id"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def from_iso(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.1234567Z")


class BotFrameworkDriver(Driver):
    signature = "Authorization"

    def make(self, url: str) -> BotFramework:
        return BotFramework(APP, "password", "tenant", url, f"{url}/keys")

    def token(self, signer: str = "microsoft", algorithm: str = "RS256", **changes: Any) -> str:
        claims = {
            "iss": "https://api.botframework.com",
            "aud": APP,
            "nbf": int(NOW) - 60,
            "exp": int(NOW) + 3600,
            "serviceurl": f"{self.fake.url}/teams/",
            **changes,
        }
        signing: Any = key(signer) if algorithm == "RS256" else "secret"
        return jwt.encode(claims, signing, algorithm=algorithm, headers={"kid": "k1"})

    def activity(self, id: str, user: str = "4917", at: float = NOW, **more: Any) -> dict[str, Any]:
        return {
            "type": "message",
            "id": id,
            "timestamp": from_iso(at),
            "serviceUrl": f"{self.fake.url}/teams/",
            "channelId": "msteams",
            "from": {"id": user, "name": "Ann"},
            "recipient": {"id": "28:bot", "name": "Shop"},
            "conversation": {"conversationType": "personal", "id": f"a:{user}"},
            **more,
        }

    def posted(self, activity: dict[str, Any], token: str | None = None) -> Posted:
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        return Posted(json.dumps(activity).encode(), headers)

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        return self.posted(self.activity(id, user, at, text=text))

    def tap(self, choice: str, title: str = "", id: str = "2", user: str = "4917") -> Posted:
        return self.posted(self.activity(id, user, text=title, value={"choice": choice}))

    def sticker(self, id: str = "3") -> Posted:
        return self.posted(self.activity(id, attachments=[{"contentType": "image/*"}]))

    def others(self) -> list[Posted]:
        group = {"conversationType": "channel", "isGroup": True, "id": "19:x"}
        return [
            self.posted(self.activity("7", type="conversationUpdate", membersAdded=[])),
            self.posted(self.activity("8", text="hello", conversation=group)),
        ]

    def is_message(self, asked: Asked) -> bool:
        return "/v3/conversations/" in asked.path

    def cards(self, asked: Asked) -> list[dict[str, Any]]:
        return [each["content"] for each in asked.body.get("attachments", [])]

    def texts(self, asked: Asked) -> list[str]:
        said = [asked.body["text"]] if "text" in asked.body else []
        return said + [f"{c['title']}\n{c['text']}" for c in self.cards(asked) if "title" in c]

    def taps(self, asked: Asked) -> list[Tap]:
        buttons = [each for card in self.cards(asked) for each in card["buttons"]]
        return [
            Tap(each["value"]["choice"], each["title"])
            for each in buttons
            if each["type"] == "messageBack"
        ]

    def pictures(self, asked: Asked) -> list[str]:
        return [each["url"] for card in self.cards(asked) for each in card.get("images", [])]

    def recipient(self, asked: Asked) -> str:
        return str(asked.body["recipient"]["id"])

    def check(self, asked: Asked) -> None:
        assert asked.path.startswith("/teams/v3/conversations/a:49")
        assert asked.headers["Authorization"] == "Bearer access"
        assert asked.body["type"] == "message" and asked.body["from"]["id"] == "28:bot"
        assert len(asked.body.get("attachments", [])) <= 10
        for card in self.cards(asked):
            assert 1 <= len(card["buttons"]) <= 6
            assert all(1 <= len(each["title"]) <= 60 for each in card["buttons"])

    def usual(self, asked: Asked) -> Any:
        if asked.path == "/keys":
            public = json.loads(RSAAlgorithm.to_jwk(key("microsoft").public_key()))
            return {"keys": [{**public, "kid": "k1"}]}
        if asked.path == "/tenant/oauth2/v2.0/token":
            assert asked.body["client_secret"] == "password"
            return {"token_type": "Bearer", "expires_in": 3600, "access_token": "access"}
        return {"id": "1"}


class TestBotFramework(ChannelContract):
    driver_type = BotFrameworkDriver

    @pytest.mark.parametrize(
        "changes",
        [
            {"aud": "another-app"},
            {"iss": "https://evil.example"},
            {"exp": int(NOW) - 301},
            {"nbf": int(NOW) + 301},
            {"serviceurl": "https://evil.example/"},
            {"serviceurl": ""},
            {"signer": "somebody"},
            {"algorithm": "HS256"},
        ],
    )
    async def test_what_makes_a_token_worthless(self, shop: Shop, changes: Any) -> None:
        driver = BotFrameworkDriver(shop.driver.fake)
        activity = driver.activity("1", text="red shoes")
        await self._refused(shop, driver.posted(activity, driver.token(**changes)))

    async def test_keys_and_token_are_asked_for_once(self, shop: Shop) -> None:
        for number in range(3):
            await shop.say("red shoes", str(number))
        paths = [asked.path for asked in shop.driver.fake.asked]
        assert paths.count("/keys") == 1
        assert paths.count("/tenant/oauth2/v2.0/token") == 1

    async def test_without_keys_microsoft_has_to_come_again(self, shop: Shop) -> None:
        shop.driver.fake.answers.extend([Told(503)] * ATTEMPTS)
        assert (await shop.post(shop.driver.message("red shoes")))[0] == 503
        await shop.say("red shoes")
        assert shop.texts == ["You said: red shoes"]

    async def test_a_token_that_ended_early_is_renewed(self, shop: Shop) -> None:
        await shop.say("red shoes", "1")
        shop.driver.fake.answers.append(Told(401, {}))
        await shop.say("blue shoes", "2")
        assert shop.texts == ["You said: red shoes", "You said: blue shoes"]
        assert shop.pauses == []

    async def test_a_token_is_renewed_in_time(self, shop: Shop) -> None:
        await shop.say("red shoes", "1")
        shop.clock[0] += 3301
        await shop.say("blue shoes", "2")
        paths = [asked.path for asked in shop.driver.fake.asked]
        assert paths.count("/tenant/oauth2/v2.0/token") == 2

    async def test_products_are_a_carousel_of_hero_cards(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Three:", "custom": {"products": offers(3)}})
        assert shop.sent[1].body["attachmentLayout"] == "carousel"
        assert len(shop.sent[1].body["attachments"]) == 3
