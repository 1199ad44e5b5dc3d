"""A simulated customer knows the product, not what the shop calls it, and talks like a person."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from bot.evaluation.catalogue import Catalogue
from bot.evaluation.customer import Customer
from bot.evaluation.facts import Fact, Memory, budget
from bot.evaluation.persona import Persona, misspelt
from bot.evaluation.simulation import MOST_TURNS
from tests.bot.evaluation.conftest import item


@pytest.fixture
def memory() -> Memory:
    return Memory(
        Catalogue(
            [
                item("a", title="Heron Running Shoes"),
                item("b", title="Fell Trail Runners", color="red", brand="Fell"),
                item("c", title="Mile Runners", price=Decimal("20")),
                item("d", title="Mile Pro", category="Shoes > Boots"),
                item("e", title="Cloud Hoodie", category="Clothing > Knitwear"),
                item("f", title="Zip Hoodie", category="Clothing > Knitwear", in_stock=False),
            ]
        )
    )


def customer(
    memory: Memory, persona: Persona, seed: int = 1, title: str = "Fell Trail"
) -> Customer:
    target = next(each for each in memory.targets() if each.title.startswith(title))
    return Customer(persona, target, memory, Random(seed))  # noqa: S311


def reply(*titles: str, text: str = "Here:", buttons: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "text": text,
        "products": [{"id": "hidden", "title": title} for title in titles],
        "buttons": [{"title": words, "payload": words} for words in buttons],
    }


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Heron", "running shoes"),
        ("Fell", "runners"),
        ("Mile Pro", "boots"),
        ("Cloud", "hoodie"),
    ],
)
def test_a_kind_is_what_people_would_call_it(memory: Memory, title: str, kind: str) -> None:
    target = next(each for each in memory.targets() if each.title.startswith(title))
    assert memory.kind(target) == kind


def test_nobody_comes_for_what_is_sold_out(memory: Memory) -> None:
    assert "Zip Hoodie" not in {target.title for target in memory.targets()}


def test_a_budget_buys_the_product_and_is_round() -> None:
    prices = [Decimal(price) for price in ("4.5", "49", "50", "189", "200", "1249")]
    assert [int(budget(price)) for price in prices] == [5, 50, 60, 190, 250, 1300]


@pytest.mark.parametrize("persona", list(Persona))
def test_the_name_is_never_said_and_everything_said_is_true_in_the_end(
    memory: Memory, persona: Persona
) -> None:
    for seed in range(40):
        shopper = customer(memory, persona, seed)
        said = [shopper.says([])]
        while len(said) < MOST_TURNS:
            said.append(shopper.says([reply("Heron Running Shoes", "Mile Runners")]))
        assert not any("Fell Trail" in words for words in said)
        assert shopper.required.is_met_by(shopper.target)


def test_the_first_message_says_what_kind_of_thing(memory: Memory) -> None:
    for seed in range(20):
        assert "runners" in customer(memory, Persona.CHATTY, seed).says([]).lower()


def test_a_change_of_mind_is_taken_back_in_the_next_turn(memory: Memory) -> None:
    shopper = customer(memory, Persona.CHANGING, seed=3)
    shopper.says([])
    shopper.says([reply("Heron Running Shoes")])
    assert not shopper.required.is_met_by(shopper.target)
    shopper.says([reply("Heron Running Shoes")])
    assert shopper.required.is_met_by(shopper.target)


def test_a_question_is_answered_with_what_is_true(memory: Memory) -> None:
    shopper = customer(memory, Persona.TERSE, seed=2)
    assert "red" not in shopper.says([])
    asked = reply(text="Which colour?", buttons=("In navy", "In red"))
    assert shopper.says([asked]) == "In red"
    assert shopper.stated["color"] == "red"


def test_half_a_truth_is_no_answer(memory: Memory) -> None:
    shopper = customer(memory, Persona.TERSE, seed=2)
    shopper.says([])
    asked = reply(text="Any material?", buttons=("In recycled mesh", "In mesh"))
    assert shopper.says([asked]) == "In mesh"


def test_a_product_is_known_by_its_card_alone(memory: Memory) -> None:
    shopper = customer(memory, Persona.TERSE)
    assert shopper.sees_it([reply("Mile Runners"), reply("Fell Trail Runners")])
    assert not shopper.sees_it([reply(text="Fell Trail Runners are gone")])


def test_the_same_seed_says_the_same(memory: Memory) -> None:
    one, two = (customer(memory, Persona.SPELLER, seed=5) for _ in range(2))
    assert [one.says([]) for _ in range(4)] == [two.says([]) for _ in range(4)]


def test_typing_errors_leave_numbers_and_short_words_alone() -> None:
    sentences = {misspelt("shoes in red under 100", Random(seed)) for seed in range(50)}  # noqa: S311
    assert len(sentences) > 5
    assert all(sentence.endswith(" 100") and " in red " in sentence for sentence in sentences)


def test_facts_are_what_the_catalogue_says(memory: Memory) -> None:
    target = next(each for each in memory.targets() if each.title == "Fell Trail Runners")
    facts = memory.facts(target)
    assert {Fact("color", "red"), Fact("brand", "Fell"), Fact("price_max", "90")} <= set(facts)
    assert Fact("says", "waterproof") in facts
