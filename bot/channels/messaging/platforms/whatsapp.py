"""WhatsApp, by Meta's Cloud API."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call
from bot.channels.messaging.platform import Body, Limits, Rendered
from bot.channels.messaging.platforms.meta import GRAPH, MetaPlatform
from bot.channels.messaging.reply import Card, Choice, Reply
from bot.channels.messaging.webhook import Incoming, Received, Webhook

_BUTTONS = 3
_BODY = 1024
"""Of a message with buttons or a list."""
_ROW_TITLE = 24
_ROW_TEXT = 72
_PICTURES = 3
"""Each is a message of its own: more would push what is said off the screen."""


@dataclass(frozen=True)
class WhatsApp(MetaPlatform):
    token: str = field(repr=False)
    phone_id: str
    """The id of the shop's number, not the number."""
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    api: str = GRAPH

    name: ClassVar[str] = "whatsapp"
    limits: ClassVar[Limits] = Limits(text=4096, choices=10)

    @property
    def account(self) -> str:
        return self.phone_id

    def read(self, webhook: Webhook) -> Received:
        """Statuses of our own messages, and other numbers of the account, are left out."""
        return Received(
            tuple(
                _incoming(message)
                for entry in webhook.json["entry"]
                for change in entry["changes"]
                if change["value"].get("metadata", {}).get("phone_number_id") == self.phone_id
                for message in change["value"].get("messages", ())
                if message["type"] != "reaction"
            )
        )

    def text(self, words: str) -> Body:
        return {"type": "text", "text": {"body": words, "preview_url": False}}

    def render(self, reply: Reply) -> list[Rendered]:
        choices = reply.choices
        if len(choices) > self.limits.choices:
            return [*_pictures(reply), *self.in_words(reply)]
        if not choices:
            return self.in_words(reply)
        blocks = [reply.text, *map(text.card_text, reply.cards), text.table_text(reply.table)]
        said = "\n\n".join(block for block in blocks if block) or english.CHOOSE
        *before, body = text.split(said, _BODY)
        plain = "\n".join([body, "", *(f"{c.number}. {text.titled(c)}" for c in choices)])
        fits = all(text.length(each.title) <= self._button_title for each in choices)
        if not reply.cards and len(choices) <= _BUTTONS and fits:
            chosen = _buttons(body, choices)
        else:
            chosen = _list(body, reply)
        return [
            *_pictures(reply),
            *(each for part in before for each in self.texts(part)),
            Rendered({"type": "interactive", "interactive": chosen}, plain),
        ]

    _button_title: ClassVar[int] = 20

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        whom = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": address["to"],
        }
        return Call(
            f"{self.api}/{self.phone_id}/messages",
            json={**whom, **bodies[0]},
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def who_am_i(self) -> Call:
        return Call(
            f"{self.api}/{self.phone_id}?fields=verified_name,display_phone_number",
            "GET",
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def account_in(self, answer: Answer) -> str:
        found = answer.json
        return f"{found.get('verified_name', '')} {found.get('display_phone_number', '')}".strip()


def _incoming(message: Mapping[str, Any]) -> Incoming:
    words, choice = "", ""
    kind = message["type"]
    if kind == "text":
        words = message["text"]["body"]
    elif kind == "interactive":
        tapped = message["interactive"][message["interactive"]["type"]]
        words, choice = tapped["title"], tapped["id"]
    elif kind == "button":  # of a template
        words = message["button"]["text"]
    else:
        words = message.get(kind, {}).get("caption", "")
    whom = message["from"]
    sent_at = float(message["timestamp"])
    return Incoming(message["id"], whom, words, {"to": whom}, choice, sent_at)


def _buttons(body: str, choices: Sequence[Choice]) -> Body:
    buttons = [{"type": "reply", "reply": {"id": c.id, "title": c.title}} for c in choices]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": buttons}}


def _list(body: str, reply: Reply) -> Body:
    sections = []
    if reply.cards:
        rows = [_row(c.choice, text.summary(c.product)) for c in reply.cards]
        sections.append({"title": english.PRODUCTS, "rows": rows})
    if reply.buttons:
        sections.append({"title": english.SUGGESTIONS, "rows": [_row(c) for c in reply.buttons]})
    action = {"button": english.OPTIONS, "sections": sections}
    return {"type": "list", "body": {"text": body}, "action": action}


def _row(choice: Choice, description: str = "") -> Body:
    """A long title goes on below."""
    title = f"{choice.number}. {text.titled(choice)}"
    row = {"id": choice.id, "title": text.shortened(title, _ROW_TITLE)}
    if not description and text.length(title) > _ROW_TITLE:
        description = text.titled(choice)
    return {**row, "description": text.shortened(description, _ROW_TEXT)} if description else row


def _pictures(reply: Reply) -> Iterator[Rendered]:
    pictured: list[Card] = [each for each in reply.cards if text.picture(each.product)]
    for card in pictured[:_PICTURES]:
        image = {
            "link": text.picture(card.product),
            "caption": text.shortened(f"{card.choice.number}. {card.choice.product}", _BODY),
        }
        yield Rendered({"type": "image", "image": image})
