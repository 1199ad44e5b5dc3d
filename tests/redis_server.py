"""A real Redis that a test or a benchmark starts for itself, and may kill."""

import shutil
import socket
import subprocess
import time
from pathlib import Path


class RedisServer:
    """On a free port of this machine; what it holds is gone when it ends."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            FileNotFoundError: there is no redis-server here.
        """
        program = shutil.which("redis-server")
        if program is None:
            raise FileNotFoundError("no redis-server here: `apt-get install redis-server`")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._command = [
            *(program, "--port", str(self.port), "--bind", "127.0.0.1"),
            *("--save", "", "--dir", str(folder)),
        ]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def run(self) -> None:
        """Runs it, again after `kill`."""
        self.process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
