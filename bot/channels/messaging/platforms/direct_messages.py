"""Direct messages to a Facebook page or an Instagram account: alike but for a few lengths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call
from bot.channels.messaging.carousel import with_carousels
from bot.channels.messaging.platform import Body, Rendered
from bot.channels.messaging.platforms.meta import GRAPH, MetaPlatform
from bot.channels.messaging.reply import Card, Choice, Reply
from bot.channels.messaging.webhook import Incoming, Received, Webhook

_BUTTON = 20
_ELEMENT = 80
"""Of a card's title, and of what stands below it."""


@dataclass(frozen=True)
class DirectMessages(MetaPlatform):
    token: str = field(repr=False)
    account_id: str
    """Of the page, or of the professional account."""
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    api: str = GRAPH

    shown_name: ClassVar[str] = "name"
    """The account's field that says what it is called."""

    @property
    def account(self) -> str:
        return self.account_id

    def read(self, webhook: Webhook) -> Received:
        """Echoes of what we said, receipts and reactions are left out."""
        return Received(
            tuple(
                _incoming(event)
                for entry in webhook.json["entry"]
                if str(entry["id"]) == self.account_id
                for event in entry.get("messaging", ())
                if "postback" in event
                or ("message" in event and not _is_ours_or_gone(event["message"]))
            )
        )

    def text(self, words: str) -> Body:
        return {"text": words}

    def render(self, reply: Reply) -> list[Rendered]:
        return with_carousels(self, reply, _carousel, _quick_replies)

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        return Call(
            f"{self.api}/{self.account_id}/messages",
            json={
                "recipient": {"id": address["to"]},
                "messaging_type": "RESPONSE",
                "message": bodies[0],
            },
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def who_am_i(self) -> Call:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.api}/{self.account_id}?fields={self.shown_name}"
        return Call(url, "GET", headers=headers)

    def account_in(self, answer: Answer) -> str:
        return str(answer.json.get(self.shown_name, ""))


def _is_ours_or_gone(message: Mapping[str, Any]) -> bool:
    return bool(message.get("is_echo") or message.get("is_deleted"))


def _incoming(event: Mapping[str, Any]) -> Incoming:
    whom, at = event["sender"]["id"], event["timestamp"]
    if "postback" in event:
        postback = event["postback"]
        id, words, choice = postback.get("mid"), postback.get("title", ""), postback["payload"]
    else:
        message = event["message"]
        id, words = message["mid"], message.get("text", "")
        choice = message.get("quick_reply", {}).get("payload", "")
    return Incoming(id or f"{whom}:{at}", whom, words, {"to": whom}, choice, float(at) / 1000)


def _quick_replies(choices: Sequence[Choice]) -> Body:
    return {
        "quick_replies": [
            {
                "content_type": "text",
                "title": text.shortened(each.title, _BUTTON),
                "payload": each.id,
            }
            for each in choices
        ]
    }


def _carousel(cards: Sequence[Card]) -> Rendered:
    """A generic template."""
    template = {"template_type": "generic", "elements": [_element(card) for card in cards]}
    plain = "\n\n".join(text.card_text(card) for card in cards)
    return Rendered({"attachment": {"type": "template", "payload": template}}, plain)


def _element(card: Card) -> Body:
    product = card.product
    title = f"{card.choice.number}. {product['title']}"
    details = {"type": "postback", "title": english.DETAILS, "payload": card.choice.id}
    element = {"title": text.shortened(title, _ELEMENT), "buttons": [details]}
    if summary := text.summary(product):
        element["subtitle"] = text.shortened(summary, _ELEMENT)
    if picture := text.picture(product):
        element["image_url"] = picture
    if text.is_public(product["url"]):
        link = {"type": "web_url", "title": english.OPEN, "url": product["url"]}
        element["buttons"] = [details, link]
    return element
