"""Talking to a shop's system over HTTP: bounded in time, size and tries."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
)
from tenacity.wait import wait_random_exponential

from bot.orders.errors import (
    BackendDeniedError,
    BackendNonsenseError,
    BackendUnavailableError,
    OrderBackendError,
    RateLimitedError,
)

TRIES = 3
LONGEST_WAIT_SECONDS = 4.0
"""A customer waits for the answer: who wants us to come back later than that is not asked again."""
_MOST_BYTES = 4_000_000
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# At level INFO it writes every address asked for, and in those stand e-mail addresses.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: Any
    """Of its JSON."""


class ShopClient:
    """One shop's system. What it answers with 200, 201, 400, 404 or 422 comes back as a `Reply`.

    Args:
        name: What stands in messages: `Shopify`.
        seconds: That one request may take in all, with its body.
        check: Looks at a reply that HTTP calls good, and raises what is wrong with it; the second
            argument says whether it answers an act.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        auth: httpx.Auth | None = None,
        seconds: float = 5.0,
        check: Callable[[Reply, bool], None] = lambda reply, is_act: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name = name
        self._seconds = seconds
        self._check = check
        self._sleep = sleep
        self._client = httpx.Client(
            base_url=url,
            headers={"Accept": "application/json"},
            auth=auth,
            timeout=httpx.Timeout(seconds, connect=min(3.0, seconds)),
            # A key is shown to the host that was configured, and to no other.
            follow_redirects=False,
        )

    def ask(self, method: str, path: str, **what: Any) -> Reply:
        """A request that may be repeated, and is where that can help.

        Raises:
            OrderBackendError: of the last try.
        """
        return self._tries(_may_help_to_wait)(self._send, method, path, False, **what)

    def act(self, method: str, path: str, **what: Any) -> Reply:
        """A request that must not be done twice: only one that did not get there is repeated.

        Raises:
            OrderBackendError: `may_have_acted` says whether it may have been done.
        """
        return self._tries(_was_not_done)(self._send, method, path, True, **what)

    def close(self) -> None:
        self._client.close()

    def _tries(self, is_tried_again: Callable[[BaseException], bool]) -> Retrying:
        return Retrying(
            # Who let us wait for the whole time once will hardly be quicker the third time.
            stop=stop_after_attempt(TRIES) | stop_after_delay(1.5 * self._seconds),
            wait=_wait,
            retry=retry_if_exception(is_tried_again),
            sleep=self._sleep,
            reraise=True,
        )

    def _send(self, method: str, path: str, is_act: bool, **what: Any) -> Reply:
        deadline = time.monotonic() + self._seconds
        try:
            with self._client.stream(method, path, **what) as response:
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if len(body) > _MOST_BYTES:
                        raise BackendNonsenseError(
                            f"{self._name} answers without end", may_have_acted=is_act
                        )
                    if time.monotonic() > deadline:
                        raise BackendUnavailableError(
                            f"{self._name} is too slow", may_have_acted=is_act
                        )
        except httpx.TransportError as error:
            sent = not isinstance(error, _NOT_SENT)
            raise BackendUnavailableError(
                f"{self._name} can't be reached: {type(error).__name__}",
                may_have_acted=is_act and sent,
            ) from error
        except (httpx.DecodingError, httpx.InvalidURL) as error:
            raise BackendNonsenseError(
                f"{self._name}: {type(error).__name__}", may_have_acted=is_act
            ) from error
        reply = self._read(response, bytes(body), is_act)
        self._check(reply, is_act)
        return reply

    def _read(self, response: httpx.Response, body: bytes, is_act: bool) -> Reply:
        status = response.status_code
        if status in (401, 403):
            raise BackendDeniedError(f"{self._name} refuses the key, with HTTP {status}")
        if status == 429:
            raise RateLimitedError(f"{self._name} was asked too often", _retry_after(response))
        if status >= 500:
            raise BackendUnavailableError(
                f"{self._name} answers with HTTP {status}", may_have_acted=is_act
            )
        if status not in (200, 201, 400, 404, 422):
            raise BackendNonsenseError(f"{self._name} answers with HTTP {status}")
        try:
            return Reply(status, httpx.Response(status, content=body).json())
        except ValueError as error:
            raise BackendNonsenseError(
                f"{self._name} answers with something that is not JSON",
                may_have_acted=is_act and status < 400,
            ) from error


def _retry_after(response: httpx.Response) -> float:
    """Seconds, from a number or a date; one where neither can be read."""
    text = response.headers.get("Retry-After", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 1.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _may_help_to_wait(error: BaseException) -> bool:
    if isinstance(error, RateLimitedError):
        return error.retry_after <= LONGEST_WAIT_SECONDS
    return isinstance(error, BackendUnavailableError)


def _was_not_done(error: BaseException) -> bool:
    return (
        isinstance(error, OrderBackendError)
        and not error.may_have_acted
        and _may_help_to_wait(error)
    )


_backing_off = wait_random_exponential(multiplier=0.2, min=0.1, max=1.0)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimitedError):
        return error.retry_after
    return _backing_off(state)
