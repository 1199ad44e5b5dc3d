import html
import re
from pathlib import Path

import pytest
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient

from bot.storefront import router, shelves
from catalog.models import Product, Variant
from tests.bot.storefront.conftest import Shop


def text_of(page: str) -> str:
    """What a reader sees, in one line."""
    without_tags = re.sub(r"<[^>]+>", " ", page)
    return " ".join(html.unescape(without_tags).split())


def test_the_front_shows_something_of_every_department(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for title in ("Trail &lt;b&gt;Shoe&lt;/b&gt;", "Moor Boot", "Day Bag"):
        assert title in page.text
    assert 'href="/?category=Shoes"' in page.text
    assert 'href="/policies/returns"' in page.text


def test_every_page_brings_the_chat(client: TestClient) -> None:
    script = (
        '<script src="/widget.js" data-chat-url="https://chat.shop.example:5005" '
        'data-title="Fernway assistant" defer></script>'
    )
    for address in ("/", "/?category=Shoes", "/products/bag", "/policies/returns", "/products/no"):
        page = client.get(address).text
        assert script in page
        assert page.count("<script") == 1


def test_the_chat_has_a_page_of_its_own(client: TestClient) -> None:
    page = client.get("/chat").text
    chat = '<aisle-chat data-mode="page" data-chat-url="https://chat.shop.example:5005"'
    assert chat in page
    # The script leaves a chat alone that is there already, and adds no second one.
    assert page.count("<aisle-chat") == 1


def test_a_page_without_scripts_leads_to_a_person(client: TestClient) -> None:
    page = client.get("/").text
    [without] = re.findall("<noscript>(.*?)</noscript>", page)
    assert 'href="/policies/contact"' in without


def test_pages_run_no_script_but_the_shop_s_and_reach_no_host_but_the_chat(
    client: TestClient,
) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'self';" in policy
    assert (
        "connect-src 'self' https://chat.shop.example:5005 wss://chat.shop.example:5005;" in policy
    )
    assert "unsafe" not in policy


def test_a_category_holds_what_is_below_it(client: TestClient) -> None:
    shoes = client.get("/", params={"category": "Shoes"}).text
    assert "Moor Boot" in shoes
    assert "Day Bag" not in shoes
    running = client.get("/", params={"category": "Shoes > Running"}).text
    assert "Moor Boot" not in running
    assert 'href="/?category=Shoes"' in running


def test_shelves_have_pages(
    client: TestClient, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "PAGE_SIZE", 2)
    first, second = (client.get("/", params={"page": page}).text for page in (1, 2))
    assert "Page 1 of 2" in first
    assert 'href="/?page=2" rel="next"' in first
    assert 'rel="prev"' not in first
    assert "Day Bag" in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    ("page", "shown"), [("0", 1), ("-1", 1), ("99", 2), ("nine", 1), ("9" * 40, 1), ("²", 1)]
)
def test_a_page_that_is_not_there_gives_one_that_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, page: str, shown: int
) -> None:
    monkeypatch.setattr(shelves, "PAGE_SIZE", 2)
    answer = client.get("/", params={"page": page})
    assert answer.status_code == 200
    assert f"Page {shown} of 2" in answer.text


def test_a_shop_without_products_says_how_to_get_some(client: TestClient, shop: Shop) -> None:
    with shop.sessions.begin() as session:
        for product in session.query(Product):
            session.delete(product)
    assert "aisle import" in client.get("/").text


def test_products_without_a_category_are_on_the_shelves_too(client: TestClient, shop: Shop) -> None:
    with shop.sessions.begin() as session:
        for product in session.query(Product):
            product.category = ""
    assert "Day Bag" in client.get("/").text
    assert "Day Bag" in client.get("/products/bag").text


def test_a_product_says_price_and_stock_of_the_chosen_variant(client: TestClient) -> None:
    address = "/products/trail%20shoe/2"
    chosen = text_of(client.get(address, params={"variant": "blue-8"}).text)
    assert "$94.50 In stock Color: blue" in chosen
    assert "Size: 8" in chosen
    assert "Heel drop 6 mm" in chosen
    assert "$89.00 Out of stock" in text_of(client.get(address, params={"variant": "red-8"}).text)
    assert "Stock not listed" in text_of(client.get(address, params={"variant": "blue-9"}).text)


def test_a_product_shows_first_what_can_be_bought(client: TestClient) -> None:
    for query in ({}, {"variant": "unknown"}):
        page = text_of(client.get("/products/trail shoe/2", params=query).text)
        assert "$89.00 Only 2 left Color: red Size: 9" in page.replace(" red blue", "")


def test_a_product_without_a_price_is_not_free(client: TestClient) -> None:
    page = text_of(client.get("/products/boot").text)
    assert "Price not listed Stock not listed" in page
    assert "$0" not in page


def test_text_of_the_catalogue_is_never_markup(client: TestClient) -> None:
    for address in ("/", "/products/trail shoe/2"):
        page = client.get(address).text
        assert "<b>Shoe</b>" not in page
        assert "Trail &lt;b&gt;Shoe&lt;/b&gt;" in page


def test_a_policy_is_markdown_and_nothing_else(client: TestClient) -> None:
    page = client.get("/policies/returns").text
    assert "<h1>Returns</h1>" in page
    assert "<strong>30 days</strong>" in page
    assert "<td>30</td>" in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "address",
    [
        "/products/nothing",
        "/products/%00",
        "/products/' OR 1=1 --",
        "/policies/nothing",
        "/policies/%00",
        "/?category=Nothing",
        "/?category=%25",
    ],
)
def test_what_is_not_there_is_a_friendly_page(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert "is not here" in page.text
    assert 'href="/"' in page.text


def test_the_widget_may_be_embedded_by_any_shop(client: TestClient) -> None:
    script = client.get("/widget.js")
    assert script.status_code == 200
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    unchanged = client.get("/widget.js", headers={"if-none-match": script.headers["etag"]})
    assert unchanged.status_code in (200, 304)


def test_a_picture_can_do_nothing_but_be_looked_at(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "shoe.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.svg").write_text("secret")
    monkeypatch.setattr(router, "_pictures", StaticFiles(directory=tmp_path / "pictures"))
    picture = client.get("/pictures/shoe.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in picture.headers["content-security-policy"]
    for outside in ("/pictures/nothing.svg", "/pictures/..%2fsecret.svg", "/pictures/%2e%2e/x"):
        assert client.get(outside).status_code == 404


def test_the_style_sheets_are_served(client: TestClient) -> None:
    page = client.get("/").text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        assert client.get(address).status_code == 200, address


def test_the_taste_of_a_department_comes_from_all_below_it(shop: Shop) -> None:
    with shop.sessions.begin() as session:
        for number in range(6):
            product = Product(id=f"run-{number}", title="Runner", category="Shoes > Running")
            product.variants = [Variant(id=f"run-{number}", stock=1)]
            session.add(product)
    with shop.sessions() as session:
        tastes = shelves.tastes(session, shelves.categories(session))
    shown = {category.path: [product.id for product in products] for category, products in tastes}
    assert shown["Bags"] == ["bag"]
    assert shown["Shoes"][:2] == ["boot", "trail shoe/2"]
    assert len(shown["Shoes"]) == 3
