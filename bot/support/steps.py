"""Whether a message answers what was asked for an order."""

from collections.abc import Callable

from bot.orders.returns import FAULTS
from bot.shopping import english as pointing
from bot.shopping.english import notices
from bot.shopping.state import ShoppingState
from bot.support import (
    choices,
    english,
    english_identity,
    english_pictures,
    english_requests,
    english_returns,
    exchanges,
)
from bot.support.english_address import recipient
from bot.support.task import Task
from catalog.orders import order_key, order_numbers
from recommender.query.words import keys

_GENERIC = frozenset({"provide_order_details", "affirm", "deny", "nlu_fallback", "out_of_scope"})
"""What an answer to a question is taken for, where it sounds like nothing else."""


def _names_an_order(text: str, task: Task) -> bool:
    return bool(order_numbers(text))


def _is_an_address(text: str, task: Task) -> bool:
    return notices.email(text) is not None


def _chooses_an_order(text: str, task: Task) -> bool:
    is_place = pointing.position(text) is not None
    return _names_an_order(text, task) or english.means_the_latest(text) or is_place


def _is_a_code(text: str, task: Task) -> bool:
    is_about_it = english_identity.speaks_of_a_code(text)
    return english.code(text) is not None or is_about_it or english.wants_another_code(text)


def _is_yes_or_no(text: str, task: Task) -> bool:
    is_question = text.rstrip().endswith("?")  # "wait, what does it cost?" is no no
    if task.act == "change_address" and (_may_be_a_place(text, task) or recipient(text)):
        return True
    if task.act == "return_order" and english_returns.remedy(text) is not None:
        return not is_question  # the other one, after all
    return not is_question and (english.begins_with_yes(text) or english.says_no(text))


def _has_a_bare_number(text: str) -> bool:
    numbers = order_numbers(text)
    return "#" not in text and bool(numbers) and all(map(str.isdigit, numbers))


def _may_be_a_place(text: str, task: Task) -> bool:
    return any(map(str.isdigit, text)) and len(text.split()) > 2


def _names_a_line(text: str, task: Task) -> bool:
    offered = choices.from_detail(task.details.get("choices", ""))
    return bool(choices.meant(text, offered))


def _chooses_a_remedy(text: str, task: Task) -> bool:
    return english_returns.remedy(text) is not None or english_returns.gives_it_back(text)


def _is_a_reason(text: str, task: Task) -> bool:
    return english_returns.gives_a_reason(text) or english_returns.wants_an_exchange(text)


def _chooses_a_version(text: str, task: Task) -> bool:
    return bool(exchanges.fitting(task, text)) or english_returns.asks_what_there_is(text)


def _answers_about_a_picture(text: str, task: Task) -> bool:
    return english_pictures.answers(text) or english_returns.remedy(text) is not None


def _is_among_the_ways(text: str, task: Task) -> bool:
    return text.strip().casefold() in (way.casefold() for way in task.ways)


_FITS: dict[str, Callable[[str, Task], bool]] = {
    "address": _may_be_a_place,
    "number": _names_an_order,
    "email": _is_an_address,
    "code": _is_a_code,
    "order": _chooses_an_order,
    "confirm": _is_yes_or_no,
    "items": _names_a_line,
    "quantity": lambda text, task: english_returns.how_many(text, 1) is not None,
    "reason": _is_a_reason,
    "condition": lambda text, task: english_returns.says_unused(text) is not None,
    "version": _chooses_a_version,
    "remedy": _chooses_a_remedy,
    "picture": _answers_about_a_picture,
}
"""By step. Of one that is not here, `comment`, only the intent tells."""
_OF_A_RETURN = frozenset(
    {"items", "quantity", "reason", "condition", "version", "remedy", "picture"}
)
"""What a question there is about is not known by its intent: "how long does it take?"."""
_OF_RETURNS = frozenset({"refund_status", "return_order"})
_OF_ORDERS = _OF_RETURNS | {"complaint", "invoice", "order_status", "thanks"}
"""After these, the order that was spoken of is still in mind."""
_FEW_WORDS = 3
_TAKEN_FOR = frozenset(
    {
        "add_to_cart", "compare", "complements", "product_details", "refine_search",
        "remove_from_cart", "show_more", "similar", "undo", "why_this",
    }
)  # fmt: skip
"""What a few words are taken for that say nothing of products: "purple", "both"."""
_NO_QUESTIONS = frozenset(
    {
        "add_to_cart", "checkout", "complaint", "insult", "refine_search", "search_products",
        "talk_to_person", "view_cart", "view_saved",
    }
)  # fmt: skip
"""What a customer wants at once, whatever was asked."""
_SHOPPING = frozenset({"search_products", "refine_search"})
_BEFORE_AN_ORDER = frozenset({"number", "email", "code", "order"})
_PEOPLE = frozenset({"talk_to_person"})
_OPINIONS = frozenset({"complaint", "insult", "thanks"})
_OF_ONE = _OF_A_RETURN | {"confirm"}
"""What is asked there is asked about one order."""
WHO = frozenset({"number", "email", "code"})
"""While somebody says who they are, any detail is an answer."""


def other_act(text: str, task: Task) -> str | None:
    """What else is wanted with an order that is named: "cancel A1003" where its status was asked
    for, or where another one was to be cancelled."""
    numbers = order_numbers(text)
    named = english_requests.act_named(text) if numbers else None
    if named is None and task.step == "confirm" and task.act != "change_address":
        # "no, A1038"
        named = task.act if any(map(str.isalpha, "".join(numbers))) else None
    if named != task.act or task.step not in _OF_ONE:
        return None if named == task.act else named
    return None if order_key(task.number) in numbers else named


def order_spoken_of(shopping: ShoppingState) -> str:
    """The number of the order that "it" is part of; empty where the talk has moved on."""
    return shopping.order if _OF_ORDERS & set(shopping.act) else ""


def of_a_return(text: str, task: Task | None, shopping: ShoppingState) -> str | None:
    """The act for what is said of something that came, or that goes back already."""
    if english_returns.follows_a_return(text):
        return "refund_status"
    if english_returns.cancels_a_return(text) and (task is None or task.act != "return_order"):
        return "refund_status"
    if task is not None:
        return None
    is_named = bool(order_numbers(text))
    if is_named and english_requests.act_named(text) == "return_order":
        return "return_order"
    if not is_named and not order_spoken_of(shopping):
        return None
    if _OF_RETURNS & set(shopping.act) and english_returns.asks_how_to_send(text):
        return "return_order"
    is_fault = english_returns.return_reason(text) in FAULTS and english_returns.reports(text)
    return "return_order" if is_fault else None


def asks_in_between(text: str, intent: str, task: Task) -> bool:
    """Whether it is a question to the help pages, while something is sent back."""
    is_of_it = task.step in _OF_A_RETURN or (task.act == "return_order" and task.step == "confirm")
    if not is_of_it or intent in _NO_QUESTIONS or not english_returns.asks(text):
        return False
    if task.step == "version" and english_returns.asks_what_there_is(text):
        return False
    return task.step != "reason" or not english_returns.gives_a_reason(text)


def _says_too_little(text: str, intent: str) -> bool:
    """Whether a few words that fit no step are still nothing else: "both", where one is asked."""
    is_short = len(text.split()) <= _FEW_WORDS and not english_returns.asks(text)
    return english_returns.says_nothing(text) or (is_short and intent in _TAKEN_FOR)


def has_no_known_word(text: str, task: Task, knows: Callable[[str], bool]) -> bool:
    """Whether something is said while a return is asked about that nobody could want: "qwerty"."""
    found = [word for word in keys(text) if word.isalpha()]
    return task.step in _OF_A_RETURN and bool(found) and not any(map(knows, found))


def answers(text: str, intent: str, task: Task) -> bool:
    """Whether the message goes on with the task.

    Args:
        intent: as the classifier has it; `nlu_fallback` where it is unsure.
    """
    if _is_among_the_ways(text, task) or english.leaves(text):
        return True
    if task.step == "list":  # nothing was asked
        return _names_an_order(text, task)
    if intent not in _PEOPLE and english_identity.reaction(text, task.step):
        return True
    if (
        intent in _SHOPPING
        and _has_a_bare_number(text)
        and task.step in _BEFORE_AN_ORDER
        and not english_identity.is_bare_code(text)
    ):
        return False  # "tents under 300"
    if task.step in WHO and (_names_an_order(text, task) or _is_an_address(text, task)):
        return True
    if task.act == "return_order" and english_returns.cancels_a_return(text):
        return True
    if asks_in_between(text, intent, task):
        return False
    if task.step in _OF_A_RETURN and _says_too_little(text, intent):
        return True
    fits = _FITS.get(task.step)
    if fits is not None and fits(text, task):
        return True
    if task.step == "comment" and intent in _OPINIONS:
        return True
    return intent in _GENERIC or intent == task.act
