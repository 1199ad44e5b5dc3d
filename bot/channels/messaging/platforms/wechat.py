"""WeChat Official Accounts, in plain-text mode: answers go by the customer-service API."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha1
from typing import Any, ClassVar
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.platform import DAY, Body, Limits, Rendered, TokenPlatform
from bot.channels.messaging.reply import Reply
from bot.channels.messaging.signing import require_recent, require_same
from bot.channels.messaging.webhook import (
    Acknowledgement,
    Incoming,
    MalformedError,
    Received,
    Webhook,
)

_BUSY = frozenset({-1, 45009, 45011})
_STALE = frozenset({40001, 40014, 42001})
_REASONS = {
    45015: "the customer's last word is more than 48 hours ago, or they left (45015)",
    45047: "the customer was sent as many answers as one message of theirs allows (45047)",
}
_FOLLOWING = ("subscribe", "unsubscribe")
_DONE = Acknowledgement(body="success")
_ARTICLES = 1
"""WeChat takes five messages for each of the customer's: the rest is for words."""
_TITLE = 64
_DESCRIPTION = 120


@dataclass(frozen=True)
class WeChat(TokenPlatform):
    app_id: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    """Ours, as it was entered with the address."""
    api: str = "https://api.weixin.qq.com"

    name: ClassVar[str] = "wechat"
    limits: ClassVar[Limits] = Limits(text=2000, choices=10, measure=text.byte_length)
    window_seconds: ClassVar[float | None] = 2 * DAY

    @property
    def account(self) -> str:
        return self.app_id

    def handshake(self, webhook: Webhook) -> Acknowledgement | None:
        if webhook.method != "GET":
            return None
        self._require_signature(webhook)
        return Acknowledgement(body=webhook.query.get("echostr", ""))

    def verify(self, webhook: Webhook, now: float) -> None:
        self._require_signature(webhook)
        require_recent(webhook.query.get("timestamp", ""), now)

    def read(self, webhook: Webhook) -> Received:
        """Acknowledged at once: WeChat waits five seconds, and asks three times."""
        try:
            message = fromstring(webhook.body, forbid_dtd=True)
        except (ParseError, DefusedXmlException) as error:
            raise MalformedError("The body is no XML.") from error
        found = {element.tag: element.text or "" for element in message}
        kind, user, at = found["MsgType"], found["FromUserName"], found["CreateTime"]
        words = found.get("Content", "") or found.get("Recognition", "")
        event = found.get("Event", "") if kind == "event" else ""
        if kind == "event":
            if event not in _FOLLOWING:
                return Received((), _DONE)
            words = english.START
        # An event has no id of its own, and two may come in one second.
        id = found.get("MsgId") or f"{user} {at} {event}"
        choice = found.get("bizmsgmenuid", "")
        left = event == "unsubscribe"
        incoming = Incoming(id, user, words, {"to": user}, choice, float(at), is_farewell=left)
        return Received((incoming,), _DONE)

    def text(self, words: str) -> Body:
        return {"msgtype": "text", "text": {"content": words}}

    def render(self, reply: Reply) -> list[Rendered]:
        choices = reply.choices
        if not choices or len(choices) > self.limits.choices:
            return [*_articles(reply), *self.in_words(reply)]
        blocks = [reply.text, *map(text.card_text, reply.cards), text.table_text(reply.table)]
        said = "\n\n".join(block for block in blocks if block) or english.CHOOSE
        *before, last = self.texts(said)
        shown = [
            {
                "id": each.id,
                "content": text.shortened(f"{each.number}. {text.titled(each)}", _TITLE),
            }
            for each in choices
        ]
        menu = {"head_content": last.plain, "list": shown, "tail_content": ""}
        numbers = "\n".join(f"{each.number}. {each.title}" for each in reply.buttons)
        chosen = Rendered({"msgtype": "msgmenu", "msgmenu": menu}, f"{last.plain}\n\n{numbers}")
        return [*_articles(reply), *before, chosen]

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        url = f"{self.api}/cgi-bin/message/custom/send"
        return Call(url, json={"touser": address["to"], **bodies[0]})

    def failure(self, answer: Answer, now: float) -> Failure | None:
        """WeChat says no with a status of 200."""
        found = failure_by_status(answer, now)
        code = answer.json.get("errcode", 0)
        if found is not None or not code:
            return found
        reason = _REASONS.get(code, f"it answers {code}")
        return Failure(reason, code in _BUSY, None, code in _STALE)

    def token_call(self) -> Call:
        asked = {
            "grant_type": "client_credential",
            "appid": self.app_id,
            "secret": self.app_secret,
        }
        return Call(f"{self.api}/cgi-bin/stable_token", json=asked, needs_token=False)

    def token_in(self, answer: Answer) -> tuple[str, float]:
        return str(answer.json.get("access_token", "")), float(answer.json.get("expires_in", 0))

    def with_token(self, call: Call, token: str) -> Call:
        return replace(call, url=f"{call.url}?access_token={token}")

    def who_am_i(self) -> Call:
        """The servers that its messages come from: nobody without a token may know."""
        return Call(f"{self.api}/cgi-bin/getcallbackip", "GET")

    def account_in(self, answer: Answer) -> str:
        return self.app_id

    def _require_signature(self, webhook: Webhook) -> None:
        query = webhook.query
        parts = sorted((self.token, query.get("timestamp", ""), query.get("nonce", "")))
        # WeChat signs with nothing better.
        expected = sha1("".join(parts).encode()).hexdigest()  # noqa: S324
        require_same(query.get("signature", ""), expected)


def _articles(reply: Reply) -> Iterator[Rendered]:
    """A customer-service message has one article, so the first product with a picture gets it."""
    pictured = [
        card.product
        for card in reply.cards
        if text.picture(card.product) and text.is_public(card.product["url"])
    ]
    for product in pictured[:_ARTICLES]:
        article = {
            "title": text.shortened(product["title"], _TITLE),
            "description": text.shortened(text.summary(product), _DESCRIPTION),
            "url": product["url"],
            "picurl": text.picture(product),
        }
        yield Rendered({"msgtype": "news", "news": {"articles": [article]}})
