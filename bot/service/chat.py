"""The chat for front ends without Socket.IO: one message a request, over the web channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import compare_digest
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from bot import audit
from bot.chat_client import ChatError, Conversation
from bot.service.state import ServiceState, State

_bearer = HTTPBearer(
    auto_error=False, description="`AISLE_REST_KEY`. It stays on the front end's own server."
)


class Said(BaseModel):
    """What a customer says."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=4000, examples=["red running shoes under $60"])
    id: str = Field(
        "",
        pattern=r"^[A-Za-z0-9_-]{0,64}$",
        description="Yours, unique in the conversation: a request that is sent again with the same "
        "one is answered once. Without it, one is made.",
    )
    conversation: str = Field("", description="From the answer before; empty begins a new one.")
    device: str = Field("", description="From the answer before, and never given to anyone else.")
    identity: str = Field(
        "",
        description="The shop's token of a customer who has logged in. Once is enough: the device "
        "is remembered.",
    )


class Button(BaseModel):
    title: str
    payload: str = Field(description="What to send as `text` when it is chosen.")


class Card(BaseModel):
    """A product, with price and stock of this moment; null is unknown."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: str
    price: float | None
    currency: str
    in_stock: bool | None
    url: str
    image: str


class Message(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: str
    text: str
    time: str = Field(description="ISO 8601, UTC.")
    author: str = Field(description="The person of the shop who wrote it; empty is the assistant.")
    products: list[Card] = []
    buttons: list[Button] = []
    constraints: list[Button] = []


class Kept(Message):
    role: str = Field(description="`customer` or `assistant`.")


class Told(BaseModel):
    """The answer to one message."""

    conversation: str = Field(description="To send with the next message. It lasts 90 days.")
    device: str
    id: str
    replies: list[Message] = Field(description="None while a person of the shop has the chat.")
    took_ms: float


class History(BaseModel):
    conversation: str
    device: str
    messages: list[Kept] = Field(description="About the last fifty, the oldest first.")


def _is_a_front_end(
    request: Request,
    state: State,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    key = state.settings.rest_key.get_secret_value()
    if not key:
        raise HTTPException(404, "This shop has no REST chat. AISLE_REST_KEY opens it.")
    if given is None or not compare_digest(given.credentials.encode(), key.encode()):
        audit.refused(f"{request.method} {request.url.path}", "without the shop's REST key")
        raise HTTPException(
            401,
            "Send the shop's AISLE_REST_KEY as a bearer token.",
            headers={"WWW-Authenticate": "Bearer"},
        )


router = APIRouter(prefix="/v1/chat", tags=["chat"], dependencies=[Depends(_is_a_front_end)])


@router.post("/messages")
async def say(state: State, said: Said) -> Told:
    """Says something in a conversation, and waits for the answer: 25 seconds at most."""
    async with _opened(state, said.conversation, said.device) as channel:
        if said.identity and not await channel.identify(said.identity):
            raise HTTPException(422, "The identity is no token of this shop's, or an old one.")
        turn = await channel.say(said.text, said.id)
    return Told.model_validate({**turn, "conversation": channel.token, "device": channel.device})


@router.get("/messages")
async def history(
    state: State,
    conversation: Annotated[str, Header(alias="Aisle-Conversation")],
    device: Annotated[str, Header(alias="Aisle-Device")] = "",
) -> History:
    """What was said so far, with what a person of the shop has written since."""
    async with _opened(state, conversation, device) as channel:
        found: list[dict[str, Any]] = channel.history
    return History.model_validate(
        {"conversation": channel.token, "device": channel.device, "messages": found}
    )


@asynccontextmanager
async def _opened(
    state: ServiceState, conversation: str, device: str
) -> AsyncIterator[Conversation]:
    channel = Conversation(state.settings.rasa_listens_at, conversation, device)
    try:
        await channel.open()
        try:
            yield channel
        finally:
            await channel.close()
    except ChatError as error:
        raise HTTPException(503, "The assistant does not answer. Please try again.") from error
