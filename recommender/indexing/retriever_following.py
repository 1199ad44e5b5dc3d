"""A running search takes the retriever that was promoted, once it has embedded the catalogue."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from recommender.errors import ModelError
from recommender.index.approximation import StoppedError
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.indexing.turn import Turn
from recommender.registry.registry import SHIPPED, Registry
from recommender.weights.trained import Kind

_TRY_AGAIN_SECONDS = 60.0
_CLOSING_SECONDS = 10.0
_log = logging.getLogger(__name__)


class RetrieverFollower:
    """Looks whether another retriever has gone into service, and embeds the catalogue with it
    beside the one that serves. One that is named in the configuration stays whatever is promoted.

    `index_folder` notes which version served last, so that a process that starts before the next
    one's index is whole serves with that: an index half made would find half.

    Args:
        open_catalogue: opens the catalogue as an embedding model of this name sees it.
    """

    def __init__(
        self,
        data_dir: Path,
        index_folder: Path,
        name: str,
        open_catalogue: Callable[[str], EmbeddedCatalogue],
    ) -> None:
        self._name = name
        self._open_named = open_catalogue
        self._registry = Registry(data_dir, Kind.RETRIEVER)
        self._note = index_folder / "retriever-version"
        self._turn = Turn(index_folder / "retriever.lock")
        self._serving = SHIPPED
        self._seen = -1
        """The registry's stamp that was looked at last."""
        self._again = 0.0
        """When to look in any case, because something failed."""
        self._begun: tuple[int, EmbeddedCatalogue] | None = None
        """A version whose index a process before this one began to make."""
        self._stopped = Event()
        self._thread: Thread | None = None

    def first(self) -> EmbeddedCatalogue:
        """What a search begins with: the retriever in service or, while its index is not whole,
        the one before.

        Raises:
            ModelError: the model is missing or damaged; the message says what to do.
            IndexUnavailableError: the index can't be reached; the message says what to do.
        """
        if self._name:
            return self._open_named(self._name)
        number, last = self._registry.current, self._noted()
        catalogue = self._open(number)
        if last not in (number, None) and not catalogue.is_whole:
            before = self._opened_before(last)
            if before is not None:
                # Stays open, so that no maintenance takes it for one that nobody needs.
                self._begun = number, catalogue
                number, catalogue = last, before
        self._note_serving(number)
        return catalogue

    def look(self, serve: Callable[[EmbeddedCatalogue], None]) -> None:
        """Begins to embed the catalogue, if another retriever went into service; `serve` gets it
        when it can be searched. Cheap where nothing happened, and never waits.
        """
        if self._name or (self._thread is not None and self._thread.is_alive()):
            return
        stamp = self._registry.stamp
        if stamp == self._seen and monotonic() < self._again:
            return
        self._thread = Thread(
            target=self._follow, args=[stamp, serve], name="retriever", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stops what `look` has begun; the next process goes on with it."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)
        if self._begun is not None:
            self._begun[1].close()

    def _follow(self, stamp: int, serve: Callable[[EmbeddedCatalogue], None]) -> None:
        self._seen, self._again = stamp, float("inf")
        try:
            number = self._registry.current
            if number == self._serving:
                return
            _log.info("embedding the catalogue with the retriever of version %d", number)
            catalogue = self._embedded(number, stamp)
        except StoppedError:  # for another one, if not for good
            return
        except ModelError as error:
            _log.error("The promoted retriever is not served: %s", error)
            return
        except Exception:  # database, disk, Milvus: what serves goes on
            _log.exception("The catalogue could not be embedded anew; trying again")
            self._again = monotonic() + _TRY_AGAIN_SECONDS
            return
        serve(catalogue)
        self._note_serving(number)
        _log.info("the retriever of version %d is in service", number)
        # Deletes the index of the one before, unless a search is in it, or another process.
        catalogue.indexer.maintain()

    def _embedded(self, number: int, stamp: int) -> EmbeddedCatalogue:
        def stopped() -> bool:
            return self._stopped.is_set() or self._registry.stamp != stamp

        def stop() -> None:
            if stopped():
                raise StoppedError

        # One process embeds; the others find it done when it is their turn.
        with self._turn.of_process(wait=True, meanwhile=stop):
            begun, self._begun = self._begun, None
            catalogue = begun[1] if begun and begun[0] == number else self._open(number)
            try:
                catalogue.embed(stopped)
            except BaseException:
                catalogue.close()
                raise
            return catalogue

    def _open(self, number: int) -> EmbeddedCatalogue:
        return self._open_named(str(self._registry.folder_of(number)))

    def _opened_before(self, number: int) -> EmbeddedCatalogue | None:
        """The version that served last; None where it cannot any more."""
        try:
            catalogue = self._open(number)
        except ModelError:
            return None
        if catalogue.is_whole:
            return catalogue
        catalogue.close()
        return None

    def _noted(self) -> int | None:
        try:
            return int(self._note.read_text())
        except (OSError, ValueError):
            return None

    def _note_serving(self, number: int) -> None:
        self._serving = number
        beside = self._note.with_suffix(".new")
        beside.write_text(f"{number}\n")
        beside.replace(self._note)
