"""Asks the service to forget a conversation, Rasa's part of it too.

Runs in Rasa's environment: Python 3.10.
"""

from __future__ import annotations

import asyncio

import aiohttp

_SECONDS = 20


class EraseError(Exception):
    """The service did not erase it."""


class Eraser:
    """The service knows every place where something of a conversation is kept."""

    def __init__(self, service_url: str, key: str) -> None:
        self._url = f"{service_url}/conversations/erase"
        self._headers = {"Authorization": f"Bearer {key}"}

    async def erase(self, conversation_id: str) -> None:
        """
        Raises:
            EraseError: something of it may be left.
        """
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout, headers=self._headers) as session:
                asked = {"conversation": conversation_id}
                async with session.post(self._url, json=asked) as answer:
                    if answer.status != 200:
                        raise EraseError(f"The service answers {answer.status}.")
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise EraseError(type(error).__name__) from error
