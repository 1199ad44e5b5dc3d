"""Free ports of this machine, for a shop that is made for a while."""

import secrets
import socket


def free_port(in_a_row: int = 1) -> int:
    """The first of so many free ports; below those that the system gives to connections."""
    while True:
        first = 20_000 + secrets.randbelow(12_000)
        if all(_is_free(port) for port in range(first, first + in_a_row)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
