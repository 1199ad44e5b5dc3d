"""A small shop, and a search engine whose answers a test decides."""

import re
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.checkout import CheckoutLinks
from bot.identity.code_mail import CodeMail
from bot.identity.codes import OneTimeCodes
from bot.identity.identities import Identities
from bot.orders.desk import OrderDesk
from bot.orders.engines.database import DatabaseOrders
from bot.orders.returns import ReturnTerms
from bot.settings import Settings
from bot.voice.shop import DEFAULT
from bot.voice.voice import Voice
from catalog.database import connect, sessions
from catalog.models import (
    Base,
    Customer,
    Order,
    OrderLine,
    OrderStatus,
    Policy,
    Product,
    Variant,
)
from recommender.filtering.nearest import Nearest
from recommender.index.port import Vectors
from recommender.offer import Offer, SearchResponse
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.search import SearchEngine


class ScriptedSearch:
    """Understands what it was told to, finds what it was told to, and remembers its queries."""

    def __init__(self) -> None:
        self.understood: dict[str, ParsedQuery] = {}
        self.offers: list[Offer] = []
        self.relaxed: tuple[str, ...] = ()
        self.nearest: tuple[Nearest, ...] = ()
        self.queries: list[ParsedQuery] = []
        self.unknown: set[str] = set()
        self.unmet_by: dict[str, tuple[str, ...]] = {}

    def understand(self, text: str) -> ParsedQuery:
        return self.understood.get(text, ParsedQuery(text, Constraints()))

    def similar(
        self,
        id: str,
        *,
        k: int = 10,
        filters: Constraints = Constraints(),  # noqa: B008  # frozen
        exclude: Collection[str] = (),
    ) -> list[Offer]:
        self.queries.append(ParsedQuery(id, filters))
        found = [each for each in self.offers if each.id not in exclude]
        high = filters.price_max
        return [e for e in found if high is None or (e.price is not None and e.price <= high)][:k]

    def unmet(self, ids: Collection[str], constraints: Constraints) -> dict[str, tuple[str, ...]]:
        return {id: self.unmet_by.get(id, ()) for id in ids}

    def any_pass(self, constraints: Constraints) -> bool:
        high = constraints.price_max
        return any(high is None or (e.price is not None and e.price <= high) for e in self.offers)

    def knows(self, word: str) -> bool:
        return word not in self.unknown

    def search(
        self,
        query: ParsedQuery,
        *,
        k: int = 10,
        rerank: bool = True,
        exclude: Collection[str] = (),
    ) -> SearchResponse:
        if rerank:
            self.queries.append(query)
        high = query.filters.price_max
        found = [
            offer
            for offer in self.offers
            if offer.id not in exclude
            and (high is None or (offer.price is not None and offer.price <= high))
        ]
        nearest = max((offer.score for offer in found), default=0.0)
        return SearchResponse(query, found[:k], self.relaxed, nearest, {}, self.nearest)


class WordEncoder:
    """Texts as unit vectors of the words they share: enough to tell who is nearest."""

    dimension = 512
    fingerprint = "words"
    words: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace(".", " ").replace("?", " ").split():
                vectors[row, sum(map(ord, word)) % self.dimension] += 1
            vectors[row] /= max(float(np.linalg.norm(vectors[row])), 1.0)
        return vectors


def offer(id: str, price: str | None = "50", score: float = 0.9, **more: Any) -> Offer:
    values: dict[str, Any] = {
        "group_id": id,
        "title": f"Title of {id}",
        "brand": "",
        "category": "Shoes",
        "currency": "USD",
        "color": "",
        "size": "",
        "in_stock": True,
        "stock": 3,
        "url": "",
        "image": "",
        "description": "",
        "why": (),
    }
    return Offer(
        id=id, price=None if price is None else Decimal(price), score=score, **values | more
    )


@pytest.fixture
def search() -> ScriptedSearch:
    return ScriptedSearch()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """One pair of shoes in three variants, one order, two policies."""
    engine = connect(f"sqlite:///{tmp_path / 'shop.db'}")
    Base.metadata.create_all(engine)
    with sessions(engine).begin() as session:
        session.add(
            Product(
                id="runner",
                title="Heron Runner",
                brand="Heron",
                description="A light shoe for wet roads. The upper is waterproof.",
                category="Shoes > Running",
                material="Mesh",
                attributes={"Weight": "240 g"},
                variants=[
                    _variant("runner-red-9", 0, "red", "9", "80", 4),
                    _variant("runner-blue-9", 1, "blue", "9", "80", 0),
                    _variant("runner-blue-10", 2, "blue", "10", "85", 20),
                ],
            )
        )
        session.add(
            Product(
                id="boot",
                title="Fell Boot",
                variants=[_variant("boot", 0, "brown", "", "120", None)],
            )
        )
        session.add(Customer(id="c1", email="jane@example.com", name="Jane"))
        session.add(
            Order(
                number="A1001",
                customer_id="c1",
                status=OrderStatus.SHIPPED,
                placed_at=datetime(2026, 11, 1, tzinfo=UTC),
                expected_at=datetime(2026, 11, 9, tzinfo=UTC),
                currency="USD",
                shipping=Decimal("5"),
                total=Decimal("85"),
                carrier="Pigeon Post",
                tracking_number="PP1",
                tracking_url="https://pigeon.example/PP1",
                lines=[
                    OrderLine(
                        position=0, title="Heron Runner", quantity=1, unit_price=Decimal("80")
                    )
                ],
            )
        )
        session.add(
            Policy(
                slug="returns",
                title="Returns",
                body="Send it back.\n\n## Time\nYou have *30 days* to return.\n\n## Empty\n",
            )
        )
        session.add(Policy(slug="shipping", title="Shipping", body="Parcels take three days."))
    yield sessions(engine)
    engine.dispose()


@pytest.fixture
def voice() -> Voice:
    return Voice.load(Settings(voice=DEFAULT))


class Letters:
    """Mail that nobody sends, to read codes from."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, to: str, subject: str, text: str) -> None:
        self.sent.append((to, text))

    def code(self) -> str:
        """The latest one, once it has been sent."""
        deadline = time.monotonic() + 5
        while not self.sent and time.monotonic() < deadline:
            time.sleep(0.01)
        found = re.search(r"\d{3} ?\d{3}", self.sent[-1][1])
        assert found is not None
        return found[0]


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def context(
    search: ScriptedSearch, shop: sessionmaker[Session], voice: Voice, letters: Letters
) -> Iterator[ActionContext]:
    links = CheckoutLinks("https://shop.example/checkout", "a key for tests")
    terms = ReturnTerms(30, "Fernway Returns, 1 Dock Road")
    orders = OrderDesk(DatabaseOrders(shop, terms), shop, terms)
    identities = Identities(shop, timedelta(minutes=30))
    mail = CodeMail(letters)
    codes = OneTimeCodes(shop, identities, mail, orders.customer_of, "a key for tests")
    yield ActionContext(cast(SearchEngine, search), shop, voice, links, orders, identities, codes)
    mail.close()


def _variant(
    id: str, position: int, color: str, size: str, price: str, stock: int | None
) -> Variant:
    return Variant(
        id=id,
        position=position,
        color=color,
        size=size,
        price=Decimal(price),
        currency="USD",
        stock=stock,
    )
