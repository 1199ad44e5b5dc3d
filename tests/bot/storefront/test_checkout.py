"""The page that the chat's links lead to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from bot import checkout
from bot.checkout import Checkout, CheckoutLinks
from bot.shopping.cart import Cart
from catalog.models import Variant, Voucher, VoucherKind
from tests.bot.storefront.conftest import Shop
from tests.bot.storefront.test_router import text_of


def link(shop: Shop, cart: Cart, voucher: str | None = None) -> str:
    """A link as the chat gives it, without the host."""
    return (
        CheckoutLinks.of(shop.settings)
        .link(Checkout(cart, voucher))
        .removeprefix(shop.settings.service_url)
    )


def add_voucher(shop: Shop, *, until: datetime | None = None) -> None:
    with shop.sessions.begin() as session:
        session.add(
            Voucher(code="TEN", kind=VoucherKind.PERCENT, value=Decimal(10), valid_until=until)
        )


def test_a_link_shows_what_is_in_the_cart_and_what_it_comes_to(
    client: TestClient, shop: Shop
) -> None:
    page = client.get(link(shop, Cart().with_more("blue-8", 2).with_more("red-9")))
    assert page.status_code == 200
    assert "(blue, 8) 2 $189.00" in text_of(page.text)
    assert "Total: $278.00" in text_of(page.text)


def test_titles_of_the_catalogue_are_never_markup(client: TestClient, shop: Shop) -> None:
    page = client.get(link(shop, Cart().with_more("blue-8"))).text
    assert "Trail &lt;b&gt;Shoe&lt;/b&gt;" in page
    gone = client.get(link(shop, Cart().with_more("gone", 1, "<script>alert(1)</script>"))).text
    assert "&lt;script&gt;alert(1)" in gone


def test_prices_are_those_of_now(client: TestClient, shop: Shop) -> None:
    address = link(shop, Cart().with_more("blue-8"))
    with shop.sessions.begin() as session:
        variant = session.query(Variant).filter_by(id="blue-8").one()
        variant.price = Decimal("70.00")
    assert "Total: $70.00" in text_of(client.get(address).text)


def test_a_voucher_is_taken_off(client: TestClient, shop: Shop) -> None:
    add_voucher(shop)
    page = text_of(client.get(link(shop, Cart().with_more("blue-8", 2), "TEN")).text)
    assert "Sum $189.00, less $18.90 with TEN" in page
    assert "Total: $170.10" in page


@pytest.mark.parametrize("code", ["TEN", "UNKNOWN"])
def test_a_voucher_that_does_not_count_any_more_takes_nothing_off(
    client: TestClient, shop: Shop, code: str
) -> None:
    add_voucher(shop, until=datetime.now(UTC) - timedelta(minutes=1))
    page = text_of(client.get(link(shop, Cart().with_more("blue-8"), code)).text)
    assert "less" not in page
    assert f"The voucher {code} takes nothing off" in page
    assert "Total: $94.50" in page


def test_what_cannot_be_bought_is_said_and_not_counted(client: TestClient, shop: Shop) -> None:
    cart = Cart().with_more("blue-8").with_more("bag").with_more("gone", 1, "Hat")
    page = text_of(client.get(link(shop, cart)).text)
    assert "Day Bag 1 sold out" in page
    assert "Hat 1 no longer sold" in page
    assert "Total: $94.50" in page


def test_a_cart_with_something_unpriced_has_no_total_and_is_for_sale_all_the_same(
    client: TestClient, shop: Shop
) -> None:
    page = text_of(client.get(link(shop, Cart().with_more("blue-8").with_more("boot"))).text)
    assert "Moor Boot 1 price on request" in page
    assert "there is no total here" in page
    assert "Nothing of it" not in page


def test_no_more_is_counted_than_there_is(client: TestClient, shop: Shop) -> None:
    page = text_of(client.get(link(shop, Cart().with_more("red-9", 5))).text)
    assert "(red, 9) 2 $178.00, only 2 left" in page
    assert "Total: $178.00" in page


def test_a_cart_of_which_nothing_is_left_has_no_total(client: TestClient, shop: Shop) -> None:
    page = text_of(client.get(link(shop, Cart().with_more("bag"))).text)
    assert "Nothing of it can be bought at the moment" in page
    assert "Total" not in page


@pytest.mark.parametrize("address", ["/checkout", "/checkout?cart=", "/checkout?cart=made.up.link"])
def test_a_link_that_the_shop_did_not_make_is_refused(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 400
    assert "This is no link of this shop's." in text_of(page.text)


def test_a_changed_link_is_refused(client: TestClient, shop: Shop) -> None:
    address = link(shop, Cart().with_more("blue-8"))
    other = link(shop, Cart().with_more("red-9", 99))
    forged = other.partition(".")[0] + "." + address.partition(".")[2]
    assert client.get(forged).status_code == 400


def test_an_old_link_says_that_it_has_expired(
    client: TestClient, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = link(shop, Cart().with_more("blue-8"))
    monkeypatch.setattr(checkout, "VALID_SECONDS", -1)
    page = client.get(address)
    assert page.status_code == 400
    assert "This link has expired." in text_of(page.text)
    assert "Ask the assistant for the checkout again" in text_of(page.text)
