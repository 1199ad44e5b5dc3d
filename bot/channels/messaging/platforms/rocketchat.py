"""Rocket.Chat: an outgoing webhook on direct messages, and the REST API of a bot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from bot.channels.messaging import text
from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.platform import Body, Limits, Platform, Rendered
from bot.channels.messaging.reply import Choice, Reply
from bot.channels.messaging.signing import require_token
from bot.channels.messaging.webhook import Incoming, Received, Webhook

_TITLE = 40


@dataclass(frozen=True)
class RocketChat(Platform):
    url: str
    """Of the server."""
    user_id: str
    """The bot's."""
    token: str = field(repr=False)
    """The bot's personal access token."""
    webhook_token: str = field(repr=False)

    name: ClassVar[str] = "rocketchat"
    limits: ClassVar[Limits] = Limits(text=5000)

    @property
    def account(self) -> str:
        return self.url

    def verify(self, webhook: Webhook, now: float) -> None:
        require_token(webhook, self.webhook_token)

    def read(self, webhook: Webhook) -> Received:
        """Direct messages alone: a channel's have its name."""
        said = webhook.json
        is_ours = said.get("bot") or said["user_id"] == self.user_id
        if is_ours or said.get("channel_name") or said.get("isEdited"):
            return Received()
        user, room = said["user_id"], said["channel_id"]
        words = said.get("text") or ""
        sent_at = datetime.fromisoformat(said["timestamp"].replace("Z", "+00:00")).timestamp()
        incoming = Incoming(said["message_id"], user, words, {"room": room}, "", sent_at)
        return Received((incoming,))

    def text(self, words: str) -> Body:
        return {"text": words}

    def render(self, reply: Reply) -> list[Rendered]:
        """Its buttons say a number in the customer's name, so that one means what is shown last."""
        *before, last = self.in_words(reply)
        attachments: list[Body] = [
            {"image_url": text.picture(card.product), "title": card.product["title"]}
            for card in reply.cards
            if text.picture(card.product)
        ]
        if reply.choices:
            attachments.append({"actions": [_button(each) for each in reply.choices]})
        if not attachments:
            return [*before, last]
        return [*before, Rendered({**last.body, "attachments": attachments}, last.plain)]

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        body = {"roomId": address["room"], "parseUrls": False, **bodies[0]}
        return self._method("chat.postMessage", json=body)

    def failure(self, answer: Answer, now: float) -> Failure | None:
        found = failure_by_status(answer, now)
        if found is not None or answer.json.get("success") is not False:
            return found
        return Failure("it answers that it failed")

    def who_am_i(self) -> Call:
        return self._method("me", "GET")

    def account_in(self, answer: Answer) -> str:
        return str(answer.json.get("username", ""))

    def _method(self, name: str, method: str = "POST", json: Body | None = None) -> Call:
        headers = {"X-Auth-Token": self.token, "X-User-Id": self.user_id}
        return Call(f"{self.url.rstrip('/')}/api/v1/{name}", method, json, headers=headers)


def _button(choice: Choice) -> Body:
    title = f"{choice.number}. {text.titled(choice)}"
    return {
        "type": "button",
        "text": text.shortened(title, _TITLE),
        "msg": str(choice.number),
        "msg_in_chat_window": True,
    }
