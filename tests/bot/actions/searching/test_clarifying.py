from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.searching import clarifying
from bot.actions.searching.clarifying import MOST_QUESTIONS
from bot.shopping.state import ShoppingState
from catalog.models import Product, Variant
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer

MANY = 16
SHOES = ShoppingState(text="shoes", filters=Constraints(category=("Shoes",)))


@pytest.fixture(autouse=True)
def shoes(shop: sessionmaker[Session], search: ScriptedSearch) -> None:
    """As many for men as for women."""
    search.offers = [offer(f"s{n}") for n in range(MANY)]
    for gender in ("men", "women"):
        found = ParsedQuery("", Constraints(gender=(gender,)))
        search.understood[f"For {gender}"] = found
    with shop.begin() as session:
        session.add_all(
            Product(
                id=f"s{n}",
                title=f"Shoe {n}",
                category="Shoes",
                gender=("men", "women")[n % 2],
                variants=[Variant(id=f"s{n}")],
            )
            for n in range(MANY)
        )


def added(context: ActionContext, search: ScriptedSearch, state: ShoppingState) -> Answer:
    shown = Answer((Reply("Here:", tuple(search.offers[:6]), ("Show more",)),), state)
    return clarifying.added(context, state, shown)


def test_a_broad_wish_is_asked_about_under_its_cards(
    context: ActionContext, search: ScriptedSearch
) -> None:
    answer = added(context, search, SHOES)
    cards, question = answer.replies
    assert cards.quick_replies == ()
    assert question.quick_replies == ("For men", "For women", "Show more")
    assert answer.state is not None
    assert answer.state.asked == 1
    assert answer.state.question is not None
    assert answer.state.question.options == ("For men", "For women")


@pytest.mark.parametrize(
    "state",
    [
        replace(SHOES, asked=MOST_QUESTIONS),
        replace(SHOES, filters=Constraints(category=("Shoes",), color=("red",))),
        replace(SHOES, filters=Constraints(category=("Shoes",), gender=("men",))),
    ],
)
def test_who_has_said_enough_is_not_asked(
    context: ActionContext, search: ScriptedSearch, state: ShoppingState
) -> None:
    assert len(added(context, search, state).replies) == 1


def test_a_few_matches_need_no_question(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = search.offers[:7]
    assert len(added(context, search, SHOES).replies) == 1


def test_things_of_other_kinds_than_those_shown_do_not_count(
    context: ActionContext, search: ScriptedSearch
) -> None:
    near = search.offers[:6]
    search.offers = [*near, *(offer(f"s{n}", category="Desks") for n in range(6, MANY))]
    assert len(added(context, search, ShoppingState(text="shoes")).replies) == 1


def test_an_answer_that_the_search_would_not_understand_is_not_offered(
    context: ActionContext, search: ScriptedSearch
) -> None:
    del search.understood["For men"]
    assert len(added(context, search, SHOES).replies) == 1
