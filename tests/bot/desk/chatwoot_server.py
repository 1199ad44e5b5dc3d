"""As much of Chatwoot as a desk needs: the Client API and the bot's part of the Application API."""

import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from tests.bot.desk.loopback import Answer, Asked

TOKEN = "bot-token"
SECRET = "chatwoot-secret"
INBOX = "inbox-1"

_PUBLIC = re.compile(
    rf"/public/api/v1/inboxes/{INBOX}/contacts"
    r"(?:/(?P<source>\w+)/conversations(?:/(?P<conversation>\d+)/messages)?)?"
)
_ACCOUNT = re.compile(r"/api/v1/accounts/7/conversations/(?P<id>\d+)/(?P<what>\w+)")


@dataclass
class ChatwootServer:
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    conversations: dict[int, str] = field(default_factory=dict)
    """The contact of each."""
    messages: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    statuses: dict[int, str] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answer:
        if match := _PUBLIC.fullmatch(asked.path):
            return self._client_api(asked, match["source"], match["conversation"])
        if match := _ACCOUNT.fullmatch(asked.path):
            if asked.headers.get("api_access_token") != TOKEN:
                return Answer.of({"error": "Invalid Access Token"}, 401)
            id = int(match["id"])
            if match["what"] == "toggle_status":
                self.statuses[id] = asked.json["status"]
                return Answer.of({"meta": {}, "payload": {"success": True}})
            self.messages.append((id, asked.json))
            return Answer.of({"id": len(self.messages), **asked.json})
        return Answer.of({"error": "Resource could not be found"}, 404)

    def _client_api(self, asked: Asked, source: str | None, conversation: str | None) -> Answer:
        if source is None:
            self.contacts[asked.json["source_id"]] = asked.json
            return Answer.of({"source_id": asked.json["source_id"], "pubsub_token": "p", "id": 1})
        if source not in self.contacts:
            return Answer.of({"error": "Resource could not be found"}, 404)
        if conversation is not None:
            self.messages.append((int(conversation), {**asked.json, "message_type": "incoming"}))
            return Answer.of({"id": len(self.messages), "message_type": 0})
        if asked.method == "GET":
            theirs = [id for id, contact in self.conversations.items() if contact == source]
            return Answer.of([{"id": id, "inbox_id": 1, "messages": []} for id in theirs])
        id = 100 + len(self.conversations)
        self.conversations[id] = source
        self.statuses[id] = "pending"
        return Answer.of({"id": id, "inbox_id": 1, "messages": [], "contact": {}})


def message_created(ticket: str, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "event": "message_created",
        "id": 41,
        "content": text,
        "message_type": "outgoing",
        "content_type": "text",
        "private": False,
        "sender": {"id": 3, "name": "Mia", "type": "user"},
        "conversation": {
            "id": 100,
            "status": "open",
            "contact_inbox": {"id": 1, "source_id": ticket},
        },
        "account": {"id": 7, "name": "Shop"},
        **changes,
    }


def status_changed(ticket: str, status: str) -> dict[str, Any]:
    return {
        "event": "conversation_status_changed",
        "id": 100,
        "status": status,
        "timestamp": 1,
        "contact_inbox": {"id": 1, "source_id": ticket},
        "changed_attributes": [{"status": {"previous_value": "open", "current_value": status}}],
    }


def signed(event: dict[str, Any], *, at: float | None = None) -> tuple[dict[str, str], bytes]:
    """Headers and body as Chatwoot sends them."""
    body = json.dumps(event).encode()
    timestamp = str(int(time.time() if at is None else at))
    mac = hmac.new(SECRET.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    headers = {
        "x-chatwoot-timestamp": timestamp,
        "x-chatwoot-signature": f"sha256={mac.hexdigest()}",
    }
    return headers, body
