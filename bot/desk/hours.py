"""When people are at the desk."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(
    r"(?P<first>[a-z]{3})(?:\s*-\s*(?P<last>[a-z]{3}))?\s+"
    r"(?P<opens>\d{1,2}:\d{2})\s*-\s*(?P<closes>\d{1,2}:\d{2})"
)
_MIDNIGHT = "24:00"
_FARTHEST_DAYS = 60


class HoursError(ValueError):
    """The opening hours can't be read; the message says which and how to write them."""


@dataclass(frozen=True, slots=True)
class Span:
    opens: time
    closes: time | None
    """None is midnight."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Always open where no day has a span."""

    zone: ZoneInfo
    week: Mapping[int, tuple[Span, ...]]
    """By weekday, Monday is 0; in order, without overlap."""
    holidays: frozenset[date] = frozenset()

    @classmethod
    def parse(cls, text: str, zone: str, holidays: str = "") -> "Hours":
        """From `Mon-Fri 09:00-17:30; Sat 10:00-14:00`, an IANA zone, and ISO dates with commas.

        Raises:
            HoursError: one of them is none.
        """
        try:
            found = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise HoursError(f"{zone!r} is no time zone; write one as Europe/Berlin.") from error
        week: dict[int, list[Span]] = {}
        for part in filter(None, (each.strip() for each in text.split(";"))):
            days, span = _parse(part)
            for day in days:
                week.setdefault(day, []).append(span)
        for day, spans in week.items():
            spans.sort(key=lambda each: each.opens)
            for before, after in pairwise(spans):
                if before.closes is None or before.closes > after.opens:
                    raise HoursError(f"The hours of {_DAYS[day].title()} overlap.")
        return cls(found, {day: tuple(spans) for day, spans in week.items()}, _dates(holidays))

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is there at an aware time."""
        if not self.week:
            return True
        return any(opens <= now < closes for opens, closes in self._spans(now))

    def next_opening(self, now: datetime) -> datetime | None:
        """When somebody is there next, in the shop's zone; `now` itself while they are.

        None where nobody comes within two months: then the settings name no working day.
        """
        if self.is_open(now):
            return now.astimezone(self.zone)
        return next((opens for opens, _ in self._spans(now) if opens > now), None)

    def _spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """From today on, in order. Wall-clock times, so summer time moves nothing."""
        today = now.astimezone(self.zone).date()
        for day in (today + timedelta(days=n) for n in range(_FARTHEST_DAYS)):
            if day in self.holidays:
                continue
            for span in self.week.get(day.weekday(), ()):
                last = day if span.closes else day + timedelta(days=1)
                yield (
                    datetime.combine(day, span.opens, self.zone),
                    datetime.combine(last, span.closes or time(), self.zone),
                )


def _parse(part: str) -> tuple[list[int], Span]:
    match = _PART.fullmatch(part.lower())
    try:
        if match is None:
            raise ValueError
        first = _DAYS.index(match["first"])
        last = _DAYS.index(match["last"] or match["first"])
        opens = time.fromisoformat(match["opens"].zfill(5))
        ends = match["closes"].zfill(5)
        closes = None if ends == _MIDNIGHT else time.fromisoformat(ends)
        if closes is not None and closes <= opens:
            raise ValueError
    except ValueError as error:
        raise HoursError(
            f"{part!r} are no opening hours; write Mon-Fri 09:00-17:30, with ; between."
        ) from error
    days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return list(days), Span(opens, closes)


def _dates(text: str) -> frozenset[date]:
    try:
        return frozenset(
            date.fromisoformat(each.strip()) for each in text.split(",") if each.strip()
        )
    except ValueError as error:
        raise HoursError(f"{text!r} are no holidays; write 2026-12-25, commas between.") from error
