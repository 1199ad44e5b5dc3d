"""milvus-lite as a server, which several processes share as they would a Milvus."""

import socket
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

from recommender.index.milvus_server import MilvusServer

_NUMBERS = count(1)


class MilvusLiteServer:
    """A milvus-lite server as a process of its own, on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]
        self.uri = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(self._folder)]
        command += ["--host", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("milvus-lite did not start")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def new_database(self) -> str:
        """The address of a database that nobody has used yet."""
        name = f"shop_{next(_NUMBERS)}"
        server = MilvusServer.share(self.uri)
        server.call("create_database", name)
        server.close()
        return f"{self.uri}/{name}"
