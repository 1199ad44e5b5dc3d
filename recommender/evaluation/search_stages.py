"""The stages that serve customers, each as a stage to be measured."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Engine, select
from sqlalchemy.orm import selectinload

from catalog.database import sessions
from catalog.models import Product
from recommender.evaluation.stage import Stage
from recommender.index.port import Ids
from recommender.product_text import reranking_text
from recommender.reranking import Reranker, blended_scores
from recommender.retrieval.fusion import Candidate
from recommender.search import RERANKED, SearchEngine

_Candidates = Callable[[str, int, Ids | None], list[Candidate]]


def stages_of(search: SearchEngine, engine: Engine) -> dict[str, Stage]:
    """In the order in which they build on each other; the last only where there is a reranker.

    Each is measured from the words to the order. The words are taken as they are: of a catalogue
    with titles alone, no constraint could be checked. `engine` is the database of `search`.
    """

    def lexical(text: str, k: int, allowed: Ids | None) -> Sequence[int]:
        return [hit.id for hit in search.retriever.lexical(text, k, allowed)]

    def dense(text: str, k: int, allowed: Ids | None) -> Sequence[int]:
        vector = search.encoder.encode([text])[0]
        return [hit.id for hit in search.retriever.dense(vector, k, allowed)]

    def candidates(text: str, k: int, allowed: Ids | None) -> list[Candidate]:
        return search.retriever.hybrid(text, search.encoder.encode([text])[0], k, allowed)

    def hybrid(text: str, k: int, allowed: Ids | None) -> Sequence[int]:
        return [candidate.pk for candidate in candidates(text, k, allowed)]

    stages: dict[str, Stage] = {"lexical": lexical, "dense": dense, "hybrid": hybrid}
    if search.reranker is not None:
        stages["reranked"] = _reranked(candidates, search.reranker, engine)
    return stages


def _reranked(candidates: _Candidates, reranker: Reranker, engine: Engine) -> Stage:
    """The best candidates in the order of the blended scores, and the rest after them."""
    session_of = sessions(engine)

    def texts(pks: Sequence[int]) -> list[str]:
        products = select(Product).where(Product.pk.in_(pks))
        with session_of() as session:
            text_of = {
                product.pk: reranking_text(product)
                for product in session.scalars(products.options(selectinload(Product.variants)))
            }
        return [text_of[pk] for pk in pks]

    def reranked(text: str, k: int, allowed: Ids | None) -> Sequence[int]:
        found = candidates(text, k, allowed)
        seen = found[:RERANKED]
        retrieved = [each.score for each in seen]
        scores = blended_scores(reranker, text, texts([each.pk for each in seen]), retrieved)
        order = [replace(each, score=score) for each, score in zip(seen, scores, strict=True)]
        order.sort(key=lambda each: (not each.exact, -each.score))
        return [each.pk for each in [*order, *found[RERANKED:]]]

    return reranked
