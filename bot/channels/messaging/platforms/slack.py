"""Slack: direct messages to the shop's app, by the Events API and Block Kit."""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qs

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.platform import Body, Limits, Platform, Rendered
from bot.channels.messaging.reply import Card, Choice, Reply
from bot.channels.messaging.signing import hmac_sha256, require_recent, require_same
from bot.channels.messaging.webhook import (
    Acknowledgement,
    Incoming,
    MalformedError,
    Received,
    Webhook,
)

_SECTION = 3000
_BUTTON = 75
_CHOICES = 25
_BUSY = frozenset(
    ("ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable")
)
_LINK = re.compile(r"<(?:[^<>|]*\|)?([^<>|]*)>")
"""How Slack writes addresses and mentions: `<https://shop.example|shop.example>`."""


@dataclass(frozen=True)
class Slack(Platform):
    token: str = field(repr=False)
    """Of the app's bot user, `xoxb-…`."""
    signing_secret: str = field(repr=False)
    api: str = "https://slack.com/api"

    name: ClassVar[str] = "slack"
    limits: ClassVar[Limits] = Limits(text=_SECTION, choices=_CHOICES)

    @property
    def account(self) -> str:
        """None is needed: users are named with their workspace."""
        return ""

    def verify(self, webhook: Webhook, now: float) -> None:
        timestamp = webhook.headers.get("x-slack-request-timestamp", "")
        signed = b"v0:" + timestamp.encode() + b":" + webhook.body
        expected = f"v0={hmac_sha256(self.signing_secret, signed).hex()}"
        require_same(webhook.headers.get("x-slack-signature", ""), expected)
        require_recent(timestamp, now)

    def read(self, webhook: Webhook) -> Received:
        """Direct messages and taps; what is said in channels is left alone."""
        if webhook.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return _tapped(webhook.body)
        said = webhook.json
        if said["type"] == "url_verification":
            return Received((), Acknowledgement(body=said["challenge"]))
        event = said.get("event", {})
        is_direct = event.get("type") == "message" and event.get("channel_type") == "im"
        is_new = event.get("subtype") in (None, "file_share")
        if not is_direct or not is_new or "bot_id" in event:
            return Received()
        user = f"{said['team_id']}:{event['user']}"
        words = html.unescape(_LINK.sub(r"\1", event.get("text", "")))
        address = {"channel": event["channel"]}
        sent_at = float(event["ts"])
        return Received((Incoming(said["event_id"], user, words, address, "", sent_at),))

    def text(self, words: str) -> Body:
        return {"text": html.escape(words, quote=False), "mrkdwn": False}

    def render(self, reply: Reply) -> list[Rendered]:
        choices = reply.choices
        if not choices or len(choices) > _CHOICES:
            return self.in_words(reply)
        said = "\n\n".join(each for each in (reply.text, text.table_text(reply.table)) if each)
        *before, last = text.split(said or english.CHOOSE, _SECTION)
        blocks = [_section(last), *map(_product, reply.cards)]
        blocks.append({"type": "actions", "elements": [_button(each) for each in choices]})
        cards = [text.card_text(card) for card in reply.cards]
        numbers = "\n".join(f"{each.number}. {each.title}" for each in reply.buttons)
        plain = "\n\n".join([last, *cards, numbers])
        body = {**self.text(text.shortened(last, _SECTION)), "blocks": blocks}
        return [*(each for part in before for each in self.texts(part)), Rendered(body, plain)]

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        quiet = {"unfurl_links": False, "unfurl_media": False}
        body = {"channel": address["channel"], **quiet, **bodies[0]}
        return self._method("chat.postMessage", body)

    def failure(self, answer: Answer, now: float) -> Failure | None:
        """Slack says no with a status of 200."""
        found = failure_by_status(answer, now)
        if found is not None or answer.json.get("ok") is True:
            return found
        error = str(answer.json.get("error", "no answer"))
        return Failure(f"it answers {error}", error in _BUSY, answer.retry_after(now))

    def who_am_i(self) -> Call:
        return self._method("auth.test", {})

    def account_in(self, answer: Answer) -> str:
        return f"{answer.json.get('user', '')} in {answer.json.get('team', '')}"

    def _method(self, method: str, body: Mapping[str, Any]) -> Call:
        headers = {"Authorization": f"Bearer {self.token}"}
        return Call(f"{self.api}/{method}", json=body, headers=headers)


def _tapped(body: bytes) -> Received:
    """A form with JSON in it."""
    try:
        payload = json.loads(parse_qs(body.decode())["payload"][0])
    except (ValueError, KeyError) as error:
        raise MalformedError("The form has no payload.") from error
    if payload.get("type") != "block_actions" or not payload["channel"]["id"].startswith("D"):
        return Received()
    user = f"{payload['team']['id']}:{payload['user']['id']}"
    address = {"channel": payload["channel"]["id"]}
    return Received(
        tuple(
            Incoming(
                f"{user}:{action['action_ts']}",
                user,
                action["text"]["text"],
                address,
                action["value"],
                float(action["action_ts"]),
            )
            for action in payload["actions"]
            if action["type"] == "button" and "value" in action
        )
    )


def _section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": words, "emoji": False}}


def _product(card: Card) -> dict[str, Any]:
    section = _section(text.shortened(text.card_text(card), _SECTION))
    if picture := text.picture(card.product):
        alternative = text.shortened(card.product["title"], _BUTTON)
        section["accessory"] = {"type": "image", "image_url": picture, "alt_text": alternative}
    return section


def _button(choice: Choice) -> dict[str, Any]:
    title = f"{choice.number}. {choice.product}" if choice.product else choice.title
    shown = {"type": "plain_text", "text": text.shortened(title, _BUTTON), "emoji": False}
    return {"type": "button", "action_id": choice.id, "value": choice.id, "text": shown}
