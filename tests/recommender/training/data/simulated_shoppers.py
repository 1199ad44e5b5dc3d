"""Customers of whom everything is known: what they want, and how far down they look."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from recommender.training.data.events import Event, EventKind

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shoppers:
    """Searches of a shop that shows products in about the order of a score of its own.

    A customer looks at place k with probability k^-eta and takes what they look at with a
    probability that is the product's own.
    """

    queries: int = 12
    products: int = 8
    eta: float = 1.0
    restless: float = 1.0
    """How much the order changes from one search to the next; 0 is always the same."""

    def appeals(self, seed: int) -> dict[str, dict[str, float]]:
        """For each query how probably each product is taken by who looks at it."""
        rng = random.Random(f"appeal {seed}")  # noqa: S311 (a simulation, not a secret)
        return {
            f"thing{query} kind{query}": {
                f"p{product}": rng.uniform(0.02, 0.5) for product in range(self.products)
            }
            for query in range(self.queries)
        }

    def events(self, searches: int, seed: int) -> Iterator[Event]:
        """So many searches of each query, a minute apart, in the order of time."""
        rng = random.Random(f"search {seed}")  # noqa: S311
        appeals = self.appeals(seed)
        scores = {
            query: {product: rng.random() for product in products}
            for query, products in appeals.items()
        }
        time = BEGINNING
        for number in range(searches):
            for query, products in appeals.items():
                time += timedelta(minutes=1)
                customer = f"customer {number % 400}"
                score = {
                    product: scores[query][product] + rng.gauss(0, self.restless)
                    for product in products
                }
                ranked = sorted(products, key=lambda product: -score[product])
                for position, product in enumerate(ranked, start=1):
                    yield Event(EventKind.IMPRESSION, product, customer, time, query, position)
                    if rng.random() < position**-self.eta * products[product]:
                        yield Event(EventKind.CLICK, product, customer, time, query, position)
