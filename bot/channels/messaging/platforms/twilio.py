"""SMS and WhatsApp by Twilio. Words and numbers: cards there need templates that Twilio keeps."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.channels.messaging.call import Answer, Call
from bot.channels.messaging.platform import DAY, Body, Limits, Platform, Rendered
from bot.channels.messaging.reply import Reply
from bot.channels.messaging.signing import hmac_sha1, require_same
from bot.channels.messaging.webhook import Acknowledgement, Incoming, Received, Webhook

_DONE = Acknowledgement(200, "<Response/>", "text/xml; charset=utf-8")


@dataclass(frozen=True)
class Twilio(Platform):
    account_sid: str
    auth_token: str = field(repr=False)
    webhook_url: str
    """The address of the webhook as it was entered at Twilio, which signs it."""
    api: str = "https://api.twilio.com"

    name: ClassVar[str] = "twilio"
    limits: ClassVar[Limits] = Limits(text=1600)

    @property
    def account(self) -> str:
        return self.account_sid

    def verify(self, webhook: Webhook, now: float) -> None:
        url = self.webhook_url + (f"?{webhook.query_string}" if webhook.query_string else "")
        signed = url + "".join(name + value for name, value in sorted(webhook.fields.items()))
        expected = b64encode(hmac_sha1(self.auth_token, signed.encode())).decode()
        require_same(webhook.headers.get("x-twilio-signature", ""), expected)

    def read(self, webhook: Webhook) -> Received:
        """Reports on our own messages, which have no text, are left out."""
        given = webhook.fields
        if "Body" not in given or given.get("AccountSid") != self.account_sid:
            return Received((), _DONE)
        address = {"to": given["From"], "from": given["To"]}
        user = f"{given['From']} {given['To']}"
        return Received((Incoming(given["MessageSid"], user, given["Body"], address),), _DONE)

    def window(self, address: Mapping[str, Any]) -> float | None:
        return DAY if str(address["to"]).startswith("whatsapp:") else None

    def text(self, words: str) -> Body:
        return {"Body": words}

    def render(self, reply: Reply) -> list[Rendered]:
        return self.in_words(reply)

    def call(self, bodies: Sequence[Body], address: Mapping[str, Any], *, is_first: bool) -> Call:
        """From the very number that the customer wrote to."""
        form = {"From": address["from"], "To": address["to"], **bodies[0]}
        url = f"{self._url}/Messages.json"
        return Call(url, form=form, headers=self._headers)

    def who_am_i(self) -> Call:
        return Call(f"{self._url}.json", "GET", headers=self._headers)

    def account_in(self, answer: Answer) -> str:
        return str(answer.json.get("friendly_name", ""))

    @property
    def _url(self) -> str:
        return f"{self.api}/2010-04-01/Accounts/{self.account_sid}"

    @property
    def _headers(self) -> Mapping[str, str]:
        credentials = b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        return {"Authorization": f"Basic {credentials}"}
