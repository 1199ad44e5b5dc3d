import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.context import ActionContext
from bot.actions.products import meant
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.shopping.state import ShoppingState
from tests.bot.conftest import ScriptedSearch, offer

ON_SCREEN = ShoppingState(text="shoes", shown=("runner-red-9", "runner-blue-10"))


def several(context: ActionContext, text: str, state: ShoppingState) -> list[str] | Answer:
    with context.sessions() as session:
        found = meant.several(context, session, Turn(text, state), "add_to_cart")
        return found if isinstance(found, Answer) else [each.id for each in found]


@pytest.fixture
def boot(search: ScriptedSearch) -> None:
    search.offers = [offer("boot", title="Fell Boot")]


@pytest.mark.usefixtures("boot")
def test_a_full_name_is_none_of_the_products_on_the_screen(context: ActionContext) -> None:
    assert several(context, "add the Fell Boot in red", ON_SCREEN) == ["boot"]


@pytest.mark.usefixtures("boot")
def test_a_full_name_stands_beside_one_on_the_screen(context: ActionContext) -> None:
    state = ShoppingState(shown=("runner-red-9",))
    assert several(context, "the Fell Boot and the Heron Runner", state) == ["boot", "runner-red-9"]


def test_what_is_not_shown_and_not_named_in_full_is_offered_to_look_for(
    context: ActionContext,
) -> None:
    answer = several(context, "add the kettle to my cart", ON_SCREEN)
    assert isinstance(answer, Answer)
    assert answer.state is not None
    assert answer.state.question is not None
    assert answer.state.question.act == "search_products"
    assert answer.state.question.text == "kettle"


def test_several_that_fit_are_asked_about_by_what_tells_them_apart(context: ActionContext) -> None:
    answer = several(context, "the Heron", ON_SCREEN)
    assert isinstance(answer, Answer)
    (reply,) = answer.replies
    assert reply.quick_replies == ("Heron Runner, red, 9", "Heron Runner, blue, 10")
    assert answer.state is not None
    assert answer.state.question is not None
    assert answer.state.question.options == ON_SCREEN.shown


def test_a_product_that_is_gone_is_told(
    context: ActionContext, shop: sessionmaker[Session]
) -> None:
    state = ShoppingState(shown=("no-such-thing", "boot"))
    answer = several(context, "the first one", state)
    assert isinstance(answer, Answer)
    assert "no longer" in answer.replies[0].text
