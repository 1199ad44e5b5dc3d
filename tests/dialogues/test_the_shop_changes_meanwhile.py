"""What changed since it was shown is told, and not hidden."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from catalog.database import connect, sessions
from catalog.models import Variant
from tests.assistant import Assistant, Conversation

pytestmark = pytest.mark.e2e

Change = Callable[..., None]


@pytest.fixture
def change(assistant: Assistant) -> Iterator[Change]:
    """Changes a variant in the database, until the test is over."""
    engine = connect(f"sqlite:///{assistant.data_dir / 'aisle.db'}")
    before: dict[str, dict[str, Any]] = {}

    def change(id: str, **values: Any) -> None:
        with sessions(engine).begin() as session:
            variant = session.get_one(Variant, id)
            before[id] = {name: getattr(variant, name) for name in values}
            session.execute(update(Variant).where(Variant.id == id).values(values))

    yield change
    with sessions(engine).begin() as session:
        for id, values in before.items():
            session.execute(update(Variant).where(Variant.id == id).values(values))
    engine.dispose()


def test_another_price_is_told(customer: Conversation, change: Change) -> None:
    shown = customer.say("kettles").products[0]
    change(shown["id"], price=Decimal("123"))

    told = customer.say("tell me about the first one").text

    assert "has changed" in told
    assert "$123.00" in told


def test_what_sold_out_is_not_put_in_the_cart(customer: Conversation, change: Change) -> None:
    shown = customer.say("puzzles with 1000 pieces under 25").products[0]
    change(shown["id"], stock=0)

    told = customer.say(f"add the {shown['title']} to my cart").text

    assert "sold out" in told
    assert "empty" in customer.say("what's in my cart?").text
