"""Files that customers add to a return: private routes for the web channel.

Where a customer's browser sends them, who it is and how often it may, is the channel's affair
(bot/channels/attachments.py); whether anybody asked for a file, and what it is, is found out here.
"""

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Header, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from bot import audit
from bot.attachments.content import JPEG
from bot.attachments.errors import AttachmentError, NotInvitedError, TooLargeError
from bot.service.private import ForRasa
from bot.service.state import ServiceState, State

router = APIRouter(prefix="/uploads", include_in_schema=False, dependencies=[ForRasa])

_Conversation = Annotated[str, Header(alias="Aisle-Conversation", min_length=1, max_length=255)]
_Device = Annotated[str, Header(alias="Aisle-Device", min_length=1, max_length=64)]


@router.get("")
def expects(state: State, conversation: _Conversation, device: _Device) -> dict[str, int]:
    """How large a file may be, before a byte of it is read; 403 where nobody asked for one."""
    if not state.attachments.expects(conversation, device):
        error = NotInvitedError()
        audit.refused("a file", error.reason, conversation)
        raise HTTPException(error.status, str(error))
    return {"max_bytes": state.attachments.limits.most_bytes}


@router.post("", status_code=201)
async def add(
    request: Request,
    state: State,
    conversation: _Conversation,
    device: _Device,
    message: Annotated[str, Header(alias="Aisle-Message", pattern=r"^[A-Za-z0-9_-]{1,64}$")],
    name: Annotated[str, Header(alias="Aisle-File-Name", max_length=1024)] = "",
) -> dict[str, Any]:
    """The file is the body, and its name, percent-encoded, a header: addresses are logged."""
    try:
        data = await _body(request, state)
        taken = await run_in_threadpool(
            state.attachments.add, conversation, device, message, unquote(name), data
        )
    except AttachmentError as error:
        audit.refused("a file", error.reason, conversation)
        raise HTTPException(error.status, str(error)) from error
    return asdict(taken)


@router.get("/{id}/preview")
def preview(state: State, id: str, conversation: _Conversation) -> Response:
    """A small picture of it, or 204, for the conversation that it was added in."""
    found = state.attachments.preview(conversation, id)
    if found is None:
        audit.refused("a file's preview", "not of this conversation, or gone", conversation)
        raise HTTPException(404, "There is no such picture.")
    return Response(found, media_type=JPEG) if found else Response(status_code=204)


@router.delete("/{id}", status_code=204)
def remove(state: State, id: str, conversation: _Conversation, device: _Device) -> None:
    """As long as the shop does not have it."""
    if not state.attachments.remove(conversation, device, id):
        audit.refused("a file's removal", "not of this device, or kept", conversation)
        raise HTTPException(404, "There is no such file, or the shop has it already.")


async def _body(request: Request, state: ServiceState) -> bytes:
    """
    Raises:
        TooLargeError: it is longer than a file may be.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > state.attachments.limits.most_bytes:
            raise TooLargeError(state.attachments.limits.megabytes)
    return bytes(body)
