from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalog.database import sessions
from catalog.models import Product
from recommender.browsing import browse
from recommender.filtering.filter import Filter, excluded_products
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH
from recommender.query.vocabulary import Vocabulary
from tests.recommender.conftest import product, variant


def passing(session: Session, **constraints: Any) -> set[str]:
    """The ids of the products that pass."""
    found = Filter(Constraints(**constraints), Vocabulary.from_session(session), ENGLISH)
    pks = found.products(session).tolist()
    assert found.any_pass(session) is bool(pks)
    return set(session.scalars(select(Product.id).where(Product.pk.in_(pks))))


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        ({"price_max": Decimal(60)}, {"swift", "comet", "mug"}),
        ({"price_max": Decimal("49.99")}, {"comet", "mug"}),
        ({"price_max": Decimal("49.98")}, {"mug"}),
        ({"price_min": Decimal(100)}, {"comet", "drover"}),
        ({"color": ("red",)}, {"swift", "comet", "mug"}),
        ({"color": ("blue",)}, {"swift", "pebble"}),
        ({"color": ("navy", "black")}, {"swift", "comet"}),
        ({"category": ("Shoes",)}, {"swift", "comet", "drover"}),
        ({"category": ("Shoes > Running", "Kitchen")}, {"swift", "comet", "mug"}),
        ({"category": ("Shoe",)}, set()),
        ({"brand": ("Hearthside",)}, {"mug", "mystery"}),
        ({"material": ("leather",)}, {"drover"}),
        ({"in_stock": True}, {"swift", "comet", "drover", "mug"}),
        ({"gender": ("men",)}, {"swift", "drover", "pebble", "mug", "mystery"}),
        ({"color": ("purple",)}, set()),
        ({"price_max": Decimal(10) ** 30}, {"swift", "comet", "drover", "pebble", "mug"}),
        ({"price_max": Decimal("60.00001")}, {"swift", "comet", "mug"}),
    ],
)
def test_products_pass(filled: Engine, constraints: dict[str, Any], expected: set[str]) -> None:
    with sessions(filled)() as session:
        assert passing(session, **constraints) == expected


def test_one_variant_must_pass_everything(filled: Engine) -> None:
    """Comet comes in red, and for $49.99, but its red one costs $120."""
    with sessions(filled)() as session:
        assert passing(session, color=("red",), price_max=Decimal(60)) == {"swift", "mug"}
        assert passing(session, color=("red",), size=("10",), in_stock=True) == {"comet"}


def test_title_says_the_color_where_the_feed_does_not(engine: Engine) -> None:
    with sessions(engine).begin() as session:
        session.add(product("a", "Red, round vase"))
        session.add(product("b", "A hundred vases"))
        session.add(product("c", "Vase in red", variant("c", color="Blue")))
    with sessions(engine)() as session:
        assert passing(session, color=("red",)) == {"a"}


def test_best_variant_comes_first(engine: Engine) -> None:
    with sessions(engine).begin() as session:
        session.add(
            product(
                "tee",
                "Tee",
                variant("gone", "5", color="Red", stock=0, position=0),
                variant("dear", "20", color="Red", stock=1, position=1),
                variant("cheap", "10", color="Red", stock=1, position=2),
                variant("shade", "9", color="Crimson", stock=1, position=3),
                variant("unknown", "8", color="Red", stock=None, position=4),
                variant("blue", "1", color="Blue", stock=1, position=5),
            )
        )
    with sessions(engine)() as session:
        red = Filter(Constraints(color=("red",)), Vocabulary.from_session(session), ENGLISH)
        (variants,) = red.variants(session, red.products(session).tolist()).values()

    assert [found.id for found in variants] == ["cheap", "dear", "shade", "unknown", "gone"]


def test_stock_may_be_known_without_a_count(engine: Engine) -> None:
    with sessions(engine).begin() as session:
        for id, stock, available in [
            ("counted", 2, None), ("said", None, True), ("none", 0, True), ("gone", None, False),
            ("unknown", None, None),
        ]:  # fmt: skip
            made = variant(id, "5", stock=stock, available=available)
            session.add(product(id, "Tee", made, category=id))
    with sessions(engine)() as session:
        assert passing(session, in_stock=True) == {"counted", "said"}
        anything = Filter(Constraints(), Vocabulary(), ENGLISH)
        browsed = [session.get_one(Product, pk).id for pk in browse(session, anything, 9, set())]
        assert set(browsed[:3]) == {"counted", "said", "unknown"}


def test_wildcards_in_a_category_are_letters(engine: Engine) -> None:
    with sessions(engine).begin() as session:
        session.add(product("a", "A", category="100% Wool > Socks"))
        session.add(product("b", "B", category="100x Wool > Socks"))
    with sessions(engine)() as session:
        assert passing(session, category=("100% Wool",)) == {"a"}


def test_products_and_variants_can_be_excluded(filled: Engine) -> None:
    with sessions(filled)() as session:
        pks = excluded_products(session, ["mug", "swift-navy-9", "no such thing"])

        assert set(session.scalars(select(Product.id).where(Product.pk.in_(pks)))) == {
            "mug",
            "swift",
        }
        assert excluded_products(session, []) == set()
