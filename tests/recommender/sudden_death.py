"""Processes that are killed in the middle of what they do, at any line one likes."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

# Children are forked from a process that has imported everything and has no other threads.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["recommender.search", "tests.recommender.conftest"])


def run_until_killed(
    line: int, files: tuple[str, ...], target: Callable[..., None], *args: Any
) -> bool:
    """Runs `target(*args)` in a process that gets SIGKILL before its `line`-th line in `files`.

    `files` are parts of paths. Says whether it was killed; False is that it ended before.
    """
    process = processes.Process(target=_run, args=(line, files, target, *args))
    process.start()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL), f"it ended with {process.exitcode}"
    return process.exitcode != 0


def _run(line: int, files: tuple[str, ...], target: Callable[..., None], *args: Any) -> None:
    left = line
    really_write = os.pwrite

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal left
        if not any(part in frame.f_code.co_filename for part in files):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def write_half(file: int, content: bytes, start: int) -> int:
        return really_write(file, content[: len(content) // 2 + 1], start)

    # So that there is a line in the middle of a write.
    os.pwrite = write_half  # type: ignore[assignment]
    sys.settrace(trace)
    target(*args)
