from decimal import Decimal

from catalog.models import Product
from recommender.differences import differences
from recommender.query.english import ENGLISH
from tests.recommender.conftest import product, variant

SWIFT = product(
    "swift",
    "Swift",
    variant("swift-9", "54", size="9", color="Red", stock=3),
    variant("swift-10", "54", size="10", color="Red", stock=0),
    brand="Veloce",
    material="Mesh",
    attributes={"rating": "4.5", "weight": "240 g", "drop": "6 mm"},
)
COMET = product(
    "comet",
    "Comet",
    variant("comet-9", "60", size="9", color="Red", stock=2),
    brand="Veloce",
    attributes={"rating": "4.1", "weight": "300 g", "sole": "gum"},
)


def plain(id: str, *sizes: str) -> Product:
    """A product as the database would give it, with nothing but sizes."""
    versions = [variant(f"{id}-{size}", size=size, stock=1, attributes={}) for size in sizes]
    return product(id, id, *versions, attributes={})


def test_only_what_differs_is_told() -> None:
    for each in (SWIFT, COMET):
        for version in each.variants:
            version.attributes = {}
    found = differences([SWIFT.variants[0], COMET.variants[0]], ENGLISH)
    assert {each.attribute: each.values for each in found} == {
        "price": (Decimal(54), Decimal(60)),
        "rating": (Decimal("4.5"), Decimal("4.1")),
        "material": ("Mesh", None),
        "weight": ("240 g", "300 g"),
        "drop": ("6 mm", None),
        "sole": (None, "gum"),
    }
    # What both say comes before what one says alone.
    assert [each.attribute for each in found if each.is_own] == ["weight", "drop", "sole"]


def test_the_same_choice_in_another_order_is_no_difference() -> None:
    here = plain("a", "9", "10")
    there = plain("b", "10", "9")
    assert differences([here.variants[0], there.variants[0]], ENGLISH) == []
    there.variants[0].stock = 0
    (sizes,) = differences([here.variants[0], there.variants[1]], ENGLISH)
    assert sizes.values == (("9", "10"), ("9",))


def test_alike_products_do_not_differ() -> None:
    SWIFT.variants[0].attributes = {}
    assert differences([SWIFT.variants[0], SWIFT.variants[0]], ENGLISH) == []
