"""Where the chat hands over what proves who a customer is. Private, like the webhook.

Not through Rasa: what a message brings along lands in the tracker store, and a token must not.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException
from pydantic import BaseModel, Field

from bot.identity.errors import TokenRefusedError
from bot.identity.identity import VerifiedIdentity
from bot.identity.shop_token import LONGEST_TOKEN
from bot.service.private import ForRasa
from bot.service.state import State

router = APIRouter(prefix="/identity", include_in_schema=False, dependencies=[ForRasa])


class Speaker(BaseModel):
    conversation: str = Field(min_length=1, max_length=255)
    device: str = Field(min_length=1, max_length=64)


class Shown(Speaker):
    token: str = Field(min_length=1, max_length=LONGEST_TOKEN, repr=False)


@router.post("")
def identify(state: State, shown: Annotated[Shown, Body()]) -> dict[str, Any]:
    """Believes the token, or says 403."""
    try:
        who = state.proofs.identify(
            shown.conversation, shown.device, shown.token, datetime.now(UTC)
        )
    except TokenRefusedError as refusal:
        raise HTTPException(403, f"The token was not accepted: {refusal}.") from refusal
    return _known(state, who)


@router.post("/of")
def known(state: State, speaker: Annotated[Speaker, Body()]) -> dict[str, Any]:
    """Until when this device speaks for a customer; null where it does not."""
    now = datetime.now(UTC)
    who = state.proofs.identities.of(speaker.conversation, speaker.device, now)
    return {"until": None, "customer": None} if who is None else _known(state, who)


@router.post("/forget")
def forget(state: State, speaker: Annotated[Speaker, Body()]) -> dict[str, bool]:
    """The customer logs out."""
    identities, now = state.proofs.identities, datetime.now(UTC)
    return {"forgotten": identities.revoke(speaker.conversation, speaker.device, now)}


def _known(state: State, who: VerifiedIdentity) -> dict[str, Any]:
    return {"until": who.expires_at.isoformat(), "customer": state.proofs.pseudonym(who)}
