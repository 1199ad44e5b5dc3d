"""The stages of a search, each ranking products by itself, and what each does with the queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from recommender.evaluation.judged_queries import JudgedQueries
from recommender.evaluation.measures import Run
from recommender.index.port import Ids

Stage = Callable[[str, int, Ids | None], Sequence[int]]
"""Takes a query's words, how many products to give, and the pks to choose from (None for all);
gives the pks of products, the best first."""

DEPTH = 100
"""Products asked of a stage: as many as recall looks at."""


@dataclass(frozen=True, slots=True)
class StageRun:
    run: Run
    """By judged query and product id, the higher the better."""
    took_ms: Mapping[str, float]
    """By query, from its words to the order."""


def run_stages(
    stages: Mapping[str, Stage],
    queries: JudgedQueries,
    product_ids: Mapping[int, str],
    *,
    judged_only: bool = False,
    on_query: Callable[[], None] = lambda: None,
) -> dict[str, StageRun]:
    """Every stage's order of every query, with the time that it took.

    A query is given to one stage after the other, so that a machine that slows down slows all of
    them; the first query is given once more beforehand, which warms what is loaded late.

    Args:
        product_ids: by pk, the product id that the judgments have.
        judged_only: whether a query chooses among its judged products only.
        on_query: called after each query.
    """
    runs: dict[str, dict[str, dict[str, float]]] = {name: {} for name in stages}
    took: dict[str, dict[str, float]] = {name: {} for name in stages}
    pks = {id: pk for pk, id in product_ids.items()}
    for number, (query_id, text) in enumerate(queries.texts.items()):
        allowed = None
        if judged_only:
            allowed = np.array([pks[id] for id in queries.grades[query_id]], dtype=np.int64)
        for name, stage in stages.items():
            if not number:
                stage(text, DEPTH, allowed)
            started = perf_counter()
            order = list(stage(text, DEPTH, allowed))
            took[name][query_id] = (perf_counter() - started) * 1000
            if allowed is not None:  # a judged list is whole: what a stage does not find is last
                order += sorted(set(allowed.tolist()).difference(order))
            runs[name][query_id] = {
                product_ids[pk]: float(-position) for position, pk in enumerate(order)
            }
        on_query()
    return {name: StageRun(runs[name], took[name]) for name in stages}
