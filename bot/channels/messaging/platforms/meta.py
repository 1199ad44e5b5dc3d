"""What WhatsApp, Messenger and Instagram have in common: Meta's webhooks and Graph API."""

from typing import ClassVar

from bot.channels.messaging.call import Answer, Failure, failure_by_status
from bot.channels.messaging.platform import DAY, Platform
from bot.channels.messaging.signing import hmac_sha256, require_same
from bot.channels.messaging.webhook import Acknowledgement, Webhook

GRAPH = "https://graph.facebook.com/v23.0"

_BUSY = frozenset({1, 2, 4, 17, 32, 613, 80006, 80007, 130429, 131000, 131016, 131056})
"""Codes of errors that pass: limits on calls, and servers of theirs that are away."""


class MetaPlatform(Platform):
    """An account on one of Meta's platforms."""

    app_secret: str
    verify_token: str

    window_seconds: ClassVar[float | None] = DAY

    def handshake(self, webhook: Webhook) -> Acknowledgement | None:
        """Asked when the webhook is entered: the challenge goes back to who knows the token that
        was entered with the address."""
        if webhook.method != "GET":
            return None
        is_asked = webhook.query.get("hub.mode") == "subscribe"
        expected = self.verify_token if is_asked else ""
        require_same(webhook.query.get("hub.verify_token", ""), expected)
        return Acknowledgement(body=webhook.query.get("hub.challenge", ""))

    def verify(self, webhook: Webhook, now: float) -> None:
        """The body is signed with the app's secret."""
        expected = f"sha256={hmac_sha256(self.app_secret, webhook.body).hex()}"
        require_same(webhook.headers.get("x-hub-signature-256", ""), expected)

    def failure(self, answer: Answer, now: float) -> Failure | None:
        """Meta says in a code what HTTP's status does not."""
        found = failure_by_status(answer, now)
        error = answer.json.get("error")
        if found is None or not isinstance(error, dict):
            return found
        code = error.get("code")
        may_retry = found.may_retry or code in _BUSY or error.get("is_transient") is True
        return Failure(f"it answers {answer.status}, code {code}", may_retry, found.seconds)
