"""Products by what tests call them."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.evaluation.catalogue import Catalogue, UnknownProductError
from tests.bot.evaluation.conftest import item


def test_every_variant_is_read_with_what_its_product_says(shop: sessionmaker[Session]) -> None:
    with shop() as session:
        catalogue = Catalogue.read(session.get_bind())  # type: ignore[arg-type]
    runner = catalogue.items["runner-blue-10"]
    assert (runner.title, runner.color, runner.size, runner.in_stock) == (
        *("Heron Runner", "blue", "10"),
        True,
    )
    assert runner.is_in("Shoes")
    assert "wet roads" in runner.text
    assert "240 g" in runner.text


def test_a_name_may_say_colour_and_size() -> None:
    catalogue = Catalogue([item("a"), item("b", color="red"), item("c", color="red", size="10")])
    assert catalogue.named("Heron Runner") == {"a", "b", "c"}
    assert catalogue.named("Heron Runner, red") == {"b", "c"}
    assert catalogue.named("Heron Runner, red, 10") == {"c"}
    with pytest.raises(UnknownProductError):
        catalogue.named("Heron Runner, pink")


def test_a_title_may_have_commas() -> None:
    assert Catalogue([item("a", title="Pan, Pot, and Lid")]).named("Pan, Pot, and Lid") == {"a"}


def test_a_card_is_of_the_latest_page_or_of_its_turn(catalogue: Catalogue) -> None:
    pages = [["boot"], ["runner", "boot"], []]
    assert catalogue.meant("card 1", pages) == {"runner"}
    assert catalogue.meant("card 1 of turn 1", pages) == {"boot"}
    with pytest.raises(UnknownProductError, match="only 0 cards"):
        catalogue.meant("card 1 of turn 3", pages)
