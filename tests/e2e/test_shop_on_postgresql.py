"""The same assistant, its database a PostgreSQL."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant import Assistant, make_assistant

pytestmark = [pytest.mark.e2e, pytest.mark.postgres]


@pytest.fixture(scope="module")
def on_postgresql(
    assistant: Assistant, postgresql: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    postgresql.execute("CREATE DATABASE shop")
    running = make_assistant(
        tmp_path_factory.mktemp("on-postgresql"),
        models_of=assistant,
        AISLE_DATABASE_URL=postgresql.url("shop"),
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()
        postgresql.execute("DROP DATABASE shop WITH (FORCE)")


def test_customer_finds_and_narrows(on_postgresql: Assistant) -> None:
    conversation = on_postgresql.chat()
    first = conversation.say("I need running shoes under $100")
    assert first.products
    second = conversation.say("in red please")
    assert second.products
    assert all(product["price"] <= 100 for product in first.products + second.products)
    assert all("-red-" in product["id"] for product in second.products)


def test_imported_products_are_found(on_postgresql: Assistant, tmp_path: Path) -> None:
    feed = tmp_path / "feed.tsv"
    feed.write_text(
        "id\ttitle\tbrand\tbullet_point\n"
        "d-1\tPocket nappies, six pack\tLittle Otter\tWashable, one size\n"
    )
    assert on_postgresql.aisle("import", str(feed)).returncode == 0
    found = on_postgresql.aisle("search", "little otter washable nappies", "--json")
    assert json.loads(found.stdout)["results"][0]["id"] == "d-1"
