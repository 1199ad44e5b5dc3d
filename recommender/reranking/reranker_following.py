"""A running search takes the reranker that was promoted, without a restart."""

import logging
from pathlib import Path

from recommender.errors import ModelError
from recommender.registry.registry import Registry
from recommender.reranking.reranker import Reranker
from recommender.serving.export import prepare_reranker
from recommender.serving.models import open_reranker
from recommender.weights.trained import Kind

_log = logging.getLogger(__name__)


class RerankerFollower:
    """Looks whether another reranker has gone into service. One that is named in the
    configuration stays whatever is promoted."""

    def __init__(self, data_dir: Path, name: str, device: str) -> None:
        self._data_dir, self._name, self._device = data_dir, name, device
        self._registry = Registry(data_dir, Kind.RERANKER)
        self._seen = self._registry.stamp

    def news(self) -> Reranker | None:
        """The reranker that went into service since the last call, opened; None if none did.

        One that cannot be opened is left out, with an error in the log: what serves goes on.
        """
        if self._name or (stamp := self._registry.stamp) == self._seen:
            return None
        self._seen = stamp
        try:
            prepare_reranker(self._data_dir)
            reranker = open_reranker(self._data_dir, "", self._device)
        except (ModelError, OSError) as error:
            _log.error("The promoted reranker is not served: %s", error)
            return None
        _log.info("the reranker of version %d is in service", self._registry.current)
        return reranker
