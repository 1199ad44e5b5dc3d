import pytest

from bot.orders.address import Address
from bot.support.postal_address import corrected, postal_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "48 Alder Street, Apt 3, Portland, OR 97205",
            Address("Maya", "48 Alder Street", "Portland", "97205", "Apt 3", "OR"),
        ),
        (
            "Please send it to Jane Roe, 5 Elm St, Portland, OR, 97205, USA",
            Address("Jane Roe", "5 Elm St", "Portland", "97205", "", "OR", "US"),
        ),
        (
            "Lindenstr. 4, 10115 Berlin, Germany",
            Address("Maya", "Lindenstr. 4", "Berlin", "10115", country="DE"),
        ),
        (
            "no, actually 600 Oak Ave, Seattle, WA 98102",
            Address("Maya", "600 Oak Ave", "Seattle", "98102", "", "WA"),
        ),
        (
            "wait, I mean 14 Elm Street, Seattle, WA 98102",
            Address("Maya", "14 Elm Street", "Seattle", "98102", "", "WA"),
        ),
        (
            "sorry, it's 14 Elm Street, Seattle, WA 98102",
            Address("Maya", "14 Elm Street", "Seattle", "98102", "", "WA"),
        ),
        (
            "to my wife Anna Lindqvist, 14 Elm Street, Seattle, WA 98102",
            Address("Anna Lindqvist", "14 Elm Street", "Seattle", "98102", "", "WA"),
        ),
        ("Norton Street 5, 10115 Berlin", Address("Maya", "Norton Street 5", "Berlin", "10115")),
        ("Wait Street 5, 10115 Berlin", Address("Maya", "Wait Street 5", "Berlin", "10115")),
        (
            "12 High Street\nLondon\nSW1A 1AA",
            Address("Maya", "12 High Street", "London", "SW1A 1AA"),
        ),
    ],
)
def test_parts_are_told_apart(text: str, address: Address) -> None:
    assert postal_address(text, name="Maya") == address


@pytest.mark.parametrize("text", ["home", "my mum's", "5 Elm St", "Duluth 55802", "", ",,,"])
def test_what_is_no_address_is_not_complete(text: str) -> None:
    assert not postal_address(text, name="Maya").is_complete


GIVEN = Address("Maya", "600 Oak Ave", "Portland", "97209", "Apt 3", "OR")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("no wait, 14 Elm street", Address("Maya", "14 Elm street", "Portland", "97209", "", "OR")),
        (
            "yes but to my wife Anna Lindqvist",
            Address("Anna Lindqvist", "600 Oak Ave", "Portland", "97209", "Apt 3", "OR"),
        ),
        (
            "to my wife anna lindqvist",
            Address("Anna Lindqvist", "600 Oak Ave", "Portland", "97209", "Apt 3", "OR"),
        ),
        (
            "no, Seattle, WA 98102",
            Address("Maya", "600 Oak Ave", "Seattle", "98102", "Apt 3", "WA"),
        ),
        ("it's 97210", Address("Maya", "600 Oak Ave", "Portland", "97210", "Apt 3", "OR")),
        (
            "no, 1 Pine St, Salem, OR 97301",
            Address("Maya", "1 Pine St", "Salem", "97301", "", "OR"),
        ),
        ("yes but not today", GIVEN),
        ("no", GIVEN),
    ],
)
def test_a_part_is_put_right(text: str, address: Address) -> None:
    assert corrected(text, GIVEN) == address
