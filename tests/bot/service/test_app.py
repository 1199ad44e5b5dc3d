"""The service over HTTP, with the real search engine over a small shop."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from bot.service.app import create_app
from bot.settings import Settings
from catalog.database import connect, sessions
from catalog.models import Product, Variant


@pytest.fixture
def database() -> str:
    """SQLite alone: search and catalogue have their own tests on both, and so has the whole."""
    return "sqlite"


@pytest.fixture
def settings(database_url: str, models: Path, tmp_path: Path) -> Settings:
    (tmp_path / "models").symlink_to(models / "models")
    return Settings(data_dir=tmp_path, database_url=database_url, device="cpu")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    engine = connect(settings.database_url)
    with sessions(engine).begin() as session:
        session.add(
            Product(
                id="kettle",
                title="Copper kettle",
                category="Kitchen > Kettles",
                attributes={"capacity": "1.7 l"},
                variants=[
                    Variant(id="kettle-s", size="1 l", price=Decimal("39.90"), currency="USD"),
                    Variant(
                        id="kettle-l", size="2 l", price=Decimal("59"), currency="USD", stock=0
                    ),
                ],
            )
        )
        session.add(Product(id="mug", title="Stone mug", variants=[Variant(id="mug")]))
    engine.dispose()
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def problem(response: Response) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code
    return body


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/v1/search", params={"q": "kettle"}).status_code == 200
    assert client.get("/ready").json() == {"status": "ready"}


def test_search_answers_as_the_command_does(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "copper kettle under $50"}).json()
    assert answer["query"] == "copper kettle under $50"
    assert answer["understood"]["filters"]["price_max"] == 50
    assert [result["id"] for result in answer["results"]] == ["kettle-s"]
    assert answer["relaxed"] == []


def test_a_change_in_the_database_is_found_with_its_new_price(
    client: TestClient, settings: Settings
) -> None:
    client.get("/v1/search", params={"q": "kettle"})
    engine = connect(settings.database_url)
    with sessions(engine).begin() as session:
        variant = session.get(Variant, "kettle-s")
        assert variant is not None
        variant.price = Decimal("45.50")
        session.add(
            Product(
                id="urn",
                title="Tea urn",
                category="Kitchen > Kettles",
                variants=[Variant(id="urn")],
            )
        )
        session.delete(session.get(Product, 2))
    engine.dispose()
    found = client.get("/v1/search", params={"q": "copper kettle"}).json()["results"]
    assert found[0]["price"] == 45.5
    assert "urn" in {result["id"] for result in found}
    mugs = client.get("/v1/search", params={"q": "stone mug"}).json()["results"]
    assert "mug" not in {result["id"] for result in mugs}


def test_a_product_by_its_own_id_and_by_a_variants(client: TestClient) -> None:
    by_product = client.get("/v1/products/kettle").json()
    assert by_product == client.get("/v1/products/kettle-l").json()
    assert by_product["attributes"] == {"capacity": "1.7 l"}
    assert [variant["in_stock"] for variant in by_product["variants"]] == [None, False]
    assert by_product["variants"][0]["price"] == 39.9


def test_similar_products(client: TestClient) -> None:
    answer = client.get("/v1/products/kettle/similar").json()
    assert [result["id"] for result in answer["results"]] == ["mug"]


def test_an_id_with_a_slash(client: TestClient, settings: Settings) -> None:
    engine = connect(settings.database_url)
    with sessions(engine).begin() as session:
        session.add(Product(id="AB/12", title="Tea urn", variants=[Variant(id="AB/12-l")]))
    engine.dispose()
    assert client.get("/v1/products/AB%2F12").json()["title"] == "Tea urn"
    assert client.get("/v1/products/AB%2F12-l").json()["id"] == "AB/12"
    assert client.get("/v1/products/AB%2F12/similar").json()["id"] == "AB/12"


@pytest.mark.parametrize("path", ["/v1/products/nope", "/v1/products/nope/similar"])
def test_an_unknown_product_is_a_problem(client: TestClient, path: str) -> None:
    assert "nope" in problem(client.get(path))["detail"]


@pytest.mark.parametrize("query", ["", "k=10", "q=x&k=0", "q=x&k=many", "q=" + "x" * 1001])
def test_a_wrong_search_says_which_field(client: TestClient, query: str) -> None:
    response = client.get(f"/v1/search?{query}")
    assert response.status_code == 422
    assert problem(response)["errors"]


@pytest.mark.parametrize("query", ["'; DROP TABLE products; --", "<script>", "跑鞋", "🏃", "%00"])
def test_odd_queries_are_answered(client: TestClient, query: str) -> None:
    assert client.get("/v1/search", params={"q": query}).status_code == 200


@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer guess"}, {"authorization": "é"}])
def test_actions_are_for_the_shops_own_rasa(client: TestClient, header: dict[str, str]) -> None:
    encoded = [(name.encode(), value.encode()) for name, value in header.items()]
    response = client.post("/webhook", json={"next_action": "action_search"}, headers=encoded)
    assert response.status_code == 401
    problem(response)


def test_an_unknown_action_is_named(client: TestClient, settings: Settings) -> None:
    key = settings.actions_key_file.read_text()
    call = {"next_action": "action_nonsense", "tracker": {}, "domain": {}}
    response = client.post("/webhook", json=call, headers={"authorization": f"Bearer {key}"})
    assert response.status_code == 404
    assert response.json()["action_name"] == "action_nonsense"


def test_only_allowed_origins_may_read_answers(settings: Settings, client: TestClient) -> None:
    allowed = {"origin": settings.origins[0]}
    foreign = {"origin": "https://elsewhere.example"}
    granted = "access-control-allow-origin"
    assert client.get("/health", headers=allowed).headers[granted] == settings.origins[0]
    assert granted not in client.get("/health", headers=foreign).headers
