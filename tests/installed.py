"""Servers that tests start for themselves, where their programs are installed."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

import pytest

Server = TypeVar("Server")


def if_installed(make: Callable[[], Server]) -> Server:
    """Makes one. Without its program the test is skipped, but in CI it fails."""
    try:
        return make()
    except FileNotFoundError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
