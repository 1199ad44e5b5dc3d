"""Customers talking to the whole assistant over the demo shop."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalog.database import connect
from catalog.models import Variant
from catalog.products import find_variants
from recommender.query import facets
from recommender.query.english import ENGLISH
from tests.assistant import Assistant, Conversation, Turn


class Shop:
    """What the catalogue itself says of the products in an answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def variants(self, turn: Turn) -> list[Variant]:
        ids = [product["id"] for product in turn.products]
        with Session(self._engine) as session:
            variants = find_variants(session, ids)
        assert len(variants) == len(ids), "a card shows what the catalogue does not have"
        return variants

    def categories(self, turn: Turn) -> set[str]:
        return {variant.product.category for variant in self.variants(turn)}

    def colors(self, turn: Turn) -> set[str]:
        return {variant.color for variant in self.variants(turn)}

    def all_in(self, turn: Turn, color: str) -> bool:
        """Whether there are products and all are of this colour, or a shade of it."""
        colors = self.colors(turn)
        return bool(colors) and set(facets.colors(color, colors, ENGLISH)) == colors


@pytest.fixture(scope="session")
def shop(assistant: Assistant) -> Iterator[Shop]:
    engine = connect(f"sqlite:///{assistant.data_dir / 'aisle.db'}")
    yield Shop(engine)
    engine.dispose()


@pytest.fixture
def customer(assistant: Assistant) -> Conversation:
    """A new conversation."""
    return assistant.chat()
