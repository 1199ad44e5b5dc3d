"""One short question where a wish is broad: the one whose answer tells the most."""

from collections.abc import Collection
from dataclasses import replace

from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.shopping.question import Question
from bot.shopping.state import ShoppingState
from bot.voice.voice import Voice
from catalog.products import SEPARATOR, find_variants
from recommender.division import Division, divisions
from recommender.query.english import ENGLISH

MOST_QUESTIONS = 2
"""For one search: it is no interrogation."""
_POOL = 60
_BROAD = 13
"""So many matches are more than two pages."""
_ACT = "refine_search"
_SAYS_LITTLE = frozenset({"category", "in_stock", "sort"})


def added(context: ActionContext, searched: ShoppingState, shown: Answer) -> Answer:
    """The answer with a question under its cards, where the search is broad."""
    found = _question(context, searched, {o.category for o in shown.replies[0].offers})
    if found is None or shown.state is None:
        return shown
    text, question = found
    (reply,) = shown.replies
    more = context.voice.say("go-on-more")
    ways = (*question.options, *(way for way in reply.quick_replies if way == more))
    state = replace(shown.state, question=question, asked=searched.asked + 1)
    return Answer((replace(reply, quick_replies=()), Reply(text, (), ways)), state)


def _question(
    context: ActionContext, state: ShoppingState, kinds: Collection[str]
) -> tuple[str, Question] | None:
    """What to ask, and the open question with the answers to offer; None if nothing helps."""
    said = set(state.filters.names()) - _SAYS_LITTLE
    if said or state.asked >= MOST_QUESTIONS:
        return None
    pool = context.search.search(state.query, k=_POOL, rerank=False)
    # Words that no category stands for fade out into other things.
    near = [e.id for e in pool.results if state.filters.category or e.category in kinds]
    if len(near) < _BROAD or pool.relaxed:
        return None
    with context.sessions() as session:
        variants = find_variants(session, near)
        found = divisions(variants, state.filters, ENGLISH)
    for division in found:
        answers = (_answer(context, state, division, value) for value in division.options)
        options = tuple(words for words in answers if words)
        if len(options) > 1:
            return _asked(context.voice, division), Question("choose", _ACT, "", options)
    return None


def _asked(voice: Voice, division: Division) -> str:
    if division.facet == "category":
        return voice.say("ask-kind")
    if division.facet == "gender":
        return voice.say("ask-gender")
    if division.facet == "material":
        return voice.say("ask-material")
    return voice.say("ask-color")


def _answer(context: ActionContext, state: ShoppingState, division: Division, value: str) -> str:
    """The words of an answer; empty unless the search understands them as what is meant."""
    voice = context.voice
    if division.facet == "gender":
        ways = [voice.say("for-gender", gender=value)]
    elif division.facet == "category":
        parent, _, kind = value.rpartition(SEPARATOR)
        # "Running" is nothing yet; "Running shoes" are.
        ways = [kind, f"{kind} {parent.rpartition(SEPARATOR)[2].lower()}"]
    else:
        ways = [voice.say("in-value", value=value)]
    known = getattr(state.filters, division.facet)
    understood = [getattr(context.search.understand(way).filters, division.facet) for way in ways]
    told = (way for way, meant in zip(ways, understood, strict=True) if meant and meant != known)
    return next(told, "")
