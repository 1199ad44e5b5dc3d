"""Opaque ids: who is behind a conversation shows to nobody without the shop's key."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from bot.conversation_id import messaging_id


class Ids:
    """Made with the installation's own key, so that they are the same after a restart."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def conversation(self, channel: str, account: str, user: str) -> str:
        """The conversation of a user of a platform with one account of the shop's."""
        return messaging_id(self._digest("conversation", channel, account, user), channel)

    def person(self, channel: str, account: str, person: str) -> str:
        """Somebody on a channel, in all of their conversations there."""
        return self._digest("person", channel, account, person)

    def device(self, conversation: str) -> str:
        """What a proof of identity hangs on: there is one for each sender."""
        return self._digest("device", conversation)

    def message(self, channel: str, message_id: str) -> str:
        """A platform's id in the letters that ours are made of."""
        return self._digest("message", channel, message_id)

    def _digest(self, *parts: str) -> str:
        signed = "\0".join(parts).encode()
        digest = hmac.new(self._key, signed, sha256).digest()
        return urlsafe_b64encode(digest[:18]).decode()
