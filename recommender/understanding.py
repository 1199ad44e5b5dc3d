"""The parser over the catalogue's words, kept as new as the catalogue."""

import logging
import threading
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from catalog.database import sessions
from recommender.query import features, measures
from recommender.query.constraints import ParsedQuery
from recommender.query.language import Language
from recommender.query.parser import QueryParser
from recommender.query.vocabulary import Vocabulary

_log = logging.getLogger(__name__)

_QUICK = 2_000
"""Of so many products the vocabulary is read in some hundredths of a second."""
_REST = 10
"""After reading, so many times as long is spent on other things."""


class Understanding:
    """One catalogue's vocabulary and its parser, replaced together. Thread-safe.

    Any change may bring words, sizes, or prices from which "cheap" is reckoned, so all is read
    anew: at once in a small shop, else beside the conversations, and not all the time.
    """

    def __init__(
        self, engine: Engine, language: Language, well_spelled: frozenset[str], seq: int
    ) -> None:
        """`seq` is how much of the log of changes is known, as later in `keep_up`."""
        self._sessions = sessions(engine)
        self._language = language
        self._well_spelled = well_spelled
        self._reading = threading.Lock()
        self._read(seq)

    @property
    def vocabulary(self) -> Vocabulary:
        return self._current[0]

    def parse(self, text: str) -> ParsedQuery:
        """The search text and the constraints in a customer's words."""
        return self._current[1].parse(text)

    def knows(self, word: str) -> bool:
        """Whether catalogue or language have a word, in singular or plural."""
        return self._current[1].knows(word)

    def keep_up(self, seq: int) -> None:
        """Reads the catalogue if its log, known up to `seq`, moved since it was last read."""
        if seq == self._seq:
            return
        if self.vocabulary.products <= _QUICK:
            with self._reading:
                if seq != self._seq:
                    self._read(seq)
        elif monotonic() >= self._next and self._reading.acquire(blocking=False):
            threading.Thread(
                target=self._read_beside, args=[seq], name="vocabulary", daemon=True
            ).start()

    def _read_beside(self, seq: int) -> None:
        try:
            self._read(seq)
        except SQLAlchemyError:
            _log.warning("The catalogue's vocabulary could not be read anew", exc_info=True)
        finally:
            self._reading.release()

    def _read(self, seq: int) -> None:
        started = monotonic()
        with self._sessions() as session:
            vocabulary = Vocabulary.from_session(session)
        parser = QueryParser(vocabulary, self._language, self._well_spelled)
        self._current = vocabulary, parser
        # They are kept by the attributes of a vocabulary, and would keep the one that is gone.
        for kept in (features.meanings, features.freedoms, measures.answers):
            kept.cache_clear()
        self._seq = seq
        self._next = monotonic() + _REST * (monotonic() - started)
