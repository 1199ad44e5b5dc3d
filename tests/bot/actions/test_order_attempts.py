"""The limits on wrong order details over all conversations."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.order_attempts import (
    MOST_IN_TOTAL,
    MOST_OF_A_NUMBER,
    SPAN_SECONDS,
    TOTAL_SPAN_SECONDS,
    OrderLookup,
    TooManyAttemptsError,
)
from catalog.models import Base

WRONG = "joe@example.com"
RIGHT = "jane@example.com"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_number_that_is_hammered_is_locked_for_an_hour(shop: sessionmaker[Session]) -> None:
    clock = Clock()
    orders = OrderLookup(clock)
    with shop() as session:
        for _ in range(MOST_OF_A_NUMBER):
            assert orders.find(session, "A1001", WRONG) is None
        for email in (RIGHT, WRONG):
            with pytest.raises(TooManyAttemptsError):
                orders.find(session, "#a1001", email)
        assert orders.find(session, "A1002", WRONG) is None
        clock.now = SPAN_SECONDS
        assert orders.find(session, "A1001", RIGHT) is not None


def test_many_numbers_together_are_too_many_for_a_minute(shop: sessionmaker[Session]) -> None:
    clock = Clock()
    orders = OrderLookup(clock)
    with shop() as session:
        for number in range(MOST_IN_TOTAL):
            assert orders.find(session, f"B{number}", WRONG) is None
        with pytest.raises(TooManyAttemptsError):
            orders.find(session, "A1001", RIGHT)
        clock.now = TOTAL_SPAN_SECONDS
        assert orders.find(session, "A1001", RIGHT) is not None


def test_a_lookup_that_breaks_is_no_guess(shop: sessionmaker[Session]) -> None:
    orders = OrderLookup()
    with shop() as session:
        Base.metadata.drop_all(session.get_bind())
        for _ in range(MOST_OF_A_NUMBER + 1):
            with pytest.raises(SQLAlchemyError):
                orders.find(session, "A1001", RIGHT)


def test_guesses_at_once_do_not_slip_through(shop: sessionmaker[Session]) -> None:
    orders = OrderLookup()

    def is_compared(_: int) -> bool:
        with shop() as session:
            try:
                orders.find(session, "A1001", WRONG)
            except TooManyAttemptsError:
                return False
            return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(is_compared, range(40))) == MOST_OF_A_NUMBER
