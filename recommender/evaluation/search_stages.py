"""The stages that serve customers, each as a stage to be measured."""

import math
from collections.abc import Callable, Sequence

from sqlalchemy import Engine

from catalog.database import sessions
from recommender.evaluation.stage import Stage
from recommender.filtering.filter import Filter
from recommender.index.port import Ids
from recommender.query.constraints import Constraints
from recommender.query.english import ENGLISH
from recommender.query.vocabulary import Vocabulary
from recommender.reranking import ranking
from recommender.reranking.reranker import Reranker
from recommender.reranking.time_budget import TimeBudget
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
    """The best candidates in the order in which customers see them, and the rest after them."""
    session_of = sessions(engine)
    anything = Filter(Constraints(), Vocabulary(), ENGLISH)

    def reranked(text: str, k: int, allowed: Ids | None) -> Sequence[int]:
        found = candidates(text, k, allowed)
        with session_of() as session:
            read = ranking.read(session, found[:RERANKED], anything)
            best_first = ranking.reranked(reranker, text, read, TimeBudget(math.inf))
            order = ranking.preferred(best_first, anything)
        return [*(each.product.pk for each in order), *(each.pk for each in found[RERANKED:])]

    return reranked
