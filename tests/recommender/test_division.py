from catalog.models import Product, Variant
from recommender.division import divide_categories, divisions
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH


def variant(
    category: str = "Shoes", gender: str = "", color: str = "", material: str = ""
) -> Variant:
    made = Variant(id=f"{category}{gender}{color}", color=color)
    Product(category=category, gender=gender, material=material, variants=[made])
    return made


def facets_of(variants: list[Variant], **required: tuple[str, ...]) -> list[str]:
    return [each.facet for each in divisions(variants, Constraints(**required), ENGLISH)]  # type: ignore[arg-type]


def test_the_facet_that_tells_most_comes_first() -> None:
    shoes = [
        variant(gender=("men", "women", "kids")[n % 3], color=f"color {n % 12}") for n in range(24)
    ]
    first = divisions(shoes, Constraints(), ENGLISH)[0]
    assert first.facet == "gender"
    assert set(first.options) == {"men", "women", "kids"}


def test_kinds_of_things_come_before_all() -> None:
    things = [
        variant(f"Shoes > {('Boots', 'Sandals')[n % 2]}", ("men", "women", "kids", "boys")[n % 4])
        for n in range(24)
    ]
    assert facets_of(things) == ["category", "gender"]


def test_what_is_required_is_not_asked() -> None:
    shoes = [
        variant(gender=("men", "women")[n % 2], color=("red", "blue")[n // 2 % 2])
        for n in range(24)
    ]
    assert facets_of(shoes, gender=("men",)) == ["color"]


def test_what_suits_anybody_is_no_answer() -> None:
    assert facets_of([variant(gender=("men", "unisex")[n % 2]) for n in range(24)]) == []


def test_one_value_for_nearly_all_tells_too_little() -> None:
    assert facets_of([variant(color="black" if n else "red") for n in range(24)]) == []


def test_the_shelves_of_a_shop_divide_it() -> None:
    found = divide_categories([("Shoes", 60), ("Shoes > Boots", 30), ("Kitchen", 40), ("Toys", 1)])
    assert found is not None
    assert found.options == ("Shoes", "Kitchen", "Toys")
