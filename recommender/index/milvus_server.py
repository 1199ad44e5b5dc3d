"""A connection to Milvus, whose failures are sentences that say what to do."""

import fcntl
import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from recommender.errors import IndexUnavailableError

WRITE_SECONDS = 120
_CONNECT_SECONDS = 5
_ANSWER_SECONDS = 10
# Who asks so soon after a failure is refused at once, so that customers don't wait in vain.
_REST_SECONDS = 2
_NO_COLLECTION = 100
_NOT_LOADED = 101

_open: dict[tuple[str, str], "MilvusServer"] = {}
_opening = threading.RLock()  # the garbage collector may close one while another opens


class GoneError(Exception):
    """The collection is not there, or no more."""


class MilvusServer:
    """One process's connection to a server, `http://host:19530/database`, or to a file, `….db`.

    A file is milvus-lite's: the process that opens it serves it, and no other can open it until
    it is closed. Thread-safe. Take it by `share` and give it back by `close`.
    """

    @classmethod
    def share(cls, uri: str, token: str = "") -> "MilvusServer":
        """The connection of this process; a second caller gets the same.

        Raises:
            IndexUnavailableError: there is no server, or it refuses; the message says what to do.
        """
        with _opening:
            server = _open.get((uri, token))
            if server is None:
                server = _open[uri, token] = cls(uri, token)
            server._users += 1
            return server

    def __init__(self, uri: str, token: str) -> None:
        self.is_file = "://" not in uri
        self.writing = threading.RLock()
        """Held by whoever changes something: milvus-lite does one change at a time."""
        self._uri = uri
        self._token = token
        self._users = 0
        self._connecting = threading.Lock()
        self._lost = False
        self._resting_until = 0.0
        self._client = self._connect()

    def call(self, method: str, *arguments: Any, **options: Any) -> Any:
        """Calls a method of `pymilvus.MilvusClient`; the first argument names the collection.

        Raises:
            GoneError: it is about a collection that is not there.
            IndexUnavailableError: the server does not answer, or refuses.
        """
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        options.setdefault("timeout", _ANSWER_SECONDS)
        try:
            client = self._connected()
            try:
                return getattr(client, method)(*arguments, **options)
            except MilvusException as error:
                if error.code != _NOT_LOADED:
                    raise
            # As after milvus-lite was opened anew, or somebody released it.
            client.load_collection(arguments[0], timeout=WRITE_SECONDS)
            return getattr(client, method)(*arguments, **options)
        except MilvusException as error:
            if error.code == _NO_COLLECTION:
                raise GoneError(error.message) from error
            reason = error
        except (RpcError, ValueError) as error:  # a channel that another thread closed
            reason = error
        self._lost = not self.is_file
        self._resting_until = time.monotonic() + _REST_SECONDS
        raise self._unavailable(_first_line(reason)) from reason

    def close(self) -> None:
        """The last to close it ends the connection, and frees the file for other processes."""
        with _opening:
            self._users -= 1
            if self._users or _open.pop((self._uri, self._token), None) is None:
                return
            self._client.close()
            if self.is_file:
                from milvus_lite.server_manager import server_manager_instance

                server_manager_instance.release_server(self._uri)

    def _connected(self) -> Any:
        """The client; after a failure a new one, because the old waits longer at each attempt."""
        if time.monotonic() < self._resting_until:
            raise self._unavailable("it did not answer a moment ago")
        with self._connecting:
            if self._lost:
                self._client.close()
                self._client = self._connect()
                self._lost = False
            return self._client

    def _connect(self) -> Any:
        # gRPC tells stderr of every process that is forked beside it.
        os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
        try:
            from pymilvus import MilvusClient
            from pymilvus.exceptions import MilvusException

            if self.is_file:
                import milvus_lite  # noqa: F401 - whether it is there
        except ImportError as error:
            raise IndexUnavailableError(
                f"AISLE_INDEX=milvus needs {error.name}. Run `pip install -e '.[milvus]'`."
            ) from error
        # They log every failure with its traceback; what went wrong is said once, by us.
        for library in ("pymilvus", "milvus_lite"):
            logging.getLogger(library).setLevel(logging.CRITICAL)
        if self.is_file:
            if not self._uri.endswith(".db"):
                raise IndexUnavailableError(
                    f"AISLE_MILVUS_URI is {self._uri!r}. Write http://host:19530, or the path of a "
                    "milvus-lite file, which ends in .db."
                )
            Path(self._uri).parent.mkdir(parents=True, exist_ok=True)
            if _is_locked(Path(self._uri) / "LOCK"):
                raise IndexUnavailableError(
                    f"Another process has {self._uri} open, perhaps `aisle serve`, and milvus-lite "
                    "serves one process at a time. Stop that one, or let `milvus-lite server` "
                    "serve both, and set AISLE_MILVUS_URI to its address."
                )
            _drop_torn_files(Path(self._uri))
        try:
            return MilvusClient(
                self._uri, token=self._token, timeout=_CONNECT_SECONDS, dedicated=True
            )
        except MilvusException as error:
            self._resting_until = time.monotonic() + _REST_SECONDS
            raise self._unavailable(_first_line(error)) from error

    def _unavailable(self, reason: str) -> IndexUnavailableError:
        if self.is_file:
            return IndexUnavailableError(
                f"The milvus-lite file {self._uri} can't be used ({reason}). If that stays so, "
                "delete it and run `aisle index`: everything in it comes from the database."
            )
        return IndexUnavailableError(
            f"Milvus at {_without_password(self._uri)} does not answer as it should "
            f"({reason}). Start it, or set AISLE_MILVUS_URI and AISLE_MILVUS_TOKEN right."
        )


def _is_locked(path: Path) -> bool:
    """Whether another process holds this lock; one that this process holds looks the same."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _drop_torn_files(folder: Path) -> None:
    """Deletes index files that a process was killed while writing.

    milvus-lite 3.2 writes them in place, could never again load the collection of a torn one, and
    makes those that are missing anew from its data files, which it does write whole or not at all.
    """
    for file in folder.rglob("*.flat.idx"):
        try:
            np.load(file, mmap_mode="r")
        except (EOFError, ValueError):
            file.unlink()


def _without_password(uri: str) -> str:
    scheme, _, rest = uri.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _first_line(error: BaseException) -> str:
    message = str(getattr(error, "message", "") or getattr(error, "details", lambda: error)())
    return message.strip().partition("\n")[0][:200] or type(error).__name__
