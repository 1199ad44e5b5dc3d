"""When somebody is there."""

from datetime import UTC, datetime

import pytest

from bot.desk.hours import Hours, HoursError

HOURS = Hours.parse(
    "Mon-Fri 09:00-12:00; Mon-Fri 13:00-17:30; Sat 10:00-14:00",
    "Europe/Berlin",
    "2026-12-25, 2026-12-26",
)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOURS.zone)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-26T10:00", "2026-11-26T10:00"),
        ("2026-11-26T08:59", "2026-11-26T09:00"),
        ("2026-11-26T12:00", "2026-11-26T13:00"),
        ("2026-11-26T17:30", "2026-11-27T09:00"),
        ("2026-11-28T14:30", "2026-11-30T09:00"),
        ("2026-12-24T18:00", "2026-12-28T09:00"),
        # The Monday after the clocks went back.
        ("2026-10-25T12:00", "2026-10-26T09:00"),
    ],
)
def test_the_next_opening(now: str, expected: str) -> None:
    assert HOURS.next_opening(berlin(now)) == berlin(expected)
    assert HOURS.is_open(berlin(now)) is (now == expected)


def test_another_zone_than_the_shops() -> None:
    # 08:30 in Berlin in winter, 09:30 in summer.
    assert not HOURS.is_open(datetime(2026, 11, 26, 7, 30, tzinfo=UTC))
    assert HOURS.is_open(datetime(2026, 7, 2, 7, 30, tzinfo=UTC))


def test_no_hours_are_always() -> None:
    assert Hours.parse("", "UTC").is_open(datetime.now(UTC))


def test_over_the_weekend_and_until_midnight() -> None:
    hours = Hours.parse("Fri-Mon 20:00-24:00", "UTC")
    assert hours.is_open(datetime(2026, 11, 29, 23, 59, tzinfo=UTC))
    assert not hours.is_open(datetime(2026, 12, 1, 0, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "zone", "holidays"),
    [
        ("Mon 9-17", "UTC", ""),
        ("Mon 17:00-09:00", "UTC", ""),
        ("Xyz 09:00-17:00", "UTC", ""),
        ("Mon 09:00-25:00", "UTC", ""),
        ("Mon 09:00-12:00; Mon 11:00-13:00", "UTC", ""),
        ("", "Europe/Atlantis", ""),
        ("", "../etc/passwd", ""),
        ("", "UTC", "Christmas"),
    ],
)
def test_what_cannot_be_read(text: str, zone: str, holidays: str) -> None:
    with pytest.raises(HoursError):
        Hours.parse(text, zone, holidays)
