"""A desk of the shop's own: signed JSON to an address, and signed JSON back."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

import httpx

from bot.desk import signing
from bot.desk.http import TIMEOUT_SECONDS, request
from bot.desk.port import Desk, DeskEvent, HandedBack, MalformedEventError, PersonReply
from bot.desk.ticket import Message, Ticket


class WebhookDesk(Desk):
    """Sends `ticket.opened`, `ticket.message` and `ticket.note`; takes `ticket.replied` and
    `ticket.closed`."""

    name: ClassVar[str] = "webhook"

    def __init__(self, url: str, key: bytes) -> None:
        self._url = url
        self._key = key
        self._client = httpx.Client(timeout=TIMEOUT_SECONDS)

    def open(self, ticket: Ticket, key: str) -> str:
        self._send("ticket.opened", key, _ticket_json(ticket))
        return ticket.id

    def append(self, ticket: Ticket, external_id: str, message: Message) -> None:
        kind = "ticket.note" if message.is_note else "ticket.message"
        self._send(kind, message.key, {"ticket": ticket.id, "text": message.text})

    def read(
        self, headers: Mapping[str, str], query: Mapping[str, str], body: bytes
    ) -> DeskEvent | None:
        event_id = signing.verify(self._key, headers, body)
        try:
            event = json.loads(body)
            kind, data = event["type"], event["data"]
            ticket = str(data["ticket"])
            if kind == "ticket.closed":
                return HandedBack(event_id, ticket)
            if kind == "ticket.replied":
                return PersonReply(event_id, ticket, str(data.get("author", "")), data["text"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MalformedEventError(
                'Send {"type": "ticket.replied", "data": {"ticket", "text", "author"}}, or '
                '"ticket.closed".'
            ) from error
        return None

    def _send(self, kind: str, key: str, data: Mapping[str, Any]) -> None:
        body = json.dumps({"type": kind, "data": data}, ensure_ascii=False).encode()
        headers = {"content-type": "application/json", **signing.headers(self._key, key, body)}
        # Whatever it answers: the standard asks for a status alone.
        request(self._client, "POST", self._url, content=body, headers=headers, is_read=False)


def _ticket_json(ticket: Ticket) -> dict[str, Any]:
    proof = ticket.proof
    return {
        "ticket": ticket.id,
        "conversation": ticket.conversation_id,
        "channel": ticket.channel,
        "reason": ticket.reason.value,
        "opened_at": ticket.opened_at.isoformat(),
        "customer": {"email": proof.email, "verified_by": proof.method} if proof else None,
        "summary": [{"name": fact.name, "value": fact.value} for fact in ticket.summary],
        "transcript": [line.to_json() for line in ticket.transcript],
    }
