"""One HTTP request to a platform, and its answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any


@dataclass(frozen=True)
class Call:
    """A request. `json` or `form` is its body, or neither."""

    url: str
    method: str = "POST"
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    otherwise: Call | None = None
    """What to ask in its place where it is refused."""
    needs_token: bool = True
    """Whether an access token is for it, where the platform has some."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """Their names in lower case."""
    body: bytes

    @property
    def json(self) -> Any:
        """Empty where it is no JSON object."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def retry_after(self, now: float) -> float | None:
        """Seconds to wait by the header, which gives seconds or a date; None without one."""
        given = self.headers.get("retry-after", "").strip()
        if not given:
            return None
        try:
            return max(0.0, float(given))
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(given).timestamp() - now)
        except (TypeError, ValueError):
            return None


@dataclass(frozen=True)
class Failure:
    """Why a request did not do what it should."""

    reason: str
    """In a word or two; nothing of the message, which an answer may quote."""
    may_retry: bool = False
    seconds: float | None = None
    """After which the platform wants to be asked again, where it says so."""
    is_stale_token: bool = False


_LATER = frozenset({408, 425, 429})


def failure_by_status(answer: Answer, now: float) -> Failure | None:
    """What HTTP itself says of an answer; None for a success."""
    if 200 <= answer.status < 300:
        return None
    may_retry = answer.status in _LATER or answer.status >= 500
    return Failure(f"it answers {answer.status}", may_retry, answer.retry_after(now))
