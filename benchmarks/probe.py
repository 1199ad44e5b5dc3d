"""Runs Rasa or the service as they are, and notes how long their parts take.

    python -m benchmarks.probe rasa run …
    python -m benchmarks.probe service

The file that AISLE_PROBE names gets a line for each call: the part's name and milliseconds. Runs
in either environment.
"""

import functools
import inspect
import os
import sys
import time
from collections.abc import Callable
from typing import Any

_RASA = {
    "nlu": "parse_message",
    "policy": "predict_next_with_tracker_if_should",
    "action": "_run_action",
}
"""Methods of Rasa's MessageProcessor."""


def _timed(owner: type, name: str, part: str) -> None:
    method = getattr(owner, name)
    note = _notes(part)
    timed: Callable[..., Any]
    if inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def timed(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return await method(*arguments, **named)
            finally:
                note(time.perf_counter() - started)

    else:

        @functools.wraps(method)
        def timed(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return method(*arguments, **named)
            finally:
                note(time.perf_counter() - started)

    setattr(owner, name, timed)


def _notes(part: str) -> Callable[[float], None]:
    file = os.open(os.environ["AISLE_PROBE"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(seconds: float) -> None:
        os.write(file, f"{part} {seconds * 1000:.3f}\n".encode())

    return note


def main() -> None:
    what, *rest = sys.argv[1:]
    if what == "rasa":
        from rasa.__main__ import main as run_rasa
        from rasa.core.processor import MessageProcessor

        for part, name in _RASA.items():
            _timed(MessageProcessor, name, part)
        sys.argv = ["rasa", *rest]
        run_rasa()
    else:
        from bot.service.__main__ import main as run_service
        from recommender.search import SearchEngine

        _timed(SearchEngine, "search", "search")
        run_service()


if __name__ == "__main__":
    main()
