"""Asks a platform: again with back-off where it is busy, with a fresh token where that ended."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.messaging.backoff import ATTEMPTS, LONGEST_PAUSE, pause_after
from bot.channels.messaging.call import Answer, Call, Failure
from bot.channels.messaging.platform import Platform, Rendered, SendError, TokenPlatform

logger = logging.getLogger(__name__)

_TIMEOUT = ClientTimeout(total=15, connect=5)
_EARLY = 300.0
"""Seconds before its end that a token is renewed."""
_LARGEST_ANSWER = 1024 * 1024


class Sender:
    """The way out to one platform."""

    def __init__(
        self,
        platform: Platform,
        *,
        attempts: int = ATTEMPTS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._platform = platform
        self._attempts = attempts
        self._sleep = sleep
        self._clock = clock
        self._token = ""
        self._token_until = 0.0
        self._token_lock = asyncio.Lock()

    async def send(self, rendered: Sequence[Rendered], address: Mapping[str, Any]) -> None:
        """Sends these in their order. What the platform refuses to show goes out in plain words.

        Raises:
            SendError: it takes not even those, or can't be reached.
        """
        size = self._platform.batch
        for start in range(0, len(rendered), size):
            part = rendered[start : start + size]
            bodies = [each.body for each in part]
            call = self._platform.call(bodies, address, is_first=start == 0)
            failure = (await self.ask(call))[1]
            if failure is None:
                continue
            words = [each.plain for each in part if each.plain]
            if failure.may_retry or (words and bodies == [self._platform.text(w) for w in words]):
                raise SendError(failure.reason)
            logger.warning("%s: %s; sent as plain text.", self._platform.name, failure.reason)
            await self._in_words(words, address)

    async def ask(self, call: Call) -> tuple[Answer | None, Failure | None]:
        """One request, as often as it takes; the last answer, and what is wrong with it."""
        answer, failure = await self._repeatedly(call)
        if failure is not None and not failure.may_retry and call.otherwise is not None:
            return await self._repeatedly(call.otherwise)
        return answer, failure

    async def _in_words(self, words: Sequence[str], address: Mapping[str, Any]) -> None:
        plain = [part for text in words for part in self._platform.texts(text)]
        for start in range(0, len(plain), self._platform.batch):
            bodies = [each.body for each in plain[start : start + self._platform.batch]]
            call = self._platform.call(bodies, address, is_first=False)
            failure = (await self.ask(call))[1]
            if failure is not None:
                raise SendError(failure.reason)

    async def _repeatedly(self, call: Call) -> tuple[Answer | None, Failure | None]:
        answer: Answer | None = None
        failure: Failure | None = None
        renewed = False
        for attempt in range(self._attempts):
            answer, failure = await self._once(call)
            if failure is None:
                return answer, None
            if failure.is_stale_token and not renewed:
                self._token, renewed = "", True
                continue
            pause = pause_after(attempt, failure)
            is_last = attempt == self._attempts - 1
            if not failure.may_retry or is_last or pause > LONGEST_PAUSE:
                break
            await self._sleep(pause)
        return answer, failure

    async def _once(self, call: Call) -> tuple[Answer | None, Failure | None]:
        try:
            if call.needs_token and isinstance(self._platform, TokenPlatform):
                token, failure = await self._current_token(self._platform)
                if failure is not None:
                    return None, failure
                call = self._platform.with_token(call, token)
            answer = await _request(call)
        except (ClientError, asyncio.TimeoutError, OSError) as error:
            return None, Failure(type(error).__name__, may_retry=True)
        return answer, self._platform.failure(answer, self._clock())

    async def _current_token(self, platform: TokenPlatform) -> tuple[str, Failure | None]:
        async with self._token_lock:
            if not self._token or self._clock() >= self._token_until:
                answer = await _request(platform.token_call())
                failure = platform.failure(answer, self._clock())
                if failure is not None:
                    return "", failure
                self._token, seconds = platform.token_in(answer)
                self._token_until = self._clock() + max(seconds - _EARLY, seconds / 2)
            return self._token, None


async def _request(call: Call) -> Answer:
    headers = dict(call.headers)
    body: Any = call.form
    if call.json is not None:
        headers["Content-Type"] = "application/json; charset=utf-8"
        # As it is: WeChat shows escapes as they are written.
        body = json.dumps(call.json, ensure_ascii=False).encode("utf-8", "replace")
    async with (
        ClientSession(timeout=_TIMEOUT) as session,
        session.request(
            call.method,
            call.url,
            data=body,
            headers=headers,
            allow_redirects=False,
        ) as answer,
    ):
        content = await answer.content.read(_LARGEST_ANSWER)
        named = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, named, content)
