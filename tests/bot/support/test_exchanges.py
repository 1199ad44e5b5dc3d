"""What is offered in exchange is what the engine takes."""

from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from bot.orders.placed_order import PlacedLine
from bot.support import exchanges
from catalog.models import Variant

TWENTY_LEFT = "runner-blue-10"


def bought(paid: str) -> PlacedLine:
    return PlacedLine("0", "Runner", 1, Decimal(paid), "runner-red-9")


@pytest.mark.parametrize(
    ("paid", "quantity", "offered"),
    [
        ("80", 1, []),  # the blue 9 is sold out, the blue 10 dearer
        ("85", 1, [TWENTY_LEFT]),  # what it costs today is what was paid, before the red fell
        ("85", 21, []),
    ],
)
def test_only_what_costs_what_was_paid_and_is_there(
    shop: sessionmaker[Session], paid: str, quantity: int, offered: list[str]
) -> None:
    with shop() as session:
        versions = exchanges.versions(session, bought(paid), quantity)
    assert [id for _, id in versions] == offered


def test_the_nearest_first(shop: sessionmaker[Session]) -> None:
    with shop.begin() as session:
        session.execute(update(Variant).values(price=Decimal(80), stock=3))
    with shop() as session:
        names = [name for name, _ in exchanges.versions(session, bought("80"), 3)]
    assert names == ["blue, 9", "blue, 10"]


@pytest.mark.parametrize(
    ("paid", "quantity", "is_left"), [("80", 4, True), ("80", 5, False), ("70", 1, False)]
)
def test_the_same_once_more(
    shop: sessionmaker[Session], paid: str, quantity: int, *, is_left: bool
) -> None:
    with shop() as session:
        assert exchanges.is_left(session, bought(paid), quantity) is is_left
