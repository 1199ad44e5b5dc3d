"""A proxy on loopback whose connections can be cut, as a tunnel or a lift cuts a telephone's."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_RESET = struct.pack("ii", 1, 0)
_UPGRADE = b"transport=websocket"


class CutProxy:
    """Passes bytes on to a port, until `cut`."""

    def __init__(self, target: int, *, refuses_web_socket: bool = False) -> None:
        self._target = target
        self._refuses_web_socket = refuses_web_socket
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Resets every connection, whatever is on its way."""
        with self._lock:
            cut, self._open = self._open, set()
        for each in cut:
            # The thread that reads it wakes, and closes it.
            with suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                each.shutdown(socket.SHUT_RDWR)

    def serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def close(self) -> None:
        # Wakes the thread that accepts, which closing alone does not.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _pass_on(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            beginning = client.recv(65536)
            if self._refuses_web_socket and _UPGRADE in beginning.split(b"\r\n")[0]:
                return
            with socket.create_connection(("127.0.0.1", self._target)) as server:
                with self._lock:
                    self._open |= {client, server}
                server.sendall(beginning)
                back = threading.Thread(target=_copy, args=(server, client), daemon=True)
                back.start()
                _copy(client, server)
                back.join()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def cut_proxy(target: int, *, refuses_web_socket: bool = False) -> Iterator[CutProxy]:
    proxy = CutProxy(target, refuses_web_socket=refuses_web_socket)
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.close()
