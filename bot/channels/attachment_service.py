"""The service's private routes for files that customers add to a return.

Runs in Rasa's environment: Python 3.10.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import quote

import aiohttp

from bot.channels.message import Attachment, read_attachment

logger = logging.getLogger(__name__)

_SECONDS = 30
"""Drawing a large picture anew takes a slow machine some."""
UNAVAILABLE = "I can't take files right now. Please try again in a moment."


class FileRefusedError(Exception):
    """The service does not take it, or does not have it; the message says why to the customer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class AttachmentService:
    """All methods raise `FileRefusedError`; with the status 503 where the service is away."""

    url: str
    key: str

    async def most_bytes(self, conversation: str, device: str) -> int:
        """How large a file may be that the conversation was asked for."""
        answer = await self._ask("GET", "", conversation, {"Aisle-Device": device})
        most = answer.get("max_bytes") if isinstance(answer, dict) else None
        if not isinstance(most, int):
            raise FileRefusedError(503, UNAVAILABLE)
        return most

    async def add(
        self, conversation: str, device: str, message: str, name: str, data: bytes
    ) -> Attachment:
        """Has the file checked and kept."""
        headers = {
            "Aisle-Device": device,
            "Aisle-Message": message,
            "Aisle-File-Name": quote(name, safe=""),
        }
        answer = await self._ask("POST", "", conversation, headers, data)
        taken = read_attachment(answer if isinstance(answer, dict) else None)
        if taken is None:
            raise FileRefusedError(503, UNAVAILABLE)
        return taken

    async def preview(self, conversation: str, id: str) -> bytes:
        """Its small picture, a JPEG; empty of what has none."""
        found = await self._ask("GET", f"/{id}/preview", conversation)
        return found if isinstance(found, bytes) else b""

    async def remove(self, conversation: str, device: str, id: str) -> None:
        await self._ask("DELETE", f"/{id}", conversation, {"Aisle-Device": device})

    async def _ask(
        self,
        method: str,
        path: str,
        conversation: str,
        headers: dict[str, str] | None = None,
        data: bytes | None = None,
    ) -> object:
        sent = {
            "Authorization": f"Bearer {self.key}",
            "Aisle-Conversation": conversation,
            **(headers or {}),
        }
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.request(
                    method, f"{self.url}/uploads{path}", data=data, headers=sent
                ) as answer,
            ):
                if answer.status >= 500 or (answer.status in (401, 422) and not data):
                    raise FileRefusedError(503, UNAVAILABLE)
                if answer.status >= 400:
                    problem = await answer.json(content_type=None)
                    raise FileRefusedError(answer.status, str(problem["detail"]))
                is_json = answer.content_type == "application/json"
                return await answer.json() if is_json else await answer.read()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, KeyError) as error:
            logger.error("The service could not be asked about a file: %s", type(error).__name__)
            raise FileRefusedError(503, UNAVAILABLE) from error
