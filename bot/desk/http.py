"""One JSON request to a desk, and what its failures are called."""

from collections.abc import Mapping
from typing import Any

import httpx

from bot.desk.port import DeskNonsenseError, DeskRefusedError, DeskUnavailableError

TIMEOUT_SECONDS = 15.0
_LATER = frozenset({408, 425, 429})


def request(
    client: httpx.Client,
    method: str,
    path: str,
    *,
    json: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    is_read: bool = True,
) -> Any:
    """The JSON of the answer; None where it has no body, or is not read.

    Raises:
        DeskError: anything but a success. No answer of theirs is quoted: it may repeat ours.
    """
    try:
        answer = client.request(method, path, json=json, content=content, headers=headers)
    except httpx.HTTPError as error:
        raise DeskUnavailableError(f"No answer: {type(error).__name__}") from error
    except httpx.InvalidURL as error:
        raise DeskRefusedError("The desk's address is none.") from error
    status = answer.status_code
    if status in _LATER or status >= 500:
        raise DeskUnavailableError(f"It answers {status}.", _seconds(answer))
    if not answer.is_success:
        raise DeskRefusedError(f"It answers {status}.")
    if not answer.content or not is_read:
        return None
    try:
        return answer.json()
    except ValueError as error:
        raise DeskNonsenseError("Its answer is no JSON.") from error


def _seconds(answer: httpx.Response) -> float | None:
    """`Retry-After` where it gives seconds; a date is rare, and our own pace will do."""
    given = answer.headers.get("retry-after", "")
    return float(given) if given.isascii() and given.isdigit() else None
