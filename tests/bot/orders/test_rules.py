"""Days, quantities and conditions, at their edges."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.orders import rules
from bot.orders.address import Address
from bot.orders.outcome import RefusalReason
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedLine, PlacedOrder
from bot.orders.returns import ReturnItem, ReturnTerms
from catalog.models import OrderStatus, ReturnCondition, ReturnReason
from tests.bot.orders.sold import NOW, TERMS

DELIVERED = PlacedOrder(
    number="A1",
    status=OrderStatus.DELIVERED,
    placed_at=NOW - timedelta(days=9),
    currency="USD",
    lines=(PlacedLine("0", "Shirt", 3, Decimal(20), returned=1),),
    total=Decimal(60),
    delivered_at=NOW,
)
ITEM = ReturnItem("0", 1, ReturnReason.STYLE)


@pytest.mark.parametrize(
    ("days", "reason"), [(0, None), (30, None), (30.4, None), (31, RefusalReason.TOO_LATE)]
)
def test_the_last_day_counts_whole(days: float, reason: RefusalReason | None) -> None:
    refusal = rules.refuses_return(DELIVERED, TERMS, NOW + timedelta(days=days))
    assert (refusal and refusal.reason) == reason
    if refusal:
        assert refusal.until == (NOW + timedelta(days=30)).date()


def test_a_shop_may_take_nothing_back() -> None:
    terms = ReturnTerms(days=0)
    assert rules.refuses_return(DELIVERED, terms, NOW) is None
    assert rules.refuses_return(DELIVERED, terms, NOW + timedelta(days=1)) is not None


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([], RefusalReason.NOTHING_CHOSEN),
        ([replace(ITEM, quantity=0)], RefusalReason.NOTHING_CHOSEN),
        ([replace(ITEM, quantity=-1)], RefusalReason.NOTHING_CHOSEN),
        ([replace(ITEM, line_id="9")], RefusalReason.UNKNOWN_LINE),
        ([replace(ITEM, quantity=3)], RefusalReason.TOO_MANY),
        ([ITEM, ITEM, ITEM], RefusalReason.TOO_MANY),
        ([replace(ITEM, condition=ReturnCondition.USED)], RefusalReason.USED),
        ([ITEM, ITEM], None),
        ([ReturnItem("0", 1, ReturnReason.DEFECTIVE, ReturnCondition.USED)], None),
    ],
)
def test_what_may_be_sent_back(items: list[ReturnItem], reason: RefusalReason | None) -> None:
    refusal = rules.refuses_items(DELIVERED, items, TERMS, NOW)
    assert (refusal and refusal.reason) == reason


@pytest.mark.parametrize("status", OrderStatus)
def test_every_status_allows_or_says_why_not(status: OrderStatus) -> None:
    order = replace(DELIVERED, status=status)
    for refusal in (rules.refuses_to_cancel(order), rules.refuses_address(order)):
        assert (refusal is None) == (status in rules.BEFORE_DISPATCH)


@pytest.mark.parametrize(
    ("address", "is_complete"),
    [
        (Address("Ada", "1 Old Street", "Salem", "97301"), True),
        (Address("Ada", "1 Old Street", "Salem", "97301", country="us"), True),
        (Address("Ada", "1 Old Street", "Salem", "97301", country="USA"), False),
        (Address("", "1 Old Street", "Salem", "97301"), False),
        (Address("Ada", "1 Old Street", "Salem", "\n\t"), False),
    ],
)
def test_an_address_is_one_that_a_parcel_can_be_sent_to(
    address: Address, is_complete: bool
) -> None:
    assert address.is_complete == is_complete


def test_an_address_is_one_line() -> None:
    address = Address("Ada\nKing", "2  New\tStreet", "Salem", "97301", region="OR", country="us")
    assert address.in_one_line() == "Ada King, 2 New Street, Salem, OR 97301, US"


class TestOwner:
    def test_an_owner_is_somebody(self) -> None:
        for empty in ("", "  "):
            with pytest.raises(ValueError, match="an owner has"):
                Owner(empty, empty)

    @pytest.mark.parametrize(
        ("email", "customer_id", "owns"),
        [
            ("Ada@Example.com ", None, True),
            ("bob@example.com", "7", True),
            ("bob@example.com", "8", False),
            ("", "", False),
            (None, None, False),
        ],
    )
    def test_what_is_theirs(self, email: str | None, customer_id: str | None, owns: bool) -> None:
        assert Owner("ADA@example.com", "7").owns(email, customer_id) == owns

    def test_an_empty_detail_is_nobodys(self) -> None:
        assert not Owner("ada@example.com").owns("bob@example.com", "")
        assert not Owner(customer_id="7").owns("", None)
