"""Search results as an answer: a sentence that is true, cards, and quick replies that lead on."""

from collections.abc import Sequence

from bot.actions import sentences
from bot.actions.reply import Answer, Reply
from bot.actions.shopping_state import SLOT, ShoppingState
from recommender.offer import Offer, SearchResponse
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.search import SearchEngine

PAGE = 6
_CLOSEST = 3
_MOST_QUICK_REPLIES = 4

# Under this relevance nothing shown is worth a promise; docs/decisions/0006-unsure-searches.md.
SURE = 0.2

STARTERS = ("Running shoes under $100", "What is your return policy?", "Where is my order?")


def look_up(search: SearchEngine, state: ShoppingState) -> SearchResponse:
    """One page and one more result, which tells whether there is another page."""
    return search.search(state.query, k=PAGE + 1, exclude=state.seen)


def show(search: SearchEngine, state: ShoppingState) -> Answer:
    """The first page of a search."""
    response = look_up(search, state)
    return present(search, state, response)


def present(search: SearchEngine, state: ShoppingState, response: SearchResponse) -> Answer:
    """What was found, with what had to be left out, or that nothing fits."""
    offers, currency = response.results[:PAGE], currency_of(response.results)
    if not offers:
        return nothing_found(search, state)
    if response.relaxed:
        text = sentences.relaxed(response.relaxed, state.query, currency)
    elif not is_sure(state, offers):
        offers = offers[:_CLOSEST]
        text = sentences.unsure(state.query, currency)
        return cards(text, offers, state, STARTERS)
    else:
        text = sentences.found(len(offers), state.query, currency)
    return cards(text, offers, state, ways_on(response, state))


def cards(
    text: str, offers: Sequence[Offer], state: ShoppingState, quick_replies: tuple[str, ...]
) -> Answer:
    """A page of cards, remembered as shown."""
    after = state.after_showing([offer.id for offer in offers])
    return Answer((Reply(text, tuple(offers), quick_replies),), {SLOT: after.to_slot()})


def nothing_found(search: SearchEngine, state: ShoppingState) -> Answer:
    """Only an empty catalogue has nothing near; the customer hears it plainly."""
    if not search.search(ParsedQuery("", Constraints()), k=1, rerank=False).results:
        return Answer((Reply(sentences.EMPTY_CATALOGUE, (), STARTERS[1:]),))
    return Answer((Reply(sentences.NOT_UNDERSTOOD, (), STARTERS),))


def is_sure(state: ShoppingState, offers: Sequence[Offer]) -> bool:
    """Whether the best offer is relevant. Constraints that are met are relevance enough."""
    return bool(state.filters) or max(offer.score for offer in offers) >= SURE


def currency_of(offers: Sequence[Offer]) -> str:
    return next((offer.currency for offer in offers if offer.currency), "")


def ways_on(response: SearchResponse, state: ShoppingState) -> tuple[str, ...]:
    """Short sentences that narrow or widen this result, each to something that exists."""
    offers = response.results[:PAGE]
    ways = []
    if len(response.results) > PAGE:
        ways.append("Show more")
    if len({offer.price for offer in offers if offer.price is not None}) > 1:
        ways.append("Cheaper")
    if not state.filters.color:
        colors = [offer.color.lower() for offer in offers if offer.color]
        if len(set(colors)) > 1:
            ways.append(f"In {max(sorted(set(colors)), key=colors.count)}")
    if len({offer.in_stock for offer in offers}) > 1 and any(offer.in_stock for offer in offers):
        ways.append("Only in stock")
    if len(offers) > 1:
        ways.append("Tell me more about the first one")
    return tuple(ways[:_MOST_QUICK_REPLIES])


def wider(state: ShoppingState) -> tuple[str, ...]:
    """Sentences that take one constraint back, where there is one."""
    filters = state.filters
    ways = []
    if filters.price_min is not None or filters.price_max is not None:
        ways.append("Any price")
    if filters.color:
        ways.append("Any colour")
    if filters.size:
        ways.append("Any size")
    if filters.brand:
        ways.append("Any brand")
    return tuple(ways[:_MOST_QUICK_REPLIES]) or STARTERS
