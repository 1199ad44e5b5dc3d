"""Files that customers add to a return: HTTP routes beside the socket, for whoever holds its token.

Not over Socket.IO, whose packets are small and show no progress. A file is taken first, and then
sent as a message that brings it: that keeps its place among the others, and is answered once.

Runs in Rasa's environment: Python 3.10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from limits import RateLimitItem
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from bot import audit
from bot.channels import rate_limits
from bot.channels.attachment_service import UNAVAILABLE, AttachmentService, FileRefusedError
from bot.channels.rate_limits import RateLimits
from bot.channels.session import SessionIssuer
from bot.channels.speaker import TOO_OFTEN

FOREIGN = "This address is for the shop's own chat."
NO_FILE = "Send a file, with its message's id."
TOO_LARGE = "That file is too large. Please send a smaller one."
_ID = re.compile(r"[A-Za-z0-9_-]{32}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_NAME = 1024
_HEADERS = "Authorization, Content-Type, Aisle-Device, Aisle-Message, Aisle-File-Name"


@dataclass(frozen=True)
class AttachmentRoutes:
    """`POST …/attachments`, and `GET` and `DELETE …/attachments/<id>`."""

    sessions: SessionIssuer
    service: AttachmentService | None
    """None where the channel has no service: then nothing is taken."""
    limits: RateLimits
    origins: list[str]

    async def add(self, request: Request) -> HTTPResponse:
        """201 with the file, and the token by which a message brings it."""
        try:
            conversation, device = self._speaker(request)
            message = request.headers.get("aisle-message", "")
            name = request.headers.get("aisle-file-name", "")
            if not _MESSAGE_ID.fullmatch(message) or len(name) > _LONGEST_NAME or not device:
                raise _refused("a file", "malformed", 422, NO_FILE, conversation)
            address = str(request.remote_addr or request.ip)
            await self._count("file", conversation, *rate_limits.UPLOADS_OF_CONVERSATION)
            await self._count("file of", address, *rate_limits.UPLOADS_OF_ADDRESS)
            service = self._service()
            # A stranger's file is not even read.
            data = await _body(
                request, await service.most_bytes(conversation, device), conversation
            )
            taken = await service.add(conversation, device, message, unquote(name), data)
        except FileRefusedError as error:
            return _problem(error)
        return json({**taken, "token": self.sessions.vouch(conversation, taken)}, status=201)

    async def preview(self, request: Request, id: str) -> HTTPResponse:
        """A small JPEG of a picture, for the conversation that it was added in; 204 of a PDF."""
        try:
            conversation, _ = self._speaker(request)
            await self._count("preview", conversation, *rate_limits.PREVIEWS_OF_CONVERSATION)
            picture = await self._service().preview(conversation, _id(id, conversation))
        except FileRefusedError as error:
            return _problem(error)
        if not picture:
            return HTTPResponse(status=204)
        headers = {
            "Cache-Control": "no-store",  # what was removed must not come back
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return raw(picture, content_type="image/jpeg", headers=headers)

    async def remove(self, request: Request, id: str) -> HTTPResponse:
        """204, as long as the shop does not have it."""
        try:
            conversation, device = self._speaker(request)
            await self._count("file", conversation, *rate_limits.UPLOADS_OF_CONVERSATION)
            await self._service().remove(conversation, device, _id(id, conversation))
        except FileRefusedError as error:
            return _problem(error)
        return HTTPResponse(status=204)

    async def allow(self, request: Request, id: str = "") -> HTTPResponse:
        """What a browser asks before a page of another origin sends something."""
        return HTTPResponse(status=204)

    def let_read(self, request: Request, response: HTTPResponse) -> None:
        """Tells browsers that pages of the shop's own origins may send and read."""
        origin = request.headers.get("origin")
        if origin is None or origin not in self.origins:
            return
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = _HEADERS
        response.headers["Access-Control-Max-Age"] = "600"
        response.headers["Vary"] = "Origin"

    def _speaker(self, request: Request) -> tuple[str, str]:
        """The conversation and the device of the request's tokens."""
        token = request.token  # of the header Authorization
        known = self.sessions.known(token, request.headers.get("aisle-device"))
        origin = request.headers.get("origin")
        is_foreign = bool(origin and self.origins and origin not in self.origins)
        if known is None or is_foreign:
            why = "of a foreign page" if is_foreign else "without a good token"
            raise _refused("a file", why, 401, FOREIGN)
        return known

    async def _count(self, what: str, of: str, *rates: RateLimitItem) -> None:
        if not await self.limits.allow(what, of, *rates):
            raise _refused("a file", "too many", 429, TOO_OFTEN)

    def _service(self) -> AttachmentService:
        if self.service is None:
            raise FileRefusedError(503, UNAVAILABLE)
        return self.service


async def _body(request: Request, most: int, conversation: str) -> bytes:
    """What is sent, read no further than a file may be long."""
    body = bytearray()
    while request.stream is not None and (part := await request.stream.read()) is not None:
        body += part
        if len(body) > most:
            raise _refused("a file", "too large", 413, TOO_LARGE, conversation)
    return bytes(body)


def _id(given: str, conversation: str) -> str:
    if not _ID.fullmatch(given):
        raise _refused("a file", "malformed", 404, "There is no such file.", conversation)
    return given


def _refused(
    what: str, why: str, status: int, said: str, conversation: str = ""
) -> FileRefusedError:
    audit.refused(what, why, conversation)
    return FileRefusedError(status, said)


def _problem(error: FileRefusedError) -> HTTPResponse:
    return json({"error": str(error)}, status=error.status)
