"""Where a turn goes, when what was said before decides it and not the intent alone."""

from dataclasses import replace

from bot.actions import taps, tasks
from bot.actions.cart import lists
from bot.actions.context import ActionContext
from bot.actions.searching import chips
from bot.actions.turn import Turn
from bot.shopping import edits, english, matching, options, references
from bot.shopping.english import bundles, gifts, notices, set_changes, vouchers
from bot.shopping.question import Question
from bot.support import english_identity
from bot.support.steps import asks_in_between, has_no_known_word, of_a_return, other_act
from catalog.products import find_variants

_TAKES = frozenset({"affirm"})
_REFINE = "refine_search"
_DETAILS = "product_details"
_SET = "bundle"
_GIFT = "gift"
_VOUCHER = "voucher"
_SOUNDS_LIKE_A_CHANGE = frozenset({"search_products", "product_details"})
_MAYBE_A_COMPARISON = frozenset({"fallback", "search_products"})
"""What "compare the … with the …" is taken for, where the names are long."""
_NO_ANSWERS = frozenset(
    {
        "add_to_cart", "complements", "notify_me", "remove_from_cart", "save_product", "similar",
        "undo", "view_cart", "why_this",
    }
)  # fmt: skip
"""What is a request of its own, though it names a product: it answers no question which."""
_TELLS_OF_A_GIFT = frozenset({_GIFT, _REFINE, "search_products", "nlu_fallback"})
"""What an answer in the customer's own words is taken for: "he loves hiking"."""


def route(context: ActionContext, turn: Turn, name: str) -> tuple[str, Turn]:
    """The act for this turn, and the turn as that act should see it."""
    if turn.task is not None and turn.goes_on:  # begun by the conversation itself
        return turn.task.act, turn
    if (of_return := of_a_return(turn.text, turn.task, turn.shopping)) is not None:
        return of_return, replace(turn, task=None)
    if turn.task is not None:
        if (other := other_act(turn.text, turn.task)) is not None:
            return other, turn
        if (left := tasks.left_behind(turn)) is not None:
            return "answer_policy" if name == _VOUCHER else name, left
        if (goes_on := tasks.continued(turn)) is not None:
            return turn.task.act, goes_on
        if asks_in_between(turn.text, turn.intent, turn.task):
            return "answer_policy", turn
        is_no_word = has_no_known_word(turn.text, turn.task, context.search.knows)
        if is_no_word or (
            tasks.is_stray(turn) and not context.search.understand(turn.text).filters
        ):
            return turn.task.act, replace(turn, goes_on=True)
    if chips.removed(context.voice, turn.text, turn.shopping.query) is not None:
        return _REFINE, turn
    if turn.question is not None and (answered := _answer(context, turn, turn.question)):
        return turn.question.act, answered
    if (tapped := taps.act_of(context.voice, turn.text)) is not None:
        return tapped, turn
    # Without any, mails that shall stop may be the newsletter's.
    if notices.cancels(turn.text) and (turn.shopping.notices or name != "answer_policy"):
        return "notify_me", turn
    if _changes_the_set(turn):
        return _SET, turn
    if name == _VOUCHER and english_identity.asks_for_a_code(turn.text):
        return "order_status", turn
    name = _by_the_state(context, turn, lists.act_of(name, turn.text))
    if name == _REFINE and turn.shopping.focus and english.asks_whether(turn.text):
        return _DETAILS, turn
    return (_REFINE if _changes_the_search(context, turn, name) else name), turn


def _changes_the_set(turn: Turn) -> bool:
    """Whether several things wanted together are meant: "make it 500", "a cheaper tent"."""
    state = turn.shopping
    if not state.wanted_set:
        return False
    changed = set_changes.change(turn.text, state.wanted_set.words)
    if changed is not None and changed.kind == "drop" and state.cart:
        return False  # "remove the desk" is about the cart
    # An amount alone, or one thing more, may be about whatever was spoken of last.
    return changed is not None and (changed.place is not None or state.act == (_SET,))


def _by_the_state(context: ActionContext, turn: Turn, name: str) -> str:
    """The act that can be meant, where another needs what is not there: a cart, or two things."""
    state, text = turn.shopping, turn.text
    another = _REFINE if state.has_search else "search_products"
    if name in _MAYBE_A_COMPARISON and english.begins_a_comparison(text):
        return "compare"
    if name == "start_over" and state.cart and english.empties(text):
        return "remove_from_cart"
    if name == "change_cart" and not state.cart and state.has_search:
        return another
    if name != _SET or english.has_plural_pronoun(text):
        return name
    one = len(bundles.things(text)) < 2
    if one or edits.contradiction(text, context.search.understand) is not None:
        named = context.search.understand(text).filters.category
        return "search_products" if named else another
    return name


def _changes_the_search(context: ActionContext, turn: Turn, name: str) -> bool:
    """Whether the search before is meant, though it sounds like another one or like a question of
    one product: "do you have wireless ones?", "do you have it in black?" of six lamps."""
    state = turn.shopping
    if not state.has_search or name not in _SOUNDS_LIKE_A_CHANGE:
        return False
    if name == "search_products":
        named = context.search.understand(turn.text).filters.category
        return not named and english.means_those(turn.text)
    if len(state.shown) < 2 or english.position(turn.text) is not None:
        return False
    filters = context.search.understand(turn.text).filters
    told = bool(filters.color or filters.material or filters.gender)
    is_one = english.points_by_description(turn.text) and not english.has_pronoun(turn.text)
    if is_one and _fits_none(context, turn, told=told):
        return True
    asked = told or bool(filters.size)
    return asked and state.focus is None and english.asks_for_them_in(turn.text)


def _fits_none(context: ActionContext, turn: Turn, *, told: bool) -> bool:
    """Whether one is meant by what nothing of the conversation has: "what about the glass one?" of
    steel kettles. `told`: whether by a colour, a material or whom it is for."""
    without_focus, understand = replace(turn.shopping, focus=None), context.search.understand
    with context.sessions() as session:
        known = find_variants(session, turn.shopping.known)
        found = references.resolve(turn.text, without_focus, known, understand)
    # Of "the handle on the blue one" a handle is asked about, and no other one is looked for.
    kind = bool(found.unknown) and f"{found.unknown} one".lower() in turn.text.lower()
    return (told or kind) and found == references.Reference(unknown=found.unknown)


def _answer(context: ActionContext, turn: Turn, question: Question) -> Turn | None:
    """The turn with the open question answered; None if the message is about something else."""
    if question.kind == "which":
        is_of_its_own = english.names_an_act(turn.text) or turn.intent in _NO_ANSWERS
        if is_of_its_own and turn.intent != question.act:
            return None
        with context.sessions() as session:
            products = find_variants(session, question.options)
            # Among the products of the question, "the second one" is its second.
            asked = replace(turn.shopping, shown=question.options, focus=None)
            understand = context.search.understand
            found = references.resolve(turn.text, asked, products, understand).variant
            # "The cheaper one" answers; "like the first but in red" is another request.
            if found is None or len(matching.left_unsaid(turn.text, found)) > 1:
                return None
            return replace(turn, text=question.text, chosen=found.id)
    if question.kind == "choose":
        chosen = options.chosen(turn.text, question.options)
        if chosen is None and question.act == _GIFT:
            tells = turn.intent in _TELLS_OF_A_GIFT or gifts.tells_what_they_like(turn.text)
            return turn if tells else None
        return replace(turn, text=chosen) if chosen is not None else None
    if question.kind == "email":
        return turn if notices.email(turn.text) is not None else None
    if question.kind == "code":
        is_code = vouchers.only_code(turn.text) is not None
        return replace(turn, question=question) if is_code else None
    if turn.intent in _TAKES and question.kind == "offer":
        return replace(turn, text=question.text)
    return None
