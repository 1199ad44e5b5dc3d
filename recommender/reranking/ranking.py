"""Candidates as products: one of each, reranked, in the order that a customer sees."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from catalog.models import Product, Variant
from recommender.filtering.filter import Filter
from recommender.grouping import GroupKey, group_key
from recommender.product_text import reranking_text
from recommender.reranking.reranker import Reranker, blended_scores
from recommender.reranking.time_budget import TimeBudget
from recommender.retrieval.fusion import Candidate

_log = logging.getLogger(__name__)

# What the very colour asked for is worth against a shade of it, on the scale of relevance: it
# decides among red shoes, and makes no denim jacket of a rain jacket.
_EXACT_COLOR = 0.12


@dataclass(frozen=True, slots=True)
class Ranked:
    """A product with the variant to show."""

    product: Product
    variant: Variant
    score: float
    exact: bool = False
    """Whether the customer named its id or model number."""


def read(
    session: Session, found: Iterable[Candidate], passing: Filter, *, dearest: bool = False
) -> list[Ranked]:
    """These products with their best variants that pass, in the same order.

    A product that was deleted, or whose variants stopped passing, a moment ago is left out.
    """
    found = list(found)
    variants = passing.variants(session, [candidate.pk for candidate in found], dearest=dearest)
    products = {
        product.pk: product
        for product in session.scalars(
            select(Product).where(Product.pk.in_(variants)).options(selectinload(Product.variants))
        )
    }
    return [
        Ranked(products[each.pk], variants[each.pk][0], each.score, each.exact)
        for each in found
        if each.pk in products
    ]


def reranked(
    reranker: Reranker, text: str, candidates: list[Ranked], budget: TimeBudget
) -> list[Ranked]:
    """The best first, by the reranker's scores blended with those they have.

    It reads as many as the budget allows, from the top; the others follow in their order. Where it
    fails, they all stay in the order that the retrieval gave them.
    """
    depth = budget.depth(len(candidates))
    read, rest = candidates[:depth], candidates[depth:]
    texts = [reranking_text(found.product) for found in read]
    try:
        scores = blended_scores(reranker, text, texts, [found.score for found in read])
    except Exception:  # whatever a model raises, the customer gets an answer
        _log.exception("The reranker failed; products are ranked by retrieval alone")
        return candidates
    blended = [replace(found, score=score) for found, score in zip(read, scores, strict=True)]
    least = min(scores, default=0.0)
    below = [replace(found, score=min(found.score, least)) for found in rest]
    return [*sorted(blended, key=lambda found: -found.score), *below]


def preferred(candidates: list[Ranked], passing: Filter) -> list[Ranked]:
    """What was named first, then by score, in which the very colour asked for counts."""

    def preference(found: Ranked) -> float:
        return found.score + _EXACT_COLOR * passing.in_exact_color(found.variant)

    return sorted(candidates, key=lambda found: (not found.exact, -preference(found)))


def one_of_each(candidates: list[Ranked], seen: Collection[GroupKey]) -> list[Ranked]:
    """The same order without duplicates, and without those of `seen`; what can be had stays."""
    best: dict[GroupKey, Ranked] = {}
    for candidate in in_stock_first(candidates):
        best.setdefault(group_key(candidate.product), candidate)
    return [
        candidate
        for candidate in candidates
        if best[key := group_key(candidate.product)] is candidate and key not in seen
    ]


def in_stock_first(candidates: list[Ranked]) -> list[Ranked]:
    """The same order, but what is known to be out of stock comes last."""
    return sorted(candidates, key=lambda found: found.variant.in_stock is False)
