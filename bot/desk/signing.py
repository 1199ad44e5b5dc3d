"""Signed webhooks, as standardwebhooks.com specifies them.

The specification's own library brings five packages for these lines; its published example is a
test of ours.
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping

from bot.desk.port import ForgedEventError

TOLERANCE_SECONDS = 300
"""How far a signature's time may be from ours: what an intruder recorded is useless later."""
_PREFIX = "whsec_"


class SigningKeyError(ValueError):
    """The key is not one; says what it must look like."""


def signing_key(secret: str) -> bytes:
    """The bytes of `whsec_<base64>`.

    Raises:
        SigningKeyError: it is no base64, or less than 24 bytes.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise SigningKeyError("Write whsec_ and the key in base64.") from error
    if not 24 <= len(key) <= 64:
        raise SigningKeyError("A signing key has 24 to 64 bytes.")
    return key


def sign(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(key: bytes, message_id: str, body: bytes) -> dict[str, str]:
    """The three headers of a message that is sent now."""
    now = int(time.time())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(now),
        "webhook-signature": sign(key, message_id, now, body),
    }


def verify(key: bytes, headers: Mapping[str, str], body: bytes) -> str:
    """The message's id, which whoever wants each message once has to remember.

    Raises:
        ForgedEventError: no signature of these bytes with this key, or an old one.
    """
    message_id = headers.get("webhook-id", "")
    given = headers.get("webhook-signature", "")
    timestamp = fresh(headers.get("webhook-timestamp", ""))
    if not message_id:
        raise ForgedEventError("The message has no id.")
    expected = sign(key, message_id, timestamp, body).encode()
    # Several, while keys are changed. All are compared, so that time tells nothing.
    matches = [hmac.compare_digest(each.encode(), expected) for each in given.split(" ")]
    if not any(matches):
        raise ForgedEventError("The signature is not ours.")
    return message_id


def fresh(timestamp: str) -> int:
    """A header's seconds since the epoch.

    Raises:
        ForgedEventError: they are none, or too far from now.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise ForgedEventError("The message has no time.")
    if abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        raise ForgedEventError("The message is too old.")
    return int(timestamp)
