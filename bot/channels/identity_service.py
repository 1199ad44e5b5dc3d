"""The service's private routes for who a customer is, asked by the channel."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

logger = logging.getLogger(__name__)

SECONDS = 5.0


class TokenRefusedError(Exception):
    """The service does not believe the shop's token."""


class IdentityUnavailableError(Exception):
    """The service can't be asked."""


@dataclass(frozen=True)
class Known:
    """Until when a device speaks for a customer, as ISO 8601; None where it does not."""

    until: str | None = None
    customer: str = ""
    """A pseudonym: the same in all conversations of the customer."""


@dataclass(frozen=True)
class IdentityService:
    """Hands proofs on. The token goes through here only: neither log nor tracker sees it."""

    url: str
    key: str = field(repr=False)

    async def identify(self, conversation_id: str, device_id: str, token: str) -> Known:
        """
        Raises:
            TokenRefusedError: it proves nothing.
            IdentityUnavailableError: the service does not answer.
        """
        return _known(await self._post("", conversation_id, device_id, token=token))

    async def of(self, conversation_id: str, device_id: str) -> Known:
        """
        Raises:
            IdentityUnavailableError: the service does not answer.
        """
        return _known(await self._post("/of", conversation_id, device_id))

    async def forget(self, conversation_id: str, device_id: str) -> None:
        """
        Raises:
            IdentityUnavailableError: the service does not answer.
        """
        await self._post("/forget", conversation_id, device_id)

    async def _post(
        self, path: str, conversation_id: str, device_id: str, **more: str
    ) -> dict[str, Any]:
        body = {"conversation": conversation_id, "device": device_id, **more}
        headers = {"Authorization": f"Bearer {self.key}"}
        try:
            async with (
                ClientSession(timeout=ClientTimeout(SECONDS)) as http,
                http.post(f"{self.url}/identity{path}", json=body, headers=headers) as response,
            ):
                if response.status in (403, 422):
                    raise TokenRefusedError
                response.raise_for_status()
                answer: dict[str, Any] = await response.json()
                return answer
        except (ClientError, asyncio.TimeoutError, ValueError) as error:
            logger.error("The service could not be asked who it is: %s", type(error).__name__)
            raise IdentityUnavailableError from error


def _known(answer: dict[str, Any]) -> Known:
    return Known(answer.get("until"), answer.get("customer") or "")
