"""Telegram, by the Bot API."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.platform import Body, Limits, Platform, Rendered
from bot.channels.messaging.reply import Choice, Reply
from bot.channels.messaging.signing import require_same
from bot.channels.messaging.webhook import Acknowledgement, Incoming, Received, Webhook

_TITLE = 40
"""Longer ones a phone does not show."""
_ALBUM = 10
_CAPTION = 1024
_COMMANDS = {"/start": "START", "/stop": "STOP", "/help": english.HELLO}
"""What Telegram's own buttons say."""


@dataclass(frozen=True)
class Telegram(Platform):
    token: str = field(repr=False)
    secret: str = field(repr=False)
    """Ours: Telegram shows it with every request, once `setWebhook` told it."""
    api: str = "https://api.telegram.org"

    name: ClassVar[str] = "telegram"
    limits: ClassVar[Limits] = Limits(text=4096, choices=20)

    @property
    def account(self) -> str:
        return self.token.partition(":")[0]

    def verify(self, webhook: Webhook, now: float) -> None:
        require_same(webhook.headers.get("x-telegram-bot-api-secret-token", ""), self.secret)

    def read(self, webhook: Webhook) -> Received:
        """Private chats alone: in a group an answer would be everybody's."""
        update = webhook.json
        id = str(update["update_id"])
        if "callback_query" in update:
            return _tapped(id, update["callback_query"])
        message = update.get("message")
        if message is None or message["chat"]["type"] != "private" or message["from"]["is_bot"]:
            return Received()
        words = message.get("text") or message.get("caption") or ""
        words = _COMMANDS.get(words.split(" ")[0], words) if words.startswith("/") else words
        chat = message["chat"]["id"]
        sent_at = float(message["date"])
        return Received((Incoming(id, str(chat), words, {"chat": chat}, "", sent_at),))

    def text(self, words: str) -> Body:
        return {"method": "sendMessage", "text": words}

    def render(self, reply: Reply) -> list[Rendered]:
        choices = reply.choices
        if len(choices) > self.limits.choices:
            return [*_pictures(reply), *self.in_words(reply)]
        if not choices:
            return self.in_words(reply)
        blocks = [reply.text, *map(text.card_text, reply.cards), text.table_text(reply.table)]
        said = "\n\n".join(block for block in blocks if block) or english.CHOOSE
        *before, last = self.texts(said)
        keyboard = {"inline_keyboard": [[_key(each)] for each in choices]}
        numbers = "\n".join(f"{each.number}. {each.title}" for each in reply.buttons)
        chosen = Rendered({**last.body, "reply_markup": keyboard}, f"{last.plain}\n\n{numbers}")
        return [*_pictures(reply), *before, chosen]

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        body = {**bodies[0], "chat_id": address["chat"]}
        return self._method(body.pop("method"), body)

    def failure(self, answer: Answer, now: float) -> Failure | None:
        found = failure_by_status(answer, now)
        if found is None:
            return None
        seconds = (answer.json.get("parameters") or {}).get("retry_after", found.seconds)
        return Failure(found.reason, found.may_retry, seconds)

    def who_am_i(self) -> Call:
        return self._method("getMe", {})

    def account_in(self, answer: Answer) -> str:
        return f"@{answer.json.get('result', {}).get('username', '')}"

    def _method(self, method: str, body: Mapping[str, Any]) -> Call:
        return Call(f"{self.api}/bot{self.token}/{method}", json=body)


def _tapped(id: str, query: Mapping[str, Any]) -> Received:
    """The answer to the request stops the button's little clock."""
    stopped = {"method": "answerCallbackQuery", "callback_query_id": query["id"]}
    acknowledgement = Acknowledgement(200, json.dumps(stopped), "application/json")
    chat = query.get("message", {}).get("chat", {})
    if chat.get("type") != "private":
        return Received((), acknowledgement)
    tapped = Incoming(id, str(chat["id"]), "", {"chat": chat["id"]}, query.get("data", ""))
    return Received((tapped,), acknowledgement)


def _key(choice: Choice) -> Body:
    title = f"{choice.number}. {choice.product}" if choice.product else choice.title
    return {"text": text.shortened(title, _TITLE), "callback_data": choice.id}


def _pictures(reply: Reply) -> Iterator[Rendered]:
    """One photo, or an album of up to ten."""
    photos = [
        {
            "type": "photo",
            "media": text.picture(card.product),
            "caption": text.shortened(f"{card.choice.number}. {card.choice.product}", _CAPTION),
        }
        for card in reply.cards
        if text.picture(card.product)
    ][:_ALBUM]
    if len(photos) == 1:
        only = {"photo": photos[0]["media"], "caption": photos[0]["caption"]}
        yield Rendered({"method": "sendPhoto", **only})
    elif photos:
        yield Rendered({"method": "sendMediaGroup", "media": photos})
