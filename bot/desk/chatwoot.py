"""Chatwoot as the desk, through an inbox of the kind "API" and an agent bot.

The customer's side goes through the Client API, so that it stands in Chatwoot as the customer's;
the summary is a private note of the bot's, which then sets the conversation to "open", Chatwoot's
way for a bot to call a person. What a bot's token may do is enough for both.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import httpx

from bot.desk import letter, signing
from bot.desk.http import TIMEOUT_SECONDS, request
from bot.desk.port import (
    Desk,
    DeskEvent,
    DeskNonsenseError,
    ForgedEventError,
    HandedBack,
    MalformedEventError,
    PersonReply,
)
from bot.desk.ticket import Message, Speaker, Ticket

_LINES = 20
"""Of the transcript, that a note holds: the end tells most."""


@dataclass(frozen=True, slots=True)
class ChatwootAccount:
    url: str
    account: int
    inbox: str
    """The inbox's identifier, from its settings."""
    token: str
    """The agent bot's access token."""
    secret: str
    """What the webhook is signed with; Chatwoot before 4.12, which signs nothing, shows it as
    `?token=`."""


class ChatwootDesk(Desk):
    name: ClassVar[str] = "chatwoot"

    def __init__(self, account: ChatwootAccount) -> None:
        self._account = account
        self._client = httpx.Client(
            base_url=account.url.rstrip("/"),
            timeout=TIMEOUT_SECONDS,
            headers={"api_access_token": account.token},
        )

    def open(self, ticket: Ticket, key: str) -> str:
        """Goes on where an attempt before it ended: our ticket's id names the contact there."""
        contact: dict[str, Any] = {"source_id": ticket.id, "name": _name(ticket)}
        if ticket.proof is not None:
            contact["email"] = ticket.proof.email
        request(self._client, "POST", self._contacts(), json=contact)
        conversations = f"{self._contacts()}/{ticket.id}/conversations"
        existing = request(self._client, "GET", conversations)
        if isinstance(existing, list) and existing:
            conversation = _id(existing[0])
        else:
            about = {"custom_attributes": {"aisle_conversation": ticket.conversation_id}}
            conversation = _id(request(self._client, "POST", conversations, json=about))
        self._note(conversation, f"{letter.summary(ticket)}\n\n{_transcript(ticket)}")
        words = _last_words(ticket)
        if words:
            self._say(ticket, conversation, words, key)
        status = {"status": "open"}
        path = f"{self._conversation(conversation)}/toggle_status"
        request(self._client, "POST", path, json=status)
        return conversation

    def append(self, ticket: Ticket, external_id: str, message: Message) -> None:
        if message.is_note:
            self._note(external_id, message.text)
        else:
            self._say(ticket, external_id, message.text, message.key)

    def read(
        self, headers: Mapping[str, str], query: Mapping[str, str], body: bytes
    ) -> DeskEvent | None:
        self._verify(headers, query, body)
        try:
            event = json.loads(body)
            kind = event["event"]
            if kind == "message_created":
                return _reply(event)
            if kind == "conversation_status_changed" and event["status"] == "resolved":
                ticket = str(event["contact_inbox"]["source_id"])
                return HandedBack(f"resolved:{event['id']}:{event.get('timestamp', '')}", ticket)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MalformedEventError("Not an event as Chatwoot documents it.") from error
        return None

    def _verify(self, headers: Mapping[str, str], query: Mapping[str, str], body: bytes) -> None:
        secret = self._account.secret.encode()
        given = headers.get("x-chatwoot-signature")
        if given is None:
            if not hmac.compare_digest(query.get("token", "").encode(), secret):
                raise ForgedEventError("Neither a signature nor our token.")
            return
        timestamp = headers.get("x-chatwoot-timestamp", "")
        signing.fresh(timestamp)
        digest = hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(given.encode(), f"sha256={digest}".encode()):
            raise ForgedEventError("The signature is not ours.")

    def _say(self, ticket: Ticket, conversation: str, text: str, key: str) -> None:
        path = f"{self._contacts()}/{ticket.id}/conversations/{conversation}/messages"
        request(self._client, "POST", path, json={"content": text, "echo_id": key})

    def _note(self, conversation: str, text: str) -> None:
        note = {"content": text, "message_type": "outgoing", "private": True}
        request(self._client, "POST", f"{self._conversation(conversation)}/messages", json=note)

    def _contacts(self) -> str:
        return f"/public/api/v1/inboxes/{self._account.inbox}/contacts"

    def _conversation(self, id: str) -> str:
        return f"/api/v1/accounts/{self._account.account}/conversations/{id}"


def _reply(event: Mapping[str, Any]) -> PersonReply | None:
    """What a person wrote to the customer: no note, and nothing of ours or of a bot's."""
    is_outgoing = event["message_type"] in ("outgoing", 1)
    sender = event.get("sender") or {}
    by_person = sender.get("type", "user") == "user"
    text = event.get("content")
    if not is_outgoing or event.get("private") or not by_person or not text:
        return None
    ticket = str(event["conversation"]["contact_inbox"]["source_id"])
    return PersonReply(f"message:{event['id']}", ticket, str(sender.get("name") or ""), text)


def _id(answer: Any) -> str:
    id = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(id, int | str) or id == "":
        raise DeskNonsenseError("Its conversation has no id.")
    return str(id)


def _name(ticket: Ticket) -> str:
    return f"Chat {ticket.conversation_id[:6]}"


def _transcript(ticket: Ticket) -> str:
    lines = letter.transcript(ticket).splitlines()
    return "\n".join(lines[-_LINES:])


def _last_words(ticket: Ticket) -> str:
    said = [line.text for line in ticket.transcript if line.speaker is Speaker.CUSTOMER]
    return said[-1] if said else ""
