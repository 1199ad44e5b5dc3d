"""What a reranker does to whom: quality by slice and under noise, exposure, and its worst mistakes.

Exposure of a place is 1/log2(place + 1), as in NDCG, of the first ten. What groups of products get
of it is set beside what they deserve, their share of the judged relevance: Singh and Joachims,
Fairness of Exposure in Rankings, 2018.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Any

from catalog.models import Product
from recommender.evaluation.collection import Collection
from recommender.evaluation.comparison import run_of, score
from recommender.evaluation.measures import NDCG, PerQuery, Run, mean, measure
from recommender.evaluation.significance import mean_interval
from recommender.registry.slices import by_category, by_length, mistyped_queries
from recommender.reranking.reranker import Reranker
from recommender.training.data.augmentation import Synonyms
from recommender.training.data.dataset import Encode
from recommender.weights.trained import Kind

_PLACES = 10
_WORST = 10
_FEWEST = 10
"""Queries of a slice, and products of a group, that say anything."""
_BANDS = ("cheapest quarter", "second quarter", "third quarter", "dearest quarter")


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one group of products gets of the customers' eyes."""

    products: int
    exposure: float
    """Its share of all, 0 to 1."""
    merit: float
    """Its share of the judged relevance."""

    @property
    def ratio(self) -> float:
        """1 is just what it deserves; 2 twice as much."""
        return self.exposure / self.merit if self.merit else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    query: str
    ndcg: float
    shown: str
    """The title of what came first."""
    better: str
    """That of the best judged."""


@dataclass(frozen=True, slots=True)
class Audit:
    kind: Kind
    queries: int
    quality: Mapping[str, tuple[float, float, float]]
    """NDCG@10 with its 95 % interval: of all, of each slice, and of the queries under noise."""
    exposure: Mapping[str, Mapping[str, Exposure]]
    """By brand and by price band."""
    mistakes: Sequence[Mistake]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "queries": self.queries,
            "quality": {
                name: {NDCG: round(value, 4), "interval_95": [round(low, 4), round(high, 4)]}
                for name, (value, low, high) in self.quality.items()
            },
            "exposure": {
                kind: {
                    name: {
                        "products": group.products,
                        "exposure": round(group.exposure, 4),
                        "merit": round(group.merit, 4),
                        "ratio": round(group.ratio, 3),
                    }
                    for name, group in groups.items()
                }
                for kind, groups in self.exposure.items()
            },
            "mistakes": [
                {
                    "query": each.query,
                    NDCG: round(each.ndcg, 4),
                    "shown": each.shown,
                    "better": each.better,
                }
                for each in self.mistakes
            ],
        }


def audit(
    collection: Collection, products: Iterable[Product], encode: Encode, reranker: Reranker
) -> Audit:
    """Audits a reranker, at its own blend, over judged queries."""
    known = {each.id: each for each in products if each.id in collection.embedding_texts}
    run = _run(collection, encode, reranker)
    values = _ndcg(collection, run)
    quality = {"all": values}
    for name, ids in {
        **by_length(collection.queries),
        **by_category(collection.gains, known.values()),
    }.items():
        if len(ids) >= _FEWEST:
            quality[name] = {id: values[id] for id in ids}
    for name, queries in _noisy(collection.queries, encode).items():
        other = replace(collection, queries={**collection.queries, **queries})
        changed = _ndcg(other, _run(other, encode, reranker))
        quality[name] = {id: changed[id] for id in queries}
        quality[f"{name}, before"] = {id: values[id] for id in queries}
    return Audit(
        kind=Kind.RERANKER,
        queries=len(collection.queries),
        quality={name: _with_interval(each) for name, each in quality.items() if each},
        exposure={
            "brand": exposures(run, collection, known, lambda product: product.brand),
            "price": exposures(run, collection, known, _band_of(known.values())),
        },
        mistakes=_worst(collection, run, values, known),
    )


def exposures(
    run: Run,
    collection: Collection,
    products: Mapping[str, Product],
    group_of: Callable[[Product], str],
) -> dict[str, Exposure]:
    """Of each group of products with ten or more; those without a name are in none."""
    seen: dict[str, float] = defaultdict(float)
    deserved: dict[str, float] = defaultdict(float)
    sizes: dict[str, int] = defaultdict(int)
    for product in products.values():
        sizes[group_of(product)] += 1
    for query, judged in collection.gains.items():
        total = sum(judged.values())
        order = sorted(run[query], key=lambda id: -run[query][id])[:_PLACES]
        whole = sum(1 / log2(place + 2) for place in range(len(order)))
        for place, id in enumerate(order):
            seen[group_of(products[id])] += 1 / log2(place + 2) / whole
        for id, gain in judged.items():
            deserved[group_of(products[id])] += gain / total if total else 0.0
    all_seen, all_deserved = sum(seen.values()) or 1.0, sum(deserved.values()) or 1.0
    return {
        name: Exposure(sizes[name], seen[name] / all_seen, deserved[name] / all_deserved)
        for name in sorted(sizes, key=lambda name: -sizes[name])
        if name and sizes[name] >= _FEWEST
    }


def _run(collection: Collection, encode: Encode, reranker: Reranker) -> Run:
    return run_of(score(collection, encode, reranker), reranker.blend)


def _ndcg(collection: Collection, run: Run) -> PerQuery:
    return measure(run, collection.gains, relevant_from=collection.relevant_from)[NDCG]


def _with_interval(values: PerQuery) -> tuple[float, float, float]:
    interval = mean_interval(values)
    return mean(values), interval.low, interval.high


def _noisy(queries: Mapping[str, str], encode: Encode) -> dict[str, dict[str, str]]:
    """The queries that noise changes, by kind of noise."""
    mistyped = {id: text for id, text in mistyped_queries(queries).items() if text != queries[id]}
    synonyms = Synonyms(queries.values(), encode)
    return {"mistyped": mistyped, "with a synonym": synonyms.of_all(queries)}


def _band_of(products: Iterable[Product]) -> Callable[[Product], str]:
    """Which quarter a product's price is in; "" where it has none."""
    prices = {each.id: price for each in products if (price := _price(each)) is not None}
    order = sorted(prices, key=lambda id: prices[id])
    bands = {id: _BANDS[4 * place // len(order)] for place, id in enumerate(order)}
    return lambda product: bands.get(product.id, "")


def _price(product: Product) -> float | None:
    prices = [float(each.price) for each in product.variants if each.price is not None]
    return min(prices, default=None)


def _worst(
    collection: Collection, run: Run, values: PerQuery, products: Mapping[str, Product]
) -> list[Mistake]:
    def best(scores: Mapping[str, float]) -> str:
        return products[max(scores, key=lambda id: scores[id])].title

    return [
        Mistake(
            collection.queries[query],
            values[query],
            best(run[query]),
            best(collection.gains[query]),
        )
        for query in sorted(values, key=lambda query: values[query])[:_WORST]
    ]
