import pytest

from bot.support.steps import answers
from bot.support.task import Task

TASK = Task("cancel_order", "confirm", "Shall I?", ("Yes", "No"), "A1001", "", {"lines": "1"})
_CHOICES = {
    "choices": "0\tCairn Boots, brown\tboot\tbrown\tcairn\n1\tAirthread, coral, M\tcoral\tm",
    "to black, S": "v1",
    "to burgundy, S": "v2",
}


def test_a_task_survives_its_slot() -> None:
    assert Task.from_slot(TASK.to_slot()) == TASK


@pytest.mark.parametrize("slot", [None, "x", [], {}, {"act": 1}])
def test_a_broken_slot_is_no_task(slot: object) -> None:
    assert Task.from_slot(slot) is None


@pytest.mark.parametrize(
    ("step", "text", "intent", "goes_on"),
    [
        ("confirm", "yes please", "search_products", True),
        ("confirm", "wait, what does cancelling cost?", "ask_policy", False),
        ("confirm", "show me tents", "search_products", False),
        ("code", "123 456", "search_products", True),
        ("code", "it's 123456", "refine_search", True),
        ("code", "I want a lamp", "search_products", False),
        ("number", "A1001", "search_products", True),
        ("number", "show me tents under 300", "search_products", False),
        ("number", "#1001", "search_products", True),
        ("number", "I don't know", "nlu_fallback", True),
        ("number", "what's your return policy", "ask_policy", False),
        ("email", "jane@example.com", "search_products", True),
        ("items", "all of it", "search_products", True),
        ("items", "the boots", "search_products", True),
        ("items", "medium", "refine_search", True),
        ("items", "show me tents", "search_products", False),
        ("items", "how long does it take?", "product_details", False),
        ("quantity", "just one", "refine_search", True),
        ("reason", "where do I send the return", "return_order", False),
        ("reason", "how long does it take?", "nlu_fallback", False),
        ("reason", "what if it's too small?", "nlu_fallback", False),
        ("reason", "x", "thanks", True),
        ("reason", "hjkl", "search_products", True),
        ("condition", "yes", "search_products", True),
        ("condition", "does it have to be unused?", "nlu_fallback", False),
        ("version", "S", "search_products", True),
        ("version", "purple", "refine_search", True),
        ("version", "what colours do you have?", "search_products", True),
        ("reason", "I want it in red instead", "refine_search", True),
        ("condition", "both", "product_details", True),
        ("condition", "add it to my cart", "add_to_cart", False),
        ("version", "what happens next?", "nlu_fallback", False),
        ("reason", "it's too small", "refine_search", True),
        ("address", "5 Elm St, Duluth, MN 55802", "nlu_fallback", True),
        ("order", "the last one", "product_details", True),
        ("confirm", "never mind", "goodbye", True),
    ],
)
def test_what_goes_on_with_it(step: str, text: str, intent: str, goes_on: bool) -> None:
    assert answers(text, intent, Task("cancel_order", step, details=_CHOICES)) is goes_on
