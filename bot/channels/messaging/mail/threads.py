"""Which conversation a letter belongs to, told by ids that only we can have made.

Anybody can write a sender's name on a letter. Nobody but who got our answers knows their ids, so a
forged letter opens a conversation of its own and never gets into somebody's.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

_OURS = re.compile(r"<aisle\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{24})@[^>]*>")


class Threads:
    """Made with the installation's own key."""

    def __init__(self, key: str, domain: str) -> None:
        self._key = key.encode()
        self._domain = domain

    def new_id(self, thread: str, customer: str) -> str:
        """The `Message-ID` of an answer to a customer."""
        nonce = secrets.token_urlsafe(12)
        return f"<aisle.{thread}.{nonce}.{self._signature(thread, nonce, customer)}@{self._domain}>"

    def opened_by(self, message_id: str) -> str:
        """The thread that a customer's first letter opens."""
        return self._digest("thread", message_id)[:16]

    def of(self, references: Iterable[str], customer: str) -> str | None:
        """The thread that these ids belong to, the latest first; None where none is ours."""
        for reference in references:
            found = _OURS.fullmatch(reference)
            if found is None:
                continue
            thread, nonce, signature = found.groups()
            if hmac.compare_digest(signature, self._signature(thread, nonce, customer)):
                return thread
        return None

    def _signature(self, thread: str, nonce: str, customer: str) -> str:
        return self._digest("answer", thread, nonce, customer.lower())[:24]

    def _digest(self, *parts: str) -> str:
        digest = hmac.new(self._key, "\0".join(parts).encode(), sha256).digest()
        return urlsafe_b64encode(digest).decode()
