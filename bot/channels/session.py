"""Signed tokens of conversations and of devices.

Who holds a conversation's token speaks in that conversation, and nobody else does. Who proved to be
a customer did so from a device, which has a token of its own: a conversation that is handed over
brings its history along and not the customer's identity.
"""

import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt

from bot import audit
from bot.channels.message import Attachment
from bot.secret_key import read_or_create

AUDIENCE = "aisle-chat"
DEVICE_AUDIENCE = "aisle-device"
ATTACHMENT_AUDIENCE = "aisle-attachment"
LIFETIME_SECONDS = 90 * 24 * 60 * 60
_ALGORITHM = "HS256"
_CLOCK_SKEW_SECONDS = 60
_SHORTEST_KEY = 32
"""In bytes: what RFC 7518 asks of HS256."""
_ID_BYTES = 24
_ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{32}")
_LONGEST_TOKEN = 2048
"""In characters: of one for a file, most is its name."""


class BrokenKeyError(RuntimeError):
    """The key file exists but holds no usable key."""


@dataclass(frozen=True)
class Session:
    """A conversation with the token that opens it again, and whether it began just now; and the
    device that opened it."""

    conversation_id: str
    token: str
    is_new: bool
    device_id: str
    device_token: str


class SessionIssuer:
    """Issues tokens and checks the ones that come back."""

    def __init__(self, key: str) -> None:
        self._key = key

    def open(self, token: object, device_token: object = None) -> Session:
        """The session of `token`, or a new one where it is absent, forged, expired or foreign.

        The same of a device in it: without its token from here, it is one that was never seen.

        A good token is issued again with a fresh lifetime, so that only a customer who stays
        away for its whole length starts over.
        """
        conversation_id = self._conversation_of(token)
        is_new = conversation_id is None
        if conversation_id is None:
            conversation_id = secrets.token_urlsafe(_ID_BYTES)
        device_id = self._device_of(device_token, conversation_id)
        if device_id is None:
            device_id = secrets.token_urlsafe(_ID_BYTES)
        return Session(
            conversation_id,
            self._issue(conversation_id, AUDIENCE),
            is_new,
            device_id,
            self._issue(conversation_id, DEVICE_AUDIENCE, dev=device_id),
        )

    def known(self, token: object, device_token: object = None) -> tuple[str, str] | None:
        """The conversation and the device of tokens that came with a request by itself, where
        nothing new is begun; None where the first is no good, an empty device where the second is.
        """
        conversation_id = self._conversation_of(token)
        if conversation_id is None:
            return None
        return conversation_id, self._device_of(device_token, conversation_id) or ""

    def vouch(self, conversation_id: str, attachment: Attachment) -> str:
        """A token that says of a file that it was taken in this conversation."""
        return self._issue(conversation_id, ATTACHMENT_AUDIENCE, **attachment)

    def vouched(self, token: object, conversation_id: str) -> Attachment | None:
        """The file of such a token; None where it is no good, or of another conversation."""
        claims = self._claims(token, ATTACHMENT_AUDIENCE)
        if not claims:
            return None
        if claims["sub"] != conversation_id:
            audit.refused("a file's token", "of another conversation", conversation_id)
            return None
        return {"id": claims["id"], "name": claims["name"], "media_type": claims["media_type"]}

    def _issue(self, conversation_id: str, audience: str, **more: str) -> str:
        now = int(time.time())
        claims = {
            "sub": conversation_id,
            "aud": audience,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
            **more,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def _conversation_of(self, token: object) -> str | None:
        claims = self._claims(token, AUDIENCE)
        subject = claims.get("sub", "")
        return subject if _ID_PATTERN.fullmatch(subject) else None

    def _device_of(self, token: object, conversation_id: str) -> str | None:
        claims = self._claims(token, DEVICE_AUDIENCE)
        device_id = claims.get("dev")
        if not claims:
            return None
        if claims["sub"] != conversation_id or not isinstance(device_id, str):
            audit.refused("a device's token", "of another conversation", conversation_id)
            return None
        return device_id if _ID_PATTERN.fullmatch(device_id) else None

    def _claims(self, token: object, audience: str) -> dict[str, Any]:
        """What a good token says; nothing of any other."""
        if token is None:
            return {}
        if not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
            audit.refused(f"a token for {audience}", "no token at all")
            return {}
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                audience=audience,
                leeway=_CLOCK_SKEW_SECONDS,
                options={"require": ["sub", "aud", "iat", "exp"]},
            )
        except (jwt.PyJWTError, ValueError) as refusal:
            # ValueError: PyJWT lets the encoding error of a lone surrogate through.
            audit.refused(f"a token for {audience}", type(refusal).__name__)
            return {}
        return claims


def load_key(data_dir: Path) -> str:
    """The signing key of this data folder, made on first use.

    Raises:
        BrokenKeyError: the file holds something shorter than a key.
    """
    path = data_dir / "secrets" / "session.key"
    key = read_or_create(path)
    if len(key) < _SHORTEST_KEY:
        raise BrokenKeyError(f"{path} holds no key. Delete it, and a new one is made.")
    return key
