from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel import Locale

from bot.voice.values import Either, Limit, Money, Value, written

AMERICAN = Locale("en", "US")
GERMAN = Locale("de", "DE")


@pytest.mark.parametrize(
    ("value", "locale", "text"),
    [
        (Money(Decimal("54"), "USD"), AMERICAN, "$54.00"),
        (Money(Decimal("1234.5"), "USD"), AMERICAN, "$1,234.50"),
        (Money(Decimal("1234.5"), "EUR"), GERMAN, "1.234,50 €"),
        (Money(Decimal("1200"), "JPY"), AMERICAN, "¥1,200"),
        (Money(Decimal("54"), ""), AMERICAN, "$54.00"),
        (Limit(Decimal("60"), "USD"), AMERICAN, "$60"),
        (Limit(Decimal("60"), "EUR"), GERMAN, "60 €"),
        (Limit(Decimal("58.99"), "USD"), AMERICAN, "$59"),
        (Limit(Decimal("58.50"), "USD"), AMERICAN, "$58.50"),
        (Limit(Decimal("1000"), "USD"), AMERICAN, "$1,000"),
        (["red"], AMERICAN, "red"),
        (("red", "blue"), AMERICAN, "red and blue"),
        (["red", "blue", "green"], AMERICAN, "red, blue, and green"),
        (["rot", "blau", "grün"], GERMAN, "rot, blau und grün"),
        (Either(("red", "blue")), AMERICAN, "red or blue"),
        (date(2026, 11, 1), AMERICAN, "November 1, 2026"),
        (datetime(2026, 11, 1, 23, tzinfo=UTC), GERMAN, "1. November 2026"),
        (True, AMERICAN, "yes"),
        ("as it is", AMERICAN, "as it is"),
    ],
)
def test_a_value_is_written_as_the_locale_does(value: Value, locale: Locale, text: str) -> None:
    assert written(value, locale, "USD") == text


def test_a_number_stays_one_for_the_plural() -> None:
    assert written(3, AMERICAN, "USD") == 3
