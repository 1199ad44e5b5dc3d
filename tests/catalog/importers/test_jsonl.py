from decimal import Decimal

import pytest

from tests.catalog.importers.shop import Shop, WriteFeed


def test_each_line_is_a_product(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(
        feed(
            '{"id": 7, "title": "Tent", "price": 54.1, "currency": "USD", "stock": 3,'
            ' "brand": null, "category": ["Outdoor", "Tents"], "images": ["a.png", "b.png"],'
            ' "image": "a.png", "Persons": 2, "Waterproof": true,'
            ' "attributes": {"Poles": ["steel", "glass"]}}',
            "",
            '{"id": "s", "title": "Stove", "price": "$1,299.00"}',
            name="feed.jsonl",
        )
    )
    assert (report.read, report.added, report.rejections) == (2, 2, [])
    tent, stove = shop.products()["7"], shop.products()["s"]
    assert tent.category == "Outdoor > Tents"
    assert tent.images == ["a.png", "b.png"]
    assert tent.attributes == {"Persons": "2", "Waterproof": "yes", "Poles": "steel, glass"}
    assert (tent.variants[0].price, tent.variants[0].stock) == (Decimal("54.10"), 3)
    assert (stove.variants[0].price, stove.variants[0].stock) == (Decimal(1299), None)


@pytest.mark.parametrize(("number", "price"), [("1.299", "1.299"), ("1e3", "1000"), ("54", "54")])
def test_a_json_number_is_never_ambiguous(
    shop: Shop, feed: WriteFeed, number: str, price: str
) -> None:
    shop.load(feed(f'{{"id": "t", "title": "Tent", "price": {number}}}', name="feed.jsonl"))
    assert shop.products()["t"].variants[0].price == Decimal(price)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "t", "title": "Tent"', "not JSON: "),
        ("Tent", "not JSON: Expecting value at character 1"),
        ('["t", "Tent"]', "not an object"),
        ('{"id": "t"}', "title is empty"),
        ('{"id": true, "title": "Tent"}', "id is true"),
        ('{"id": "t", "title": "Tent", "price": NaN}', "NaN is not a number"),
        ('{"id": "t", "title": "Tent", "price": -1}', "negative"),
        ('{"id": "t", "title": "Tent", "price": 1e400}', "not a number|too large"),
        ('{"id": "t", "title": "Tent", "price": 0.00001}', "more than 4 decimals|not a number"),
        ('{"id": "t", "title": "Tent", "price": {"amount": 5}}', "price is an object"),
        ('{"id": "t", "title": "Tent", "stock": 1.5}', "stock"),
        ('{"id": "t", "title": "Tent", "stock": ' + "9" * 5000 + "}", "not JSON that can be read"),
        ('{"id": "t", "title": "Tent", "images": "a.png"}', "images is not a list"),
        ('{"id": "t", "title": "Tent", "attributes": []', "not JSON"),
        ('{"id": "t", "title": "Tent", "attributes": "red"}', "attributes is not an object"),
        ('{"id": "t", "title": "Te\\ud800nt"}', "title is not UTF-8"),
        ('{"id": "t", "title": "Te\\u0000nt"}', "NUL"),
        ('{"id": "a", "title": "Tent"}', "already on line 1"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_reported_and_costs_no_other(
    shop: Shop, feed: WriteFeed, line: str, reason: str
) -> None:
    report = shop.load(
        feed(
            '{"id": "a", "title": "Lamp"}',
            line,
            '{"id": "b", "title": "Stove"}',
            name="feed.jsonl",
        )
    )
    (rejection,) = report.rejections
    assert rejection.line == 2
    assert any(part in rejection.reason for part in reason.split("|")), rejection.reason
    assert set(shop.products()) == {"a", "b"}


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ('{"id": 7, "title": "Tent", "images": "a.png"}', {"a", "7"}),
        ('{"id": 7, "title": "Tent", "price": {"amount": 5}}', {"a", "7"}),
        ('{"id": 7, "title": "Tent"', {"a", "7", "s"}),  # no telling whose line it is
        ('{"id": true, "title": "Tent"}', {"a", "7", "s"}),
    ],
)
def test_replace_keeps_what_a_bad_line_may_be_about(
    shop: Shop, feed: WriteFeed, line: str, left: set[str]
) -> None:
    lamp = '{"id": "a", "title": "Lamp"}'
    others = ('{"id": 7, "title": "Tent"}', '{"id": "s", "title": "Stove"}')
    shop.load(feed(lamp, *others, name="feed.jsonl"))
    report = shop.load(feed(lamp, line, name="feed.jsonl"), replace=True)
    assert (report.rejected, report.kept_because is None) == (1, "s" not in left)
    assert set(shop.products()) == left
