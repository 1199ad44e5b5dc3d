"""Search results as an answer: a sentence that is true, cards, and quick replies that lead on."""

from collections.abc import Sequence
from decimal import Decimal

from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.searching import clarifying, sentences
from bot.actions.searching.chips import chips
from bot.shopping import english
from bot.shopping.state import ShoppingState
from bot.voice.values import Either
from bot.voice.voice import Voice
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
_MOST_MISSING = 2
"""More unknown words are a manner of speaking, not names."""


def look_up(search: SearchEngine, state: ShoppingState) -> SearchResponse:
    """One page and one more result, which tells whether there is another page."""
    return search.search(state.query, k=PAGE + 1, exclude=state.seen)


def show(context: ActionContext, state: ShoppingState) -> Answer:
    """The first page of a search."""
    return present(context, state, look_up(context.search, state))


def present(context: ActionContext, state: ShoppingState, response: SearchResponse) -> Answer:
    """What was found, with what had to be left out, or that nothing fits."""
    voice = context.voice
    offers, currency = response.results[:PAGE], currency_of(response.results)
    if not offers:
        return nothing_found(context)
    missing = _missing_words(context.search, state, offers)
    if response.relaxed:
        relaxed, nearest = response.relaxed, response.nearest
        text = sentences.relaxed(voice, relaxed, nearest, state.query, currency)
    elif (near := relevance(response)) < MEANT or (
        near < MATCHES and _names_nothing(state, offers)
    ):
        text = sentences.unsure(voice, state.query, currency)
        return cards(context, text, offers[:_CLOSEST], state, sentences.starters(voice))
    elif near < MATCHES or missing or not _names_it(state, offers):
        text = sentences.closest(voice, state.query, currency)
    else:
        text = sentences.found(voice, len(offers), state.query, currency)
        shown = cards(context, text, offers, state, ways_on(context, response, state))
        # What is only near need not be told apart.
        return clarifying.added(context, state, shown)
    if missing:
        text = f"{voice.say('none-mentions', words=Either(missing))} {text}"
    return cards(context, text, offers, state, ways_on(context, response, state))


def cards(
    context: ActionContext,
    text: str,
    offers: Sequence[Offer],
    state: ShoppingState,
    quick_replies: tuple[str, ...],
) -> Answer:
    """A page of cards, remembered as shown, and what was looked for as chips."""
    after = state.after_showing([offer.id for offer in offers])
    removable = chips(context.voice, state.query)
    reply = Reply(text, tuple(offers), quick_replies, removable, query=state.query.text)
    return Answer((reply,), after)


def _missing_words(
    search: SearchEngine, state: ShoppingState, offers: Sequence[Offer]
) -> tuple[str, ...]:
    """Words of the wish that the shop does not know, none of these products says, and the customer
    was not told of before."""
    said = {
        word for each in offers for word in keys(f"{each.title} {each.brand} {each.description}")
    }
    before = state.past[-1].text if state.past else ""
    words = dict.fromkeys(english.content_words(english.without(state.text, before.split())))
    unknown = [word for word in words if word.isalpha() and not search.knows(word)]
    missing = tuple(word for word in unknown if said.isdisjoint(keys(word)))
    return missing if len(missing) <= _MOST_MISSING else ()


def nothing_found(context: ActionContext) -> Answer:
    """Only an empty catalogue has nothing near; the customer hears it plainly."""
    search, voice = context.search, context.voice
    if not search.search(ParsedQuery("", Constraints()), k=1, rerank=False).results:
        return Answer((Reply(voice.say("empty-catalogue"), (), sentences.helpers(voice)),))
    return Answer((Reply(voice.say("not-understood"), (), sentences.starters(voice)),))


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
    return ENGLISH.singular(words[-1]) in _named_by(offers)


def _names_nothing(state: ShoppingState, offers: Sequence[Offer]) -> bool:
    """Whether the shop says no word of the wish of even the best: "coffee", of a lamp."""
    wanted = {ENGLISH.singular(word) for word in english.content_words(state.text)}
    said = " ".join(each.description for each in offers[:_CLOSEST])
    told = _named_by(offers) | {ENGLISH.singular(word) for word in keys(said)}
    return bool(wanted) and wanted.isdisjoint(told)


def _named_by(offers: Sequence[Offer]) -> set[str]:
    """The words of the best ones' titles and categories, in singular."""
    said = " ".join(f"{each.title} {each.category}" for each in offers[:_CLOSEST])
    return {ENGLISH.singular(word) for word in keys(said)}


def currency_of(offers: Sequence[Offer | Variant]) -> str:
    return next((offer.currency for offer in offers if offer.currency), "")


def _any_below(search: SearchEngine, state: ShoppingState, price: Decimal) -> bool:
    filters = state.filters.merged_with(Constraints(price_max=price - CENT))
    return search.any_pass(filters)


def ways_on(
    context: ActionContext, response: SearchResponse, state: ShoppingState
) -> tuple[str, ...]:
    """Short sentences that narrow or widen this result, each to something that exists."""
    offers, voice = response.results[:PAGE], context.voice
    ways = []
    if len(response.results) > PAGE:
        ways.append(voice.say("go-on-more"))
    prices = [offer.price for offer in offers if offer.price is not None]
    if prices and _any_below(context.search, state, min(prices)):
        ways.append(voice.say("go-on-cheaper"))
    if not state.filters.color:
        colors = [offer.color.lower() for offer in offers if offer.color]
        if len(set(colors)) > 1:
            ways.append(voice.say("go-on-color", color=max(sorted(set(colors)), key=colors.count)))
    if len({offer.in_stock for offer in offers}) > 1 and any(offer.in_stock for offer in offers):
        ways.append(voice.say("go-on-stock"))
    if len(offers) > 1:
        ways.append(voice.say("go-on-first"))
    return tuple(ways[:_MOST_QUICK_REPLIES])


def wider(voice: Voice, state: ShoppingState) -> tuple[str, ...]:
    """Sentences that take one constraint back, where there is one."""
    filters = state.filters
    ways = []
    if filters.price_min is not None or filters.price_max is not None:
        ways.append(voice.say("any-price"))
    if filters.color:
        ways.append(voice.say("any-color"))
    if filters.size:
        ways.append(voice.say("any-size"))
    if filters.brand:
        ways.append(voice.say("any-brand"))
    return tuple(ways[:_MOST_QUICK_REPLIES]) or sentences.starters(voice)
