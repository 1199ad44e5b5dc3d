"""Which of the generations of an index serves, and how another takes its place."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from filelock import BaseFileLock, FileLock, Timeout

_POINTER = "CURRENT"


class Generations:
    """The generations of one model's index, in a folder of its own beside other models'.

    A small file names the one that serves; it is replaced in one step, so that there is always one
    or the other. Files of the one before may be deleted at once: whoever has them open or mapped
    keeps them until it follows.
    """

    def __init__(self, root: Path, dimension: int, model: str) -> None:
        name = hashlib.sha256(f"{model}\0{dimension}".encode()).hexdigest()[:16]
        self._folder = root / name
        self._folder.mkdir(parents=True, exist_ok=True)
        self.lock: BaseFileLock = FileLock(self._folder / "write.lock")
        """Held by whoever commits to the generation that serves, or puts another in its place."""
        self.maintenance: BaseFileLock = FileLock(self._folder / "maintenance.lock")
        """Held by whoever does what is enough if one process does it."""
        self._in_use = _open_in_use(self._folder)
        fcntl.flock(self._in_use, fcntl.LOCK_SH)

    def current(self) -> Path | None:
        """The folder of the generation that serves, if there is one."""
        try:
            return self._folder / (self._folder / _POINTER).read_text()
        except FileNotFoundError:
            return None

    def new(self) -> Path:
        """A name for a generation; who makes it holds `lock` until it is published."""
        return self._folder / f"generation-{uuid.uuid4().hex[:12]}"

    def publish(self, generation: Path) -> None:
        """Lets this generation serve from now on, in one step. Its caller holds `lock`."""
        beside = self._folder / f"{_POINTER}.tmp"
        with beside.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._folder / _POINTER)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A folder in which to make an index of the same model that is to take this one's place."""
        folder = self._folder / f"building-{uuid.uuid4().hex[:12]}"
        # The lock comes before the folder, so that none is ever there without its builder.
        with _claim(folder):
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def adopt(self, generation: Path) -> None:
        """Moves a generation here and lets it serve. Its caller holds `lock`."""
        own = self.new()
        generation.rename(own)
        self.publish(own)

    def collect(self) -> None:
        """Deletes generations that do not serve, and what builders that died have left."""
        with self.lock:
            current = self.current()
            for generation in self._folder.glob("generation-*/"):
                if generation != current:
                    shutil.rmtree(generation, ignore_errors=True)
            for lock in self._folder.glob("building-*.lock"):
                folder = lock.with_suffix("")
                with contextlib.suppress(Timeout), _claim(folder).acquire(timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)
                    lock.unlink()

    def collect_models(self) -> None:
        """Deletes the indexes of other models that no process has open."""
        for folder in self._folder.parent.iterdir():
            if folder == self._folder or not (folder / "in-use").exists():
                continue
            with _open_in_use(folder) as in_use, contextlib.suppress(BlockingIOError):
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        self._in_use.close()


def _claim(building: Path) -> BaseFileLock:
    """The lock of who builds; the system lets it go if the process dies."""
    return FileLock(building.with_name(f"{building.name}.lock"), thread_local=False)


def _open_in_use(folder: Path) -> IO[bytes]:
    return (folder / "in-use").open("ab")
