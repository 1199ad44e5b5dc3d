from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from catalog.types import MONEY_PLACES, Money, UtcDateTime

DIALECT = create_engine("sqlite://").dialect
amounts = st.decimals(-(10**12), 10**12, places=MONEY_PLACES, allow_nan=False)


@given(amounts)
def test_money_comes_back_exactly(amount: Decimal) -> None:
    stored = Money().process_bind_param(amount, DIALECT)
    assert Money().process_result_value(stored, DIALECT) == amount


@given(amounts, amounts)
def test_money_sorts_in_the_database_as_it_does_in_python(one: Decimal, other: Decimal) -> None:
    stored = [Money().process_bind_param(amount, DIALECT) for amount in (one, other)]
    assert stored[0] is not None and stored[1] is not None
    assert (one < other) == (stored[0] < stored[1])


def test_money_prints_with_its_cents() -> None:
    assert str(Money().process_result_value(540000, DIALECT)) == "54.00"
    assert str(Money().process_result_value(12345, DIALECT)) == "1.2345"


def test_money_refuses_what_it_cannot_keep() -> None:
    with pytest.raises(ValueError, match="more than 4 decimal places"):
        Money().process_bind_param(Decimal("0.00001"), DIALECT)


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), DIALECT)


def test_a_datetime_comes_back_with_its_zone() -> None:
    assert UtcDateTime().process_result_value(datetime(2026, 1, 1), DIALECT) == datetime(
        2026, 1, 1, tzinfo=UTC
    )
