"""LINE, by its Messaging API."""

import uuid
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.carousel import with_carousels
from bot.channels.messaging.platform import Body, Limits, Platform, Rendered
from bot.channels.messaging.reply import Card, Choice, Reply
from bot.channels.messaging.signing import hmac_sha256, require_same
from bot.channels.messaging.webhook import Incoming, Received, Webhook

_QUICK_REPLIES = 13
_COLUMNS = 10
_LABEL = 20
_COLUMN_TITLE = 40
_COLUMN_TEXT = 60
_ALT_TEXT = 400
_SHOWN_TEXT = 300
"""Of what a tap shows as the customer's own words."""


@dataclass(frozen=True)
class Line(Platform):
    token: str = field(repr=False)
    secret: str = field(repr=False)
    api: str = "https://api.line.me"

    name: ClassVar[str] = "line"
    limits: ClassVar[Limits] = Limits(5000, choices=_QUICK_REPLIES, cards=_COLUMNS)
    batch: ClassVar[int] = 5

    @property
    def account(self) -> str:
        """None is needed: LINE's ids of users are each provider's own."""
        return ""

    def verify(self, webhook: Webhook, now: float) -> None:
        expected = b64encode(hmac_sha256(self.secret, webhook.body)).decode()
        require_same(webhook.headers.get("x-line-signature", ""), expected)

    def read(self, webhook: Webhook) -> Received:
        """What users write and tap; groups, and channels in standby, are left alone."""
        return Received(
            tuple(
                _incoming(event)
                for event in webhook.json["events"]
                if event["type"] in ("message", "postback")
                and event.get("mode", "active") == "active"
                and event["source"]["type"] == "user"
            )
        )

    def text(self, words: str) -> Body:
        return {"type": "text", "text": words}

    def render(self, reply: Reply) -> list[Rendered]:
        return with_carousels(self, reply, _carousel, _quick_replies)

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        """The free answer to a message where that can still be given, else a push."""
        headers = {"Authorization": f"Bearer {self.token}"}
        push = Call(
            f"{self.api}/v2/bot/message/push",
            json={"to": address["to"], "messages": list(bodies)},
            # Asked twice, because an answer got lost, it is sent once.
            headers={**headers, "X-Line-Retry-Key": str(uuid.uuid4())},
        )
        token = address.get("reply_token")
        if not token or not is_first or address.get("is_late"):
            return push
        answer = {"replyToken": token, "messages": list(bodies)}
        url = f"{self.api}/v2/bot/message/reply"
        return Call(url, json=answer, headers=headers, otherwise=push)

    def failure(self, answer: Answer, now: float) -> Failure | None:
        already_sent = answer.status == 409
        return None if already_sent else failure_by_status(answer, now)

    def who_am_i(self) -> Call:
        headers = {"Authorization": f"Bearer {self.token}"}
        return Call(f"{self.api}/v2/bot/info", "GET", headers=headers)

    def account_in(self, answer: Answer) -> str:
        return f"{answer.json.get('displayName', '')} {answer.json.get('basicId', '')}".strip()


def _incoming(event: Mapping[str, Any]) -> Incoming:
    user = event["source"]["userId"]
    address = {"to": user}
    is_repeated = event.get("deliveryContext", {}).get("isRedelivery", False)
    if not is_repeated and "replyToken" in event:  # it lives for a minute
        address["reply_token"] = event["replyToken"]
    words, choice = "", ""
    if event["type"] == "postback":
        choice = event["postback"]["data"]
    elif event["message"]["type"] == "text":
        words = event["message"]["text"]
    sent_at = float(event["timestamp"]) / 1000
    return Incoming(event["webhookEventId"], user, words, address, choice, sent_at)


def _quick_replies(choices: Sequence[Choice]) -> Body:
    items = [{"type": "action", "action": _postback(each)} for each in choices]
    return {"quickReply": {"items": items}}


def _postback(choice: Choice) -> Body:
    return {
        "type": "postback",
        "label": text.shortened(choice.title, _LABEL),
        "data": choice.id,
        "displayText": text.shortened(choice.product or choice.title, _SHOWN_TEXT),
    }


def _carousel(cards: Sequence[Card]) -> Rendered:
    """Every column has a picture and a link, or none has: LINE wants them alike."""
    has_pictures = all(text.picture(card.product) for card in cards)
    has_links = all(text.is_public(card.product["url"]) for card in cards)
    columns = []
    for card in cards:
        title = f"{card.choice.number}. {card.product['title']}"
        actions = [_postback(card.choice)]
        if has_links:
            uri = {"type": "uri", "label": english.OPEN, "uri": card.product["url"]}
            actions.append(uri)
        column = {
            "title": text.shortened(title, _COLUMN_TITLE),
            "text": text.shortened(text.summary(card.product), _COLUMN_TEXT) or "–",
            "actions": actions,
        }
        if has_pictures:
            column["thumbnailImageUrl"] = text.picture(card.product)
        columns.append(column)
    plain = "\n\n".join(text.card_text(card) for card in cards)
    body = {
        "type": "template",
        "altText": text.shortened(plain, _ALT_TEXT),
        "template": {"type": "carousel", "columns": columns},
    }
    return Rendered(body, plain)
