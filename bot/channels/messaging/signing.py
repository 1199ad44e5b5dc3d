"""How requests are proved to be a platform's. Every comparison takes the same time."""

import hmac
from hashlib import sha1, sha256

from bot.channels.messaging.webhook import ForgedError, MalformedError, Webhook

TOLERANCE_SECONDS = 300
"""How far a signed time may be off: an older request is a replay."""


def hmac_sha256(secret: str, signed: bytes) -> bytes:
    """The raw digest."""
    return hmac.new(secret.encode(), signed, sha256).digest()


def hmac_sha1(secret: str, signed: bytes) -> bytes:
    """The raw digest; for platforms that sign with nothing better."""
    return hmac.new(secret.encode(), signed, sha1).digest()


def require_same(given: str, expected: str) -> None:
    """
    Raises:
        ForgedError: they differ, or nothing was expected.
    """
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise ForgedError("The signature is missing or wrong.")


def require_recent(timestamp: str, now: float) -> None:
    """
    Args:
        timestamp: seconds since the epoch, as signed.

    Raises:
        ForgedError: it is no time, or is too far from now.
    """
    try:
        off = abs(now - float(timestamp))
    except ValueError as error:
        raise ForgedError("The time is missing.") from error
    if not off <= TOLERANCE_SECONDS:
        raise ForgedError("The request is too old.")


def require_token(webhook: Webhook, expected: str) -> None:
    """For platforms that put a secret into the body, JSON or a form.

    Raises:
        ForgedError: it is not there.
    """
    try:
        body = webhook.json
    except MalformedError:
        body = dict(webhook.fields)
    require_same(str(body.get("token", "")), expected)
