"""Mattermost: an outgoing webhook of a channel, and the posts of a bot, each in its thread.

Outgoing webhooks are of public channels alone: who is in the channel can read along.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.channels.messaging import text
from bot.channels.messaging.call import Answer, Call
from bot.channels.messaging.platform import Body, Limits, Platform, Rendered
from bot.channels.messaging.reply import Choice, Reply
from bot.channels.messaging.signing import require_same, require_token
from bot.channels.messaging.webhook import (
    Acknowledgement,
    ForgedError,
    Incoming,
    MalformedError,
    Received,
    Webhook,
)

_TITLE = 40
_JSON = "application/json"
_EVERYBODY = re.compile(r"@(?=all\b|channel\b|here\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Mattermost(Platform):
    url: str
    """Of the server."""
    token: str = field(repr=False)
    """The bot's."""
    webhook_token: str = field(repr=False)
    webhook_url: str
    """Our webhook as Mattermost reaches it: its buttons post there."""

    name: ClassVar[str] = "mattermost"
    limits: ClassVar[Limits] = Limits(text=16000, choices=20)

    @property
    def account(self) -> str:
        return self.url

    def verify(self, webhook: Webhook, now: float) -> None:
        """Buttons bring back what we gave them, which customers never see."""
        try:
            context = webhook.json.get("context")
        except MalformedError:  # a form, then
            context = None
        if context is None:
            require_token(webhook, self.webhook_token)
        elif isinstance(context, dict):
            require_same(str(context.get("token", "")), self.webhook_token)
        else:
            raise ForgedError("The token is missing.")

    def read(self, webhook: Webhook) -> Received:
        is_json = webhook.headers.get("content-type", "").startswith(_JSON)
        said: Mapping[str, Any] = webhook.json if is_json else webhook.fields
        # One conversation for each channel that they write in.
        user = f"{said['user_id']} {said['channel_id']}"
        acknowledgement = Acknowledgement(200, "{}", _JSON)
        if "context" in said:
            context = said["context"]
            address = {"channel": said["channel_id"], "thread": context["thread"]}
            tapped = Incoming(
                said["trigger_id"], user, "", address, context["choice"], person=said["user_id"]
            )
            return Received((tapped,), acknowledgement)
        words = said["text"].removeprefix(said.get("trigger_word") or "")
        address = {"channel": said["channel_id"], "thread": said["post_id"]}
        # Old servers count seconds, new ones milliseconds.
        at = float(said["timestamp"])
        sent_at = at / 1000 if at > 1e11 else at
        incoming = Incoming(
            said["post_id"], user, words, address, "", sent_at, person=said["user_id"]
        )
        return Received((incoming,), acknowledgement)

    def text(self, words: str) -> Body:
        return {"message": _EVERYBODY.sub("@\u200b", words)}

    def render(self, reply: Reply) -> list[Rendered]:
        *before, last = self.in_words(reply)
        attachments: list[Body] = [
            {"image_url": text.picture(card.product), "fallback": card.product["title"]}
            for card in reply.cards
            if text.picture(card.product)
        ]
        choices = reply.choices
        if 0 < len(choices) <= self.limits.choices:
            actions = [self._button(each) for each in choices]
            attachments.append({"fallback": last.plain[:100], "actions": actions})
        if not attachments:
            return [*before, last]
        body = {**last.body, "props": {"attachments": attachments}}
        return [*before, Rendered(body, last.plain)]

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        post = {"channel_id": address["channel"], "root_id": address["thread"], **bodies[0]}
        for attachment in post.get("props", {}).get("attachments", ()):
            for action in attachment.get("actions", ()):
                action["integration"]["context"]["thread"] = address["thread"]
        return self._method("posts", json=post)

    def who_am_i(self) -> Call:
        return self._method("users/me", "GET")

    def account_in(self, answer: Answer) -> str:
        return str(answer.json.get("username", ""))

    def _method(self, name: str, method: str = "POST", json: Body | None = None) -> Call:
        headers = {"Authorization": f"Bearer {self.token}"}
        return Call(f"{self.url.rstrip('/')}/api/v4/{name}", method, json, headers=headers)

    def _button(self, choice: Choice) -> Body:
        title = f"{choice.number}. {text.titled(choice)}"
        context = {"choice": choice.id, "token": self.webhook_token}
        return {
            "id": f"choice{choice.number}",
            "type": "button",
            "name": text.shortened(title, _TITLE),
            "integration": {"url": self.webhook_url, "context": context},
        }
