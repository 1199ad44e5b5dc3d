"""Whose turn it is to do what one thread of one process may do at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_LOOK_AROUND_SECONDS = 0.5


class Turn:
    """Taken first among the threads of a process, then among processes, by a lock on a file.

    The system gives the turn of a process that dies to the next.
    """

    def __init__(self, lock_file: Path) -> None:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        self._thread = threading.Lock()
        self._process = FileLock(lock_file)

    @contextmanager
    def of_thread(self, wait: bool) -> Iterator[None]:
        """While no other thread of this process has it.

        Raises:
            Timeout: another has, and `wait` is false.
        """
        if not self._thread.acquire(blocking=wait):
            raise Timeout(self._process.lock_file)
        try:
            yield
        finally:
            self._thread.release()

    @contextmanager
    def of_process(self, wait: bool, meanwhile: Callable[[], None]) -> Iterator[None]:
        """While no other process has it; `meanwhile` is called now and then in the wait.

        Raises:
            Timeout: another has, and `wait` is false.
        """
        while True:
            try:
                self._process.acquire(timeout=_LOOK_AROUND_SECONDS if wait else 0)
                break
            except Timeout:
                if not wait:
                    raise
                meanwhile()
        try:
            yield
        finally:
            self._process.release()
