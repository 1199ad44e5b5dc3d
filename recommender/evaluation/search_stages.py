"""The stages that serve customers, each as a stage to be measured."""

from collections.abc import Sequence

from recommender.evaluation.stage import Stage
from recommender.index.port import Ids
from recommender.search import SearchEngine


def stages_of(search: SearchEngine) -> dict[str, Stage]:
    """In the order in which they build on each other. The words are taken as they are: of a
    catalogue with titles alone, no constraint could be checked."""

    def dense(text: str, k: int, allowed: Ids | None) -> Sequence[int]:
        vector = search.encoder.encode([text])[0]
        return [hit.id for hit in search._indexer.index.search(vector, k, allowed)]

    return {"dense": dense}
