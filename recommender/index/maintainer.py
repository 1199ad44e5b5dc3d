"""A thread that keeps an index fast."""

import threading

from recommender.index.port import VectorIndex


class Maintainer:
    """Has a vector index maintained beside whatever else is done with it, once at a time."""

    def __init__(self, index: VectorIndex) -> None:
        self._index = index
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins, if it is not at it."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._index.maintain, name="index maintenance", daemon=True
                )
                self._thread.start()

    def finish(self) -> None:
        """Does it here and now, after what is under way."""
        with self._starting:
            thread = self._thread
        if thread is not None:
            thread.join()
        self._index.maintain()
