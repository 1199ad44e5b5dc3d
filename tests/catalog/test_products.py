import pytest
from sqlalchemy.orm import Session

from catalog.models import Product, Variant
from catalog.products import (
    CategoryCount,
    find_product,
    find_variant,
    find_variants,
    list_categories,
    list_products,
)

CATEGORIES = {
    "runner": "Shoes > Running",
    "trail": "Shoes > Running > Trail",
    "boot": "Shoes",
    "tote": "Shoes & Bags",
    "percent": "100%",
    "thousand": "1000 > Things",
    "plain": "",
}


@pytest.fixture(autouse=True)
def products(session: Session) -> None:
    for id, category in CATEGORIES.items():
        variants = [
            Variant(id=f"{id}-{size}", position=position, size=size)
            for position, size in enumerate(("9", "10"))
        ]
        session.add(Product(id=id, title=id.title(), category=category, variants=variants))
        session.flush()
    session.commit()
    session.expunge_all()


def test_a_variant_is_found_by_its_id(session: Session) -> None:
    variant = find_variant(session, "runner-10")
    assert variant is not None
    assert (variant.size, variant.product.title) == ("10", "Runner")
    assert [each.size for each in variant.product.variants] == ["9", "10"]


def test_a_products_id_finds_its_first_variant(session: Session) -> None:
    variant = find_variant(session, "runner")
    assert variant is not None
    assert variant.id == "runner-9"


@pytest.mark.parametrize("id", ["", "nothing", "runner%", "a\0b", "\ud800", "x" * 10_000])
def test_an_unknown_id_finds_nothing(session: Session, id: str) -> None:
    assert find_variant(session, id) is None
    assert find_product(session, id) is None
    assert find_variants(session, [id]) == []


def test_variants_come_in_the_order_asked_for(session: Session) -> None:
    ids = ["tote-9", "runner-10", "nothing", "boot-9"]
    found = find_variants(session, ids)
    assert [variant.id for variant in found] == ["tote-9", "runner-10", "boot-9"]
    assert found[1].product.title == "Runner"


def test_a_product_is_found_by_its_id(session: Session) -> None:
    product = find_product(session, "trail")
    assert product is not None
    assert [variant.id for variant in product.variants] == ["trail-9", "trail-10"]


def test_a_category_counts_what_is_below_it(session: Session) -> None:
    assert list_categories(session) == [
        CategoryCount("100%", 1),
        CategoryCount("1000", 1),
        CategoryCount("1000 > Things", 1),
        CategoryCount("Shoes", 3),
        CategoryCount("Shoes > Running", 2),
        CategoryCount("Shoes > Running > Trail", 1),
        CategoryCount("Shoes & Bags", 1),
    ]


@pytest.mark.parametrize(
    ("category", "ids"),
    [
        ("Shoes", ["runner", "trail", "boot"]),
        ("Shoes > Running", ["runner", "trail"]),
        ("100%", ["percent"]),
        ("Nothing", []),
    ],
)
def test_a_category_lists_what_is_below_it(session: Session, category: str, ids: list[str]) -> None:
    page = list_products(session, category)
    assert [product.id for product in page.products] == ids
    assert page.total == len(ids)


def test_pages_follow_each_other(session: Session) -> None:
    first, second = (list_products(session, offset=offset, limit=4) for offset in (0, 4))
    assert first.total == second.total == len(CATEGORIES)
    assert [product.id for page in (first, second) for product in page.products] == list(CATEGORIES)
