import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.orders import order_key, order_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("#A-1001", ["A1001"]),
        ("a 1001", ["A1001"]),
        ("order no. A1001, please", ["A1001"]),
        ("order no.1001", ["1001"]),
        ("my order-1001", ["1001"]),
        ("order#1001", ["1001"]),
        ("ORD-20391", ["ORD20391"]),
        ("1001-B and #1001-EU", ["1001B", "1001EU"]),
        ("A1001 and a-1002, I mean A1001", ["A1001", "A1002"]),
        ("A1001/A1002", ["A1001", "A1002"]),
        ("我的订单A1001到哪了", ["A1001"]),
        ("#42", ["42"]),
        # Of another length than the shop's, which only a look-up can tell.
        ("A100", ["A100"]),
        ("A10010", ["A10010"]),
        # None.
        ("", []),
        ("2 shirts, size 42", []),
        ("under $1001, or 1001 €, or 1,001.50", []),
        ("20% off 500%", []),
        ("jane1001@example.com", []),
        ("call +1 555 123 4567 or (555) 123-4567", []),
        ("on 2026-11-26 or 11/26/2026", []),
        ("00112233445566778899", []),
    ],
)
def test_order_numbers_are_found_in_a_message(text: str, numbers: list[str]) -> None:
    assert order_numbers(text) == numbers


@given(st.text(max_size=60))
def test_any_text_has_numbers_that_are_their_own_key(text: str) -> None:
    numbers = order_numbers(text)
    assert [order_key(number) for number in numbers] == numbers
    assert len(set(numbers)) == len(numbers)
