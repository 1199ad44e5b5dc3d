"""Microsoft Teams, by the Bot Framework's connector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

import jwt

from bot.channels.messaging import english, text
from bot.channels.messaging.call import Answer, Call, Failure, failure_by_status
from bot.channels.messaging.platform import Body, Limits, Rendered, TokenPlatform
from bot.channels.messaging.reply import Card, Choice, Reply
from bot.channels.messaging.webhook import ForgedError, Incoming, Received, Webhook

_ISSUER = "https://api.botframework.com"
_CLOCK_SKEW_SECONDS = 300
_HERO = "application/vnd.microsoft.card.hero"
_BUTTONS = 6
_TITLE = 60


@dataclass(frozen=True)
class BotFramework(TokenPlatform):
    app_id: str
    app_password: str = field(repr=False)
    tenant: str = "botframework.com"
    """Of a bot that is registered for one tenant: its id."""
    login: str = "https://login.microsoftonline.com"
    keys_url: str = "https://login.botframework.com/v1/.well-known/keys"

    name: ClassVar[str] = "bot_framework"
    limits: ClassVar[Limits] = Limits(text=8000, choices=_BUTTONS, cards=10)

    @property
    def account(self) -> str:
        return self.app_id

    def keys_call(self) -> Call | None:
        return Call(self.keys_url, "GET", needs_token=False)

    def verify(self, webhook: Webhook, now: float) -> None:
        """A token that Microsoft signed for this app, a short while ago, for this service."""
        scheme, _, token = webhook.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            raise ForgedError("The token is missing.")
        try:
            key = webhook.keys.get(jwt.get_unverified_header(token).get("kid", ""))
            if key is None:
                raise ForgedError("The key is not Microsoft's.")
            claims = jwt.decode(
                token,
                jwt.PyJWK.from_dict(key, algorithm="RS256"),
                algorithms=["RS256"],
                audience=self.app_id,
                issuer=_ISSUER,
                # The times are looked at below, by the channel's own clock.
                options={
                    "require": ["exp", "iss", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                },
            )
        except jwt.PyJWTError as error:
            raise ForgedError(type(error).__name__) from error
        if not float(claims.get("nbf", 0)) - _CLOCK_SKEW_SECONDS <= now:
            raise ForgedError("The token is not valid yet.")
        if not now <= float(claims["exp"]) + _CLOCK_SKEW_SECONDS:
            raise ForgedError("The token has ended.")
        # Or whoever has any token could have ours sent to a server of their own.
        if not claims.get("serviceurl") or claims["serviceurl"] != webhook.json.get("serviceUrl"):
            raise ForgedError("The token is for another service.")

    def read(self, webhook: Webhook) -> Received:
        """Chats with one person alone."""
        activity = webhook.json
        conversation = activity["conversation"]
        kind = conversation.get("conversationType", "personal")
        if activity["type"] != "message" or conversation.get("isGroup") or kind != "personal":
            return Received()
        value = activity.get("value")
        choice = str(value.get("choice", "")) if isinstance(value, dict) else ""
        address = {
            "service": activity["serviceUrl"],
            "conversation": conversation["id"],
            "from": activity["recipient"],
            "recipient": activity["from"],
        }
        sent_at = datetime.fromisoformat(activity["timestamp"][:19] + "+00:00").timestamp()
        id = f"{conversation['id']} {activity['id']}"
        user = activity["from"]["id"]
        words = activity.get("text") or ""
        return Received((Incoming(id, user, words, address, choice, sent_at),))

    def text(self, words: str) -> Body:
        return {"text": words, "textFormat": "plain"}

    def render(self, reply: Reply) -> list[Rendered]:
        if len(reply.buttons) > _BUTTONS:
            return self.in_words(reply)
        said = "\n\n".join(each for each in (reply.text, text.table_text(reply.table)) if each)
        messages = self.texts(said)
        for start in range(0, len(reply.cards), self.limits.cards):
            cards = reply.cards[start : start + self.limits.cards]
            plain = "\n\n".join(text.card_text(card) for card in cards)
            shown = {"attachmentLayout": "carousel", "attachments": [_hero(c) for c in cards]}
            messages.append(Rendered(shown, plain))
        if reply.buttons:
            content = {"buttons": [_message_back(each) for each in reply.buttons]}
            numbers = "\n".join(f"{each.number}. {each.title}" for each in reply.buttons)
            attached = [{"contentType": _HERO, "content": content}]
            messages.append(Rendered({"attachments": attached}, numbers))
        return messages

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        whom = {name: address[name] for name in ("from", "recipient")}
        conversation = quote(address["conversation"], safe="")
        url = f"{address['service'].rstrip('/')}/v3/conversations/{conversation}/activities"
        return Call(url, json={"type": "message", **whom, **bodies[0]})

    def failure(self, answer: Answer, now: float) -> Failure | None:
        found = failure_by_status(answer, now)
        if found is None:
            return None
        return replace(found, is_stale_token=answer.status == 401)

    def token_call(self) -> Call:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.app_id,
            "client_secret": self.app_password,
            "scope": "https://api.botframework.com/.default",
        }
        return Call(f"{self.login}/{self.tenant}/oauth2/v2.0/token", form=form, needs_token=False)

    def token_in(self, answer: Answer) -> tuple[str, float]:
        return str(answer.json.get("access_token", "")), float(answer.json.get("expires_in", 0))

    def with_token(self, call: Call, token: str) -> Call:
        return replace(call, headers={**call.headers, "Authorization": f"Bearer {token}"})

    def who_am_i(self) -> Call:
        """To get a token is all that an app can ask for without a conversation."""
        return self.token_call()

    def account_in(self, answer: Answer) -> str:
        return self.app_id


def _message_back(choice: Choice) -> Body:
    title = text.shortened(choice.title, _TITLE)
    value = {"choice": choice.id}
    shown = text.shortened(text.titled(choice), _TITLE)
    return {
        "type": "messageBack",
        "title": title,
        "text": shown,
        "displayText": shown,
        "value": value,
    }


def _hero(card: Card) -> Body:
    product = card.product
    content: dict[str, Any] = {
        "title": f"{card.choice.number}. {product['title']}",
        "text": text.summary(product),
        "buttons": [_message_back(card.choice)],
    }
    if picture := text.picture(product):
        content["images"] = [{"url": picture}]
    if text.is_public(product["url"]):
        opened = {"type": "openUrl", "title": english.OPEN, "value": product["url"]}
        content["buttons"].append(opened)
    return {"contentType": _HERO, "content": content}
