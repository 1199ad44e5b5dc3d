"""A demo shop of its own for an evaluation: what customers do in it leaves nothing behind."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.evaluation.free_port import free_port
from bot.settings import Settings
from bot.voice.shop import DEFAULT

ALL_THE_TIME = 60_000.0
"""Milliseconds for the reranker: what is judged must not depend on how busy the machine is."""


@contextmanager
def demo_shop(settings: Settings, **changes: Any) -> Iterator[Settings]:
    """Settings of an empty shop in a temporary folder, on free ports, with the voice that ships,
    and with these changes.

    It shares the configured shop's models, so that nothing is trained or exported twice.
    """
    (settings.data_dir / "models").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aisle-evaluate-") as name:
        folder = Path(name)
        for shared in ("models", "registry"):
            (folder / shared).symlink_to(settings.data_dir / shared, target_is_directory=True)
        own: dict[str, Any] = dict(
            data_dir=folder,
            database_url=f"sqlite:///{folder / 'aisle.db'}",
            tracker_url="",
            port=free_port(),
            rasa_port=free_port(in_a_row=1 + changes.get("rasa_workers", 1)),
            rasa_url="",
            rasa_workers=1,
            redis_url="",
            host="127.0.0.1",
            index="faiss",
            milvus_uri="",
            orders="database",
            smtp_url="",
            shop_token_secret=secrets.token_urlsafe(32),
            shop_token_keys="",
            desk="none",
            allowed_origins=[],
            voice=DEFAULT,
            device=settings.device,
            embedding_model=settings.embedding_model,
            reranker=settings.reranker,
            rerank_ms=ALL_THE_TIME,
            rasa_python=settings.rasa_python,
            log_level=settings.log_level,
        )
        yield Settings(**own | changes)
