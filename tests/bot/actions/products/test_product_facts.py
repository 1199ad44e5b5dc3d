import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.products import product_facts
from bot.settings import Settings
from bot.voice.shop import DEFAULT
from bot.voice.voice import Voice
from catalog.models import Variant
from recommender.query.constraints import Constraints, ParsedQuery

VOICE = Voice.load(Settings(voice=DEFAULT))


def told(
    shop: sessionmaker[Session], question: str, id: str = "runner-red-9", **filters: object
) -> str:
    with shop() as session:
        variant = session.get_one(Variant, id)
        parsed = ParsedQuery("", Constraints(**filters))  # type: ignore[arg-type]
        return product_facts.answer(VOICE, question, parsed, variant)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how much is it?", "It costs $80.00. Its versions cost from $80.00 to $85.00."),
        ("is it in stock?", "It is in stock (red in size 9): 4 left."),
        ("what colours does it come in", "colours: red and blue"),
        ("which sizes", "sizes: 9 and 10"),
        ("what is it made of", "made of mesh"),
        ("who makes it", "made by Heron"),
        ("is it waterproof?", "The upper is waterproof."),
        ("what does it weigh", "Weight: 240 g."),
    ],
)
def test_the_catalogue_answers(shop: sessionmaker[Session], question: str, fact: str) -> None:
    assert fact in told(shop, question)


def test_what_the_catalogue_does_not_say_is_not_invented(shop: sessionmaker[Session]) -> None:
    assert "doesn't say" in told(shop, "does it have bluetooth?")


def test_unknown_stock_is_not_none(shop: sessionmaker[Session]) -> None:
    assert "doesn't say how many" in told(shop, "is it in stock?", "boot")


def test_a_version_is_looked_for_among_all(shop: sessionmaker[Session]) -> None:
    assert "Yes, it comes in blue" in told(shop, "does it come in blue?", color=("blue",))
    assert "No, it doesn't come in pink" in told(shop, "does it come in pink?", color=("pink",))
    assert "out of stock" in told(
        shop, "do you have it in blue, size 9?", color=("blue",), size=("9",)
    )


def test_the_price_of_a_size_is_that_of_its_version(shop: sessionmaker[Session]) -> None:
    answer = told(shop, "how much does it cost in size 10?", size=("10",))
    assert "Yes, it comes in size 10. It costs $85.00." in answer


def test_of_a_size_the_version_in_the_colour_shown_is_told(shop: sessionmaker[Session]) -> None:
    blue = told(shop, "do you have size 9?", "runner-blue-10", size=("9",))
    assert "out of stock at the moment (blue in size 9)" in blue
    assert "in stock (red in size 9): 4 left" in told(shop, "do you have size 9?", size=("9",))
