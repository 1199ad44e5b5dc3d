"""Search results as an answer: a sentence that is true, cards, and quick replies that lead on."""

from collections.abc import Sequence
from decimal import Decimal

from bot.actions import sentences
from bot.actions.reply import Answer, Reply
from bot.shopping.state import SLOT, ShoppingState
from catalog.models import Variant
from recommender.candidates import MATCHES, MEANT
from recommender.offer import Offer, SearchResponse
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.words import keys
from recommender.search import SearchEngine

PAGE = 6
CENT = Decimal("0.01")
_CLOSEST = 3
_MOST_QUICK_REPLIES = 4

STARTERS = ("Show me your products", "What is your return policy?", "Where is my order?")


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
        text = sentences.relaxed(response.relaxed, response.nearest, state.query, currency)
    elif (near := relevance(response)) < MEANT:
        text = sentences.unsure(state.query, currency)
        return cards(text, offers[:_CLOSEST], state, STARTERS)
    elif near < MATCHES or not _names_it(state, offers):
        text = sentences.closest(state.query, currency)
    else:
        text = sentences.found(len(offers), state.query, currency)
    return cards(text, offers, state, ways_on(search, response, state))


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


def relevance(response: SearchResponse) -> float:
    """How near the nearest product is, 0 to 1, before the reranker, whose scores are relative.

    Words that name a category of the catalogue, or only constraints, leave no doubt.
    """
    query = response.understood
    return 1.0 if not query.text or query.filters.category else response.similarity


def is_meant(search: SearchEngine, state: ShoppingState) -> bool:
    """Whether the words can have been meant as a search of this shop at all."""
    if not state.has_search:
        return False
    return relevance(search.search(state.query, k=1, rerank=False)) >= MEANT


def _names_it(state: ShoppingState, offers: Sequence[Offer]) -> bool:
    """Whether what is looked for is a word of one of the best products: is a sofa among them?

    Only then are they called matches. In English the last word says what the thing is.
    """
    words = keys(state.text)
    if not words or state.filters.category:
        return True
    thing = ENGLISH.singular(words[-1])
    return any(
        thing in {ENGLISH.singular(word) for word in keys(f"{each.title} {each.category}")}
        for each in offers[:_CLOSEST]
    )


def currency_of(offers: Sequence[Offer | Variant]) -> str:
    return next((offer.currency for offer in offers if offer.currency), "")


def _any_below(search: SearchEngine, state: ShoppingState, price: Decimal) -> bool:
    filters = state.filters.merged_with(Constraints(price_max=price - CENT))
    response = search.search(ParsedQuery("", filters), k=1, rerank=False)
    return bool(response.results) and not response.relaxed


def ways_on(
    search: SearchEngine, response: SearchResponse, state: ShoppingState
) -> tuple[str, ...]:
    """Short sentences that narrow or widen this result, each to something that exists."""
    offers = response.results[:PAGE]
    ways = []
    if len(response.results) > PAGE:
        ways.append("Show more")
    prices = [offer.price for offer in offers if offer.price is not None]
    if prices and _any_below(search, state, min(prices)):
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
