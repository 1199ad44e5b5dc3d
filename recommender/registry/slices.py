"""Parts of the queries that a model may serve worse than the rest."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping

from catalog.models import Product
from recommender.training.data.noise import mistyped

_NOISE = 0.5
"""Of a noisy query's longer words, so many are mistyped."""


def by_length(queries: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Query ids by how many words the query has."""
    parts: dict[str, set[str]] = defaultdict(set)
    for id, text in queries.items():
        words = len(text.split())
        name = "1 or 2 words" if words < 3 else "3 or 4 words" if words < 5 else "5 words or more"
        parts[name].add(id)
    return {name: frozenset(ids) for name, ids in parts.items()}


def by_category(
    gains: Mapping[str, Mapping[str, float]], products: Iterable[Product]
) -> dict[str, frozenset[str]]:
    """Query ids by the department of the best of their products; none without categories."""
    department = {product.id: product.category.partition(" > ")[0] for product in products}
    parts: dict[str, set[str]] = defaultdict(set)
    for id, judged in gains.items():
        best = max(judged, key=lambda product: judged[product])
        if name := department.get(best, ""):
            parts[name].add(id)
    return {name: frozenset(ids) for name, ids in parts.items()}


def mistyped_queries(queries: Mapping[str, str]) -> dict[str, str]:
    """The same queries, half of their longer words mistyped, always in the same way."""
    rng = random.Random(0)  # noqa: S311 (a sample, not a secret)
    return {id: " ".join(mistyped(text.split(), rng, _NOISE)) for id, text in queries.items()}
