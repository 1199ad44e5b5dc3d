"""A demo shop of its own for an evaluation: what customers do in it leaves nothing behind."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import Settings
from bot.voice.shop import DEFAULT

ALL_THE_TIME = 60_000.0
"""Milliseconds for the reranker: what is judged must not depend on how busy the machine is."""


@contextmanager
def demo_shop(settings: Settings) -> Iterator[Settings]:
    """Settings of an empty shop in a temporary folder, on free ports, with the voice that ships.

    It shares the configured shop's models, so that nothing is trained or exported twice.
    """
    (settings.data_dir / "models").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aisle-evaluate-") as name:
        folder = Path(name)
        for shared in ("models", "registry"):
            (folder / shared).symlink_to(settings.data_dir / shared, target_is_directory=True)
        yield Settings(
            data_dir=folder,
            database_url=f"sqlite:///{folder / 'aisle.db'}",
            port=_free_port(),
            rasa_port=_free_port(),
            rasa_url="",
            host="127.0.0.1",
            index="faiss",
            milvus_uri="",
            allowed_origins=[],
            voice=DEFAULT,
            device=settings.device,
            embedding_model=settings.embedding_model,
            reranker=settings.reranker,
            rerank_ms=ALL_THE_TIME,
            rasa_python=settings.rasa_python,
            log_level=settings.log_level,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
