import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from catalog.demo import source
from catalog.models import Order, OrderStatus, Product

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def orders(products: list[Product]) -> list[Order]:
    return source.orders(products, NOW)


def test_the_shop_is_large_enough_to_search(products: list[Product]) -> None:
    variants = [variant for product in products for variant in product.variants]
    assert len(products) >= 420
    assert len(variants) <= 3500
    assert len({product.category for product in products}) >= 14
    assert 25 <= len({product.brand for product in products}) <= 40


def test_no_two_products_read_alike(products: list[Product]) -> None:
    for field in ("id", "title", "description"):
        texts = Counter(getattr(product, field).casefold() for product in products)
        assert [text for text, times in texts.items() if times > 1] == []


def test_every_product_says_what_a_card_needs(products: list[Product]) -> None:
    for product in products:
        assert " > " in product.category, product.id
        assert len(product.description.split()) >= 9, product.id
        assert Decimal("1") <= Decimal(product.attributes["rating"]) <= Decimal("5"), product.id


def test_variants_differ_in_colour_or_size(products: list[Product]) -> None:
    identifiers = Counter(variant.id for product in products for variant in product.variants)
    assert max(identifiers.values()) == 1
    for product in products:
        options = {(variant.color, variant.size) for variant in product.variants}
        assert len(options) == len(product.variants), product.id


def test_a_product_without_a_choice_is_its_own_variant(products: list[Product]) -> None:
    single = [product for product in products if len(product.variants) == 1]
    assert single
    assert all(product.variants[0].id == product.id for product in single)


def test_a_variant_links_to_its_page(products: list[Product]) -> None:
    for product in products:
        for variant in product.variants:
            assert variant.url == f"/products/{product.id}?variant={variant.id}"


def test_prices_are_whole_cents_in_a_believable_range(products: list[Product]) -> None:
    prices = [variant.price for product in products for variant in product.variants]
    for price in prices:
        assert price is not None
        assert price == price.quantize(Decimal("0.01"))
        assert Decimal(4) <= price <= Decimal(1500)


def test_a_price_may_depend_on_the_size(products: list[Product]) -> None:
    tent = next(product for product in products if product.id == "skylark-dome-tent")
    assert {variant.size: variant.price for variant in tent.variants} == {
        "2-person": Decimal("129.00"),
        "3-person": Decimal("159.00"),
        "4-person": Decimal("199.00"),
    }


def test_stock_is_mostly_there_sometimes_out_and_rarely_unknown(products: list[Product]) -> None:
    stocks = [variant.stock for product in products for variant in product.variants]
    assert 0.05 <= stocks.count(0) / len(stocks) <= 0.11
    assert 0.01 <= stocks.count(None) / len(stocks) <= 0.05
    assert any(all(variant.stock == 0 for variant in product.variants) for product in products)


def test_there_are_running_shoes_under_100_and_red_ones_in_stock(products: list[Product]) -> None:
    affordable = [
        product
        for product in products
        if product.category == "Shoes > Running"
        and all(variant.price is not None and variant.price < 100 for variant in product.variants)
    ]
    red = [
        product
        for product in affordable
        if any(variant.color == "red" and variant.in_stock for variant in product.variants)
    ]
    assert len(affordable) >= 8
    assert len(red) >= 5


def test_the_orders_cover_every_status(orders: list[Order]) -> None:
    assert [order.number for order in orders] == [f"A{1001 + n}" for n in range(44)]
    assert {order.status for order in orders} == set(OrderStatus)


@pytest.mark.parametrize("customer", ["C-201", "C-202"])
def test_two_customers_have_an_order_of_every_kind(orders: list[Order], customer: str) -> None:
    theirs = [order for order in orders if order.customer_id == customer]
    assert {order.status for order in theirs} >= set(OrderStatus) - {OrderStatus.PENDING}
    ages = [
        NOW - order.delivered_at
        for order in theirs
        if order.status is OrderStatus.DELIVERED and order.delivered_at
    ]
    assert min(ages) < timedelta(days=25)
    assert max(ages) > timedelta(days=31)


def test_returns_and_refunds_fit_their_orders(orders: list[Order]) -> None:
    by_number = {order.number: order for order in orders}
    returns, refunds = source.returns(NOW), source.refunds(orders, NOW)
    for status, found in (
        (OrderStatus.RETURN_REQUESTED, {each.order_number for each in returns}),
        (OrderStatus.REFUNDED, {each.order_number for each in refunds}),
    ):
        assert found == {order.number for order in orders if order.status is status}
    for each in returns:
        order = by_number[each.order_number]
        assert order.delivered_at is not None
        assert order.delivered_at < each.created_at < NOW
        for line in each.lines:
            assert line.quantity <= order.lines[line.position].quantity
    for refund in refunds:
        assert refund.amount == by_number[refund.order_number].total
        assert refund.created_at < NOW
        assert refund.settled_at is None or refund.created_at < refund.settled_at < NOW


def test_each_order_belongs_to_a_customer_and_each_customer_has_one(orders: list[Order]) -> None:
    customers = source.customers()
    assert len(customers) == 5
    assert all(customer.email == customer.email.lower() for customer in customers)
    assert {order.customer_id for order in orders} == {customer.id for customer in customers}


def test_lines_name_variants_at_their_price(orders: list[Order], products: list[Product]) -> None:
    prices = {variant.id: variant.price for product in products for variant in product.variants}
    for order in orders:
        assert order.lines
        for line in order.lines:
            assert line.variant_id is not None
            assert line.unit_price == prices[line.variant_id], order.number


def test_totals_and_shipping_follow_the_policy(orders: list[Order]) -> None:
    for order in orders:
        goods = sum((line.quantity * line.unit_price for line in order.lines), Decimal(0))
        assert order.total == goods + order.shipping, order.number
        # Freight for furniture, free from $50, and $4.95 below.
        freight = order.carrier == "Haulmark Freight"
        expected = "39.00" if freight else "0.00" if goods >= 50 else "4.95"
        assert order.shipping == Decimal(expected), order.number


def test_dates_fit_the_status(orders: list[Order]) -> None:
    arrived = {OrderStatus.DELIVERED, OrderStatus.RETURN_REQUESTED, OrderStatus.REFUNDED}
    for order in orders:
        assert NOW - timedelta(days=90) < order.placed_at < NOW, order.number
        assert (order.delivered_at is not None) == (order.status in arrived), order.number
        if order.delivered_at:
            assert order.placed_at < order.delivered_at < NOW, order.number
        elif order.expected_at:
            assert order.expected_at > NOW, order.number
        on_its_way = order.status in arrived | {OrderStatus.SHIPPED}
        assert bool(order.tracking_number and order.tracking_url) == on_its_way, order.number


def test_each_policy_is_split_into_sections_that_can_be_an_answer() -> None:
    files = {file.stem: file for file in source.POLICIES.glob("*.md")}
    assert {"shipping", "returns", "warranty", "payment", "privacy"} <= set(files)
    for slug, file in files.items():
        text = re.sub(r"<!-- Asked:.*?-->", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        _introduction, *sections = text.split("\n## ")
        assert len(sections) >= 4, slug
        assert all(10 <= len(section.split()) <= 80 for section in sections), slug
