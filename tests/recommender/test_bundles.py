from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from recommender.bundles import best, candidates, cheapest
from recommender.offer import Offer, SearchResponse
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.search import SearchEngine
from tests.bot.conftest import offer

DESKS = (offer("oak desk", "220", 0.9), offer("pine desk", "120", 0.6))
CHAIRS = (offer("good chair", "150", 0.8), offer("stool", "40", 0.3))


def cost(offers: Sequence[Offer]) -> Decimal:
    return sum((each.price or Decimal(0) for each in offers), Decimal(0))


def test_the_most_relevant_combination_that_fits_is_taken() -> None:
    bundle = best([DESKS, CHAIRS], cost, Decimal(300))
    assert bundle is not None
    assert [each.id for each in bundle.offers] == ["pine desk", "good chair"]
    assert bundle.total == 270


def test_without_a_budget_it_is_the_most_relevant_of_all() -> None:
    bundle = best([DESKS, CHAIRS], cost, None)
    assert bundle is not None
    assert [each.id for each in bundle.offers] == ["oak desk", "good chair"]


def test_nothing_fits_a_budget_that_is_too_small() -> None:
    assert best([DESKS, CHAIRS], cost, Decimal(100)) is None
    least = cheapest([DESKS, CHAIRS], cost)
    assert least is not None
    assert least.total == 160


def test_a_product_is_not_combined_with_itself() -> None:
    alone = (offer("oak desk", "220", 0.9),)
    assert cheapest([alone, alone], cost) is None


class Limited:
    """A search that gives the limit as a reason, as the real one does."""

    def search(self, query: ParsedQuery, **_: object) -> SearchResponse:
        limit = query.filters.price_max
        reasons = () if limit is None else (f"under {limit}",)
        found = [replace(each, why=reasons) for each in DESKS]
        return SearchResponse(query, found, relaxed=(), similarity=1.0, took_ms={})


def test_a_limit_that_nobody_said_is_no_reason() -> None:
    search = cast(SearchEngine, Limited())
    found = candidates(search, ParsedQuery("desk", Constraints()), Decimal("78.99"))
    assert found.offers
    assert all(each.why == () for each in found.offers)
