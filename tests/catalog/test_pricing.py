from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Voucher, VoucherKind
from catalog.pricing import Discount, PricedLine, Refusal, discount, reach, subtotal

NOW = datetime(2026, 11, 26, tzinfo=UTC)
BOOTS = PricedLine(Decimal("79.90"), 1, "Kestrova", "USD")
SOCKS = PricedLine(Decimal("9.95"), 2, "Ovis", "USD")


def voucher(value: str = "10", kind: VoucherKind = VoucherKind.PERCENT, **more: Any) -> Voucher:
    values: dict[str, Any] = {"code": "V", "currency": "USD", "brand": "", "public": False}
    return Voucher(kind=kind, value=Decimal(value), **values | more)


def test_a_subtotal_is_exact() -> None:
    assert subtotal([BOOTS, SOCKS]) == Decimal("99.80")
    assert subtotal([]) == 0


def test_percent_are_rounded_to_the_cent() -> None:
    # 15 % of 99.80 are 14.97; of 9.95 they are 1.4925.
    assert discount(voucher("15"), [BOOTS, SOCKS], NOW) == Discount(Decimal("14.97"))
    line = PricedLine(Decimal("9.95"), 1, "", "USD")
    assert discount(voucher("15"), [line], NOW) == Discount(Decimal("1.49"))
    assert discount(voucher("50"), [line], NOW) == Discount(Decimal("4.98"))


def test_a_currency_without_cents_has_none() -> None:
    line = PricedLine(Decimal(995), 1, "", "JPY")
    assert discount(voucher("15", currency="JPY"), [line], NOW) == Discount(Decimal(149))


def test_a_cap_limits_percent() -> None:
    assert discount(voucher("50", cap=Decimal(20)), [BOOTS], NOW) == Discount(Decimal(20), True)


def test_a_fixed_amount_is_never_more_than_the_price() -> None:
    fixed = voucher("25", VoucherKind.FIXED)
    assert discount(fixed, [BOOTS], NOW) == Discount(Decimal(25))
    assert discount(fixed, [SOCKS], NOW) == Discount(Decimal("19.90"))


def test_a_threshold_says_how_much_is_missing() -> None:
    given = voucher(threshold=Decimal(100))
    assert discount(given, [BOOTS, SOCKS], NOW) == Refusal("threshold", Decimal("0.20"))
    assert isinstance(discount(given, [BOOTS, SOCKS, SOCKS], NOW), Discount)


def test_a_brands_voucher_looks_at_that_brand_alone() -> None:
    own = voucher("10", brand="kestrova", threshold=Decimal(80))
    assert discount(own, [SOCKS], NOW) == Refusal("brand")
    assert discount(own, [BOOTS, SOCKS], NOW) == Refusal("threshold", Decimal("0.10"))
    assert discount(voucher("10", brand="Kestrova"), [BOOTS, SOCKS], NOW) == Discount(
        Decimal("7.99")
    )


def test_the_moments_at_which_it_counts() -> None:
    day = timedelta(days=1)
    assert discount(voucher(valid_until=NOW), [BOOTS], NOW) == Refusal("expired")
    assert discount(voucher(valid_from=NOW + day), [BOOTS], NOW) == Refusal("not_yet")
    within = voucher(valid_from=NOW, valid_until=NOW + day)
    assert isinstance(discount(within, [BOOTS], NOW), Discount)


def test_there_is_none_or_it_is_for_other_money() -> None:
    assert discount(None, [BOOTS], NOW) == Refusal("unknown")
    assert discount(voucher("5", currency="EUR"), [BOOTS], NOW) == Refusal("currency")


@given(
    st.lists(
        st.tuples(st.decimals("0.01", "5000", places=2), st.integers(1, 99)), min_size=1, max_size=8
    ),
    st.decimals("0.5", "100", places=1),
    st.one_of(st.none(), st.decimals("0.01", "500", places=2)),
    st.sampled_from(list(VoucherKind)),
)
def test_nobody_is_ever_paid_to_shop(
    lines: list[tuple[Decimal, int]], value: Decimal, cap: Decimal | None, kind: VoucherKind
) -> None:
    cart = [PricedLine(price, quantity, "", "USD") for price, quantity in lines]
    off = discount(voucher(str(value), kind, cap=cap), cart, NOW)
    assert isinstance(off, Discount)
    assert 0 <= off.amount <= subtotal(cart)
    assert cap is None or off.amount <= cap


@pytest.mark.parametrize("lines", [[], [SOCKS]])
def test_an_empty_cart_is_below_every_threshold(lines: list[PricedLine]) -> None:
    missing = Decimal(30) - subtotal(lines)
    assert discount(voucher(threshold=Decimal(30)), lines, NOW) == Refusal("threshold", missing)


@given(
    st.decimals("0.01", "5000", places=2),
    st.decimals("0.5", "100", places=1),
    st.one_of(st.none(), st.decimals("0.01", "500", places=2)),
    st.sampled_from(list(VoucherKind)),
)
def test_what_can_be_paid_for_is_within_reach(
    price: Decimal, value: Decimal, cap: Decimal | None, kind: VoucherKind
) -> None:
    off = voucher(str(value), kind, cap=cap)
    outcome = discount(off, [PricedLine(price, 1, "", "USD")], NOW)
    assert isinstance(outcome, Discount)
    to_pay = price - outcome.amount + Decimal("0.01")  # as much as rounding can hide
    assert price <= reach(off, to_pay) + Decimal("0.01")
