"""An order's number and an address are found by their shape, wherever they stand."""

import pytest

from bot.shopping.english import notices
from catalog.orders import order_numbers


@pytest.mark.parametrize(
    ("text", "numbers", "email"),
    [
        ("A1001", ["A1001"], None),
        ("#a1001 jane@example.com", ["A1001"], "jane@example.com"),
        ("jane1001@example.com", [], "jane1001@example.com"),
        (
            "my mail is k.jones+shop@mail.example.co.uk, thanks",
            [],
            "k.jones+shop@mail.example.co.uk",
        ),
        ("order ORD-20391 please", ["ORD20391"], None),
        ("shoes under $1000", [], None),
        ("size 42", [], None),
        ("running shoes", [], None),
    ],
)
def test_details_are_found_by_their_shape(text: str, numbers: list[str], email: str | None) -> None:
    assert order_numbers(text) == numbers
    assert notices.email(text) == email
