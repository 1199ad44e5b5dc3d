from dataclasses import replace
from decimal import Decimal

from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.searching import results
from bot.shopping.state import ShoppingState
from recommender.filtering.nearest import Nearest
from recommender.query.constraints import Constraints, ParsedQuery
from tests.bot.conftest import ScriptedSearch, offer


def shown(context: ActionContext, state: ShoppingState) -> Answer:
    return results.show(context, state)


KETTLES = ShoppingState(text="kettles", filters=Constraints(category=("Kitchen > Kettles",)))


def test_the_count_is_the_number_of_cards(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer(str(number)) for number in range(3)]
    (reply,) = shown(context, KETTLES).replies
    assert reply.text == "Here are 3 kettles:"
    assert [each.id for each in reply.offers] == ["0", "1", "2"]


def test_what_the_category_does_not_say_is_not_claimed(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("a"), offer("b")]
    state = ShoppingState("waterproof kettles", KETTLES.filters)
    assert shown(context, state).replies[0].text == "Here are 2 matches for “waterproof kettles”:"


def test_more_is_offered_only_if_there_is_more(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer(str(number)) for number in range(results.PAGE)]
    assert "Show more" not in shown(context, KETTLES).replies[0].quick_replies
    search.offers.append(offer("one more"))
    (reply,) = shown(context, KETTLES).replies
    assert "Show more" in reply.quick_replies
    assert len(reply.offers) == results.PAGE


def test_cheaper_is_offered_only_if_something_is(
    context: ActionContext, search: ScriptedSearch
) -> None:
    search.offers = [offer("a", "30"), offer("b", "40")]
    assert "Cheaper" not in shown(context, KETTLES).replies[0].quick_replies
    dear = [offer(str(number), "50") for number in range(results.PAGE)]
    search.offers = [*dear, offer("cheap", "20")]
    assert "Cheaper" in shown(context, KETTLES).replies[0].quick_replies


def test_a_dropped_constraint_is_named(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers, search.relaxed = [offer("a", "15")], ("color", "price_max")
    state = ShoppingState("kettles", Constraints(color=("red",), price_max=Decimal(20)))
    (reply,) = shown(context, state).replies
    assert "in red under $20" in reply.text
    assert "Leaving out the colour and the price limit" in reply.text


def test_far_results_are_not_called_matches(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer(str(number), score=0.1) for number in range(6)]
    (reply,) = shown(context, ShoppingState(text="asdfgh")).replies
    assert "not sure" in reply.text
    assert len(reply.offers) < 6
    search.offers = [offer("a", score=0.4)]
    assert "closest" in shown(context, ShoppingState(text="umbrella")).replies[0].text


def test_an_empty_catalogue_is_said(context: ActionContext, search: ScriptedSearch) -> None:
    answer = shown(context, KETTLES)
    assert "no products" in answer.replies[0].text
    assert answer.state is None


def test_what_was_shown_is_remembered(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("a"), offer("b")]
    answer = shown(context, KETTLES)
    state = answer.state
    assert state is not None
    assert state.query == ParsedQuery("kettles", KETTLES.filters)
    assert state.shown == ("a", "b")


def test_the_nearest_is_named(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers, search.relaxed = [offer("a", "54")], ("price_max",)
    search.nearest = (Nearest("price_max", Decimal(40), Decimal(54)),)
    state = ShoppingState("kettles", replace(KETTLES.filters, price_max=Decimal(40)))
    # The scripted search obeys the limit, as the real one does until it is relaxed.
    query = search.search(replace(state, filters=KETTLES.filters).query)
    (reply,) = results.present(context, state, query).replies
    assert reply.text == "I have nothing for kettles under $40; the least is $54:"


def test_what_is_not_wanted_is_repeated(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("a"), offer("b")]
    filters = replace(
        KETTLES.filters, not_brand=("Orbo",), not_words=("whistle",), rating_min=Decimal(4)
    )
    (reply,) = shown(context, ShoppingState("kettles", filters)).replies
    assert reply.text == ("Here are 2 kettles with at least 4 stars but not by Orbo or “whistle”:")


def test_an_order_is_said(context: ActionContext, search: ScriptedSearch) -> None:
    search.offers = [offer("a"), offer("b")]
    state = ShoppingState("kettles", replace(KETTLES.filters, sort="price"))
    assert shown(context, state).replies[0].text == "Here are 2 kettles, the cheapest first:"
