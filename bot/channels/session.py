"""Signed conversation tokens: who holds one speaks in that conversation, and nobody else does."""

import logging
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import jwt

from bot.secret_key import read_or_create

logger = logging.getLogger(__name__)

AUDIENCE = "aisle-chat"
LIFETIME_SECONDS = 90 * 24 * 60 * 60
_ALGORITHM = "HS256"
_CLOCK_SKEW_SECONDS = 60
_SHORTEST_KEY = 32
"""In bytes: what RFC 7518 asks of HS256."""
_ID_BYTES = 24
_ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{32}")
_LONGEST_TOKEN = 1024


class BrokenKeyError(RuntimeError):
    """The key file exists but holds no usable key."""


@dataclass(frozen=True)
class Session:
    """A conversation, the token that opens it again, and whether it began just now."""

    conversation_id: str
    token: str
    is_new: bool


class SessionIssuer:
    """Issues tokens and checks the ones that come back."""

    def __init__(self, key: str) -> None:
        self._key = key

    def open(self, token: object) -> Session:
        """The session of `token`, or a new one where it is absent, forged, expired or foreign.

        A good token is issued again with a fresh lifetime, so that only a customer who stays
        away for its whole length starts over.
        """
        conversation_id = self._conversation_of(token)
        is_new = conversation_id is None
        if conversation_id is None:
            conversation_id = secrets.token_urlsafe(_ID_BYTES)
        return Session(conversation_id, self._issue(conversation_id), is_new)

    def _issue(self, conversation_id: str) -> str:
        now = int(time.time())
        claims = {
            "sub": conversation_id,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def _conversation_of(self, token: object) -> str | None:
        if not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
            return None
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                audience=AUDIENCE,
                leeway=_CLOCK_SKEW_SECONDS,
                options={"require": ["sub", "aud", "iat", "exp"]},
            )
        except (jwt.PyJWTError, ValueError) as refusal:
            # ValueError: PyJWT lets the encoding error of a lone surrogate through.
            logger.info("A conversation token was not accepted: %s", type(refusal).__name__)
            return None
        subject = claims["sub"]
        return subject if _ID_PATTERN.fullmatch(subject) else None


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
