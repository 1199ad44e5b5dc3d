from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.catalog.importers.shop import Shop, WriteFeed


@pytest.fixture
def feed(tmp_path: Path) -> WriteFeed:
    """Writes a feed's lines to a file."""

    def write(*lines: str, name: str = "feed.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
        return path

    return write


@pytest.fixture
def shop(engine: Engine) -> Shop:
    return Shop(engine)
