import pytest

from recommender.query import facets
from recommender.query.english import ENGLISH

COLORS = ("Red", "Crimson/White", "Navy", "navy blue", "Light Blue", "Golden Blue", "GREY", "Bored")


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("red", ("Red", "Crimson/White")),
        ("blue", ("Navy", "navy blue", "Light Blue", "Golden Blue")),
        ("navy", ("Navy", "navy blue")),
        ("navy blue", ("Navy", "navy blue")),
        ("light blue", ("Light Blue",)),
        ("gray", ("GREY",)),
        ("purple", ()),
    ],
)
def test_color_is_answered_by_its_shades(term: str, values: tuple[str, ...]) -> None:
    assert facets.colors(term, COLORS, ENGLISH) == values


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("red", ("Red",)),
        ("gray", ("GREY",)),
        ("grey", ("GREY",)),
        ("navy", ("Navy", "navy blue")),
        ("light blue", ("Light Blue",)),
        ("blue", ()),
    ],
)
def test_color_is_exact_in_either_spelling(term: str, values: tuple[str, ...]) -> None:
    assert tuple(c for c in COLORS if facets.is_color(term, c, ENGLISH)) == values


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("9", ("9", "US 9", "Size 9")),
        ("9.5", ("9.5",)),
        ("xl", ("XL", "X-Large", "Extra Large")),
        ("m", ("S/M",)),
        ("2xl", ("XXL",)),
        ("34x32", ("34 x 32",)),
    ],
)
def test_size_is_answered_however_it_is_written(term: str, values: tuple[str, ...]) -> None:
    sizes = (
        "9", "US 9", "Size 9", "9.5", "XL", "X-Large", "Extra Large", "S/M", "XXL", "34 x 32",
        "19",
    )  # fmt: skip

    assert facets.sizes(term, sizes, ENGLISH) == values


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("men", ("male", "Men's", "unisex")),
        ("women", ("female", "unisex")),
        ("girls", ("kids",)),
    ],
)
def test_gender_is_answered_by_whoever_it_suits(term: str, values: tuple[str, ...]) -> None:
    genders = ("male", "female", "Men's", "unisex", "kids")

    assert facets.genders(term, genders, ENGLISH) == values


def test_unisex_suits_a_child_where_everything_is_for_children() -> None:
    assert facets.genders("girls", ("boys", "girls", "unisex"), ENGLISH) == ("girls", "unisex")


def test_imitation_answers_only_those_who_ask_for_it() -> None:
    materials = ("Leather", "Full-grain leather", "Faux leather", "Leatherette")

    assert facets.materials("leather", materials, ENGLISH) == ("Leather", "Full-grain leather")
    assert facets.materials("faux leather", materials, ENGLISH) == ("Faux leather",)
