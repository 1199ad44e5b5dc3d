from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.settings import Settings
from bot.storefront.router import router
from catalog.database import sessions
from catalog.models import Policy, Product, Variant


@dataclass(frozen=True)
class Shop:
    settings: Settings
    sessions: sessionmaker[Session]


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> Shop:
    """A shop with two shoes, a bag, and a policy; its chat is on another host."""
    shop = Shop(
        Settings(data_dir=tmp_path, rasa_url="https://chat.shop.example:5005"), sessions(engine)
    )
    with shop.sessions.begin() as session:
        session.add(
            Product(
                id="trail shoe/2",
                title="Trail <b>Shoe</b>",
                brand="Northpeak",
                category="Shoes > Running",
                description="Grips wet stone.",
                material="recycled knit",
                attributes={"heel_drop": "6 mm"},
                variants=[
                    _variant("red-8", "red", "8", "89.00", 0, position=0),
                    _variant("red-9", "red", "9", "89.00", 2, position=1),
                    _variant("blue-8", "blue", "8", "94.50", 5, position=2),
                    _variant("blue-9", "blue", "9", "94.50", None, position=3),
                ],
            )
        )
        session.add(
            Product(
                id="boot",
                title="Moor Boot",
                category="Shoes > Boots",
                variants=[Variant(id="boot", price=None, currency="", stock=None)],
            )
        )
        session.add(
            Product(
                id="bag",
                title="Day Bag",
                category="Bags",
                variants=[Variant(id="bag", price=Decimal(40), currency="USD", stock=0)],
            )
        )
        session.add(Policy(slug="returns", title="Returns", body=_RETURNS))
    return shop


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.aisle = shop
    app.include_router(router)
    with TestClient(app) as client:
        yield client


_RETURNS = """
You have **30 days**.

| Where | Days |
|-------|------|
| US    | 30   |

<script>alert(1)</script> [click](javascript:alert(1))
"""


def _variant(
    id: str, color: str, size: str, price: str, stock: int | None, position: int
) -> Variant:
    return Variant(
        id=id,
        position=position,
        color=color,
        size=size,
        price=Decimal(price),
        currency="USD",
        stock=stock,
        image=f"/pictures/shoe-{color}.svg",
    )
