from datetime import UTC, datetime, timedelta

from recommender.training.data.events import Event, EventKind, in_order
from recommender.training.data.impressions import impressions_of

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def event(
    kind: EventKind, day: int = 0, query: str = "kettle", who: str = "c1", rating: int | None = None
) -> Event:
    position = 3 if kind is EventKind.IMPRESSION else None
    return Event(kind, "p1", who, START + timedelta(days=day), query, position, rating)


def worths(*events: Event) -> list[float]:
    return [each.worth for each in impressions_of(in_order(events))]


IMPRESSION, CLICK, CART = EventKind.IMPRESSION, EventKind.CLICK, EventKind.CART
PURCHASE, RATING = EventKind.PURCHASE, EventKind.RATING


def test_an_impression_is_worth_the_furthest_that_the_customer_went() -> None:
    assert worths(event(IMPRESSION)) == [0.0]
    assert worths(event(IMPRESSION), event(CLICK), event(CLICK)) == [1.0]
    assert worths(event(IMPRESSION), event(CLICK), event(CART)) == [2.0]
    assert worths(event(PURCHASE), event(CART), event(CLICK), event(IMPRESSION)) == [4.0]


def test_each_impression_counts_and_the_last_one_is_taken() -> None:
    assert worths(event(IMPRESSION), event(IMPRESSION, 1), event(CLICK, 1)) == [0.0, 1.0]


def test_what_one_customer_does_is_not_put_down_to_another() -> None:
    assert worths(event(IMPRESSION), event(CLICK, who="c2")) == [0.0, 1.0]
    assert worths(event(IMPRESSION), event(CLICK), event(PURCHASE, who="c2", query="")) == [1.0]


def test_a_click_without_an_impression_stands_for_one() -> None:
    (alone,) = impressions_of([event(CLICK)])
    assert (alone.worth, alone.position) == (1.0, None)


def test_a_purchase_without_a_query_is_put_down_to_the_last_click_in_a_search() -> None:
    bought = event(PURCHASE, 2, query="")
    pot = (event(IMPRESSION, 1, "pot"), event(CLICK, 1, "pot"))
    assert worths(event(IMPRESSION), event(CLICK), *pot, bought) == [1.0, 4.0]
    assert worths(event(IMPRESSION), bought) == [
        0.0
    ]  # not clicked: it may have come from elsewhere
    assert worths(event(IMPRESSION), event(CLICK), event(PURCHASE, 31, query="")) == [1.0]


def test_what_was_shown_without_a_search_counts_nowhere() -> None:
    assert worths(event(IMPRESSION, query=""), event(CLICK, query=""), event(PURCHASE)) == []


def test_a_purchase_that_disappointed_is_worth_a_click() -> None:
    bought = (event(IMPRESSION), event(CLICK), event(PURCHASE, 1, query=""))
    assert worths(*bought, event(RATING, 5, query="", rating=2)) == [1.0]
    assert worths(*bought, event(RATING, 5, query="", rating=3)) == [4.0]
    assert worths(*bought, event(RATING, 5, query="", rating=1, who="c2")) == [4.0]
    assert worths(event(RATING, query="", rating=5)) == []
