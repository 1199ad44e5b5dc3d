"""Who is behind a socket: a device in a conversation, which may speak for a customer."""

from dataclasses import dataclass, field
from typing import Any

from socketio import AsyncServer

from bot import audit
from bot.channels import rate_limits
from bot.channels.identity_service import (
    IdentityService,
    IdentityUnavailableError,
    Known,
    TokenRefusedError,
)
from bot.channels.rate_limits import RateLimits

LONGEST_TOKEN = 4096

NOT_BELIEVED = "The shop's sign-in could not be confirmed. Please sign in on the shop's page again."
UNAVAILABLE = "Your sign-in can't be confirmed right now. Please try again in a moment."
TOO_OFTEN = "That was tried too often. Please wait a minute, then try again."


@dataclass
class Speaker:
    """A device in a conversation."""

    conversation_id: str
    device_id: str
    address: str
    """Of the network; counted by, and written nowhere."""
    takes_files: bool = False
    """Whether its client can send files, as it said."""
    known: Known = field(default_factory=Known)


class Speakers:
    """Everybody who is connected to this process."""

    def __init__(
        self, sio: AsyncServer, identities: IdentityService | None, limits: RateLimits
    ) -> None:
        self._sio = sio
        self._identities = identities
        self._limits = limits
        self._by_socket: dict[str, Speaker] = {}

    def of(self, sid: str) -> Speaker | None:
        return self._by_socket.get(sid)

    def leave(self, sid: str) -> None:
        self._by_socket.pop(sid, None)

    def join(self, sid: str, speaker: Speaker) -> None:
        self._by_socket[sid] = speaker

    async def recognise(self, sid: str, token: object, *, is_new: bool) -> None:
        """Looks whether it speaks for a customer: by the token of the shop's site that it brought,
        or because it proved so before."""
        speaker = self.of(sid)
        if speaker is None:
            return
        if token is not None:
            await self._tell(sid, await self._identified(speaker, token))
        elif self._identities is not None and not is_new:
            try:
                speaker.known = await self._identities.of(
                    speaker.conversation_id, speaker.device_id
                )
            except IdentityUnavailableError:
                return  # a stranger, for now; the acts ask for themselves
            await self._tell(sid, "")

    async def identify(self, sid: str, *arguments: object) -> dict[str, Any]:
        """The event of a customer who has logged in at the shop while the chat was open."""
        speaker = self.of(sid)
        given = arguments[0] if len(arguments) == 1 else None
        if speaker is None or not isinstance(given, dict):
            audit.refused("an event", "malformed")
            return {"ok": False, "error": 'Send one object: {"token": "<of the shop\'s site>"}.'}
        error = await self._identified(speaker, given.get("token"))
        await self._tell(sid, error)
        return {"ok": False, "error": error} if error else {"ok": True}

    async def forget(self, sid: str, *_arguments: object) -> dict[str, Any]:
        """The event of a customer who logs out."""
        speaker = self.of(sid)
        if speaker is None or self._identities is None:
            return {"ok": True}
        try:
            await self._identities.forget(speaker.conversation_id, speaker.device_id)
        except IdentityUnavailableError:
            return {"ok": False, "error": UNAVAILABLE}
        speaker.known = Known()
        await self._tell(sid, "")
        return {"ok": True}

    async def may_speak(self, speaker: Speaker | None) -> bool:
        """Counts a message by conversation, by customer and by address."""
        return speaker is None or await may_speak(self._limits, speaker)

    async def _identified(self, speaker: Speaker, token: object) -> str:
        """What keeps the token from being believed, in a sentence; nothing if it is."""
        conversation_id, device_id = speaker.conversation_id, speaker.device_id
        if not isinstance(token, str) or not token or len(token) > LONGEST_TOKEN:
            audit.refused("a token of the shop's site", "malformed", conversation_id)
            return NOT_BELIEVED
        counted = (
            (conversation_id, rate_limits.PROOFS_OF_CONVERSATION),
            (speaker.address, rate_limits.PROOFS_OF_ADDRESS),
        )
        allowed = [await self._limits.allow("proof", of, *limits) for of, limits in counted]
        if not all(allowed):
            audit.refused("a token of the shop's site", "too many", conversation_id)
            return TOO_OFTEN
        if self._identities is None:
            return UNAVAILABLE
        try:
            speaker.known = await self._identities.identify(conversation_id, device_id, token)
        except TokenRefusedError:
            speaker.known = Known()
            audit.refused("a token of the shop's site", "not believed", conversation_id)
            return NOT_BELIEVED
        except IdentityUnavailableError:
            return UNAVAILABLE
        return ""

    async def _tell(self, sid: str, error: str) -> None:
        speaker = self.of(sid)
        until = speaker.known.until if speaker else None
        told = {"verified": until is not None, "until": until, "error": error or None}
        await self._sio.emit("identity", told, to=sid)


async def may_speak(limits: RateLimits, speaker: Speaker) -> bool:
    """Counts a message by conversation, by customer and by address."""
    counted = (
        (speaker.conversation_id, rate_limits.MESSAGES_OF_CONVERSATION),
        (speaker.known.customer, rate_limits.MESSAGES_OF_CUSTOMER),
        (speaker.address, rate_limits.MESSAGES_OF_ADDRESS),
    )
    allowed = [await limits.allow("message", of, *rates) for of, rates in counted]
    return all(allowed)


def address_of(environ: dict[str, Any]) -> str:
    """Where a socket comes from: what Sanic's settings for proxies say, else the peer itself.

    Engine.IO's own `REMOTE_ADDR` is always this machine under Sanic.
    """
    request = environ.get("sanic.request")
    return str(request.remote_addr or request.ip) if request is not None else ""
