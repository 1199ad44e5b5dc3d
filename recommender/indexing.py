"""Keeping the vector index true to the database, by following its log of changes."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, selectinload

from catalog.database import sessions
from catalog.models import Product, ProductChange
from recommender.digest import digest
from recommender.embedding import Encoder
from recommender.index.faiss_index import FaissIndex
from recommender.index.port import DamagedIndexError, VectorIndex
from recommender.product_text import embedding_text, lexical_text
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.lexical import LexicalIndex, LexicalText

Progress = Callable[[int, int], None]
"""Called with the number of products looked at so far, and of all that will be."""

_PAGE = 256
_SAVE_EVERY = 4096
_log = logging.getLogger(__name__)


class Indexer:
    """One process's copy of the index, and how it catches up with the database.

    Several processes may share the file: a lock beside it lets one of them write at a time, and
    the others take over what it wrote. A file that is damaged, or made with another model, is
    rebuilt. Thread-safe; who searches takes `index` once and is not disturbed by a catch-up.
    """

    def __init__(self, engine: Engine, encoder: Encoder, path: Path, analyzer: Analyzer) -> None:
        self.index: VectorIndex = FaissIndex(encoder.dimension, encoder.fingerprint)
        self.version = 0
        """Counts the changes of what is indexed, by this process or taken over."""
        self._sessions = sessions(engine)
        self._encoder = encoder
        self._path = path
        self._busy = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._must_save = False
        self._compared = False
        self._first = True
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file_lock = FileLock(path.with_name(path.name + ".lock"))
        self.lexical = LexicalIndex(path.parent, analyzer)
        self._take_over()

    @property
    def compared(self) -> bool:
        """Whether this process has compared the index that it holds with the database itself.

        Until then the index may be another database's whose log happens to be as long.
        """
        return self._compared

    def outstanding(self) -> int:
        """About how many entries of the log the index that is loaded or saved does not know."""
        with self._sessions() as session:
            head = _head(session)
        return max(abs(head - self.index.seq), abs(head - self.lexical.seq))

    def catch_up(
        self, on_progress: Progress | None = None, *, rebuild: bool = False, wait: bool = True
    ) -> int:
        """Embeds what changed, removes what is gone, and returns how many products that were.

        Products whose text is as it was are not embedded again. `rebuild` embeds all, and takes
        the place of the old index once it is whole. With `wait=False` it returns 0 at once where
        another thread or process is at it.
        """
        if not self._busy.acquire(blocking=wait):
            return 0
        try:
            with self._file_lock.acquire(timeout=-1 if wait else 0):
                try:
                    return self._catch_up(on_progress, rebuild)
                finally:
                    self.lexical.rollback()  # of what an error kept from being committed
        except Timeout:
            return 0
        finally:
            self._busy.release()

    def _catch_up(self, on_progress: Progress | None, rebuild: bool) -> int:
        if not rebuild:
            self._take_over()
        self.lexical.refresh()
        index = (
            FaissIndex(self._encoder.dimension, self._encoder.fingerprint)
            if rebuild
            else self.index
        )
        with self._sessions() as session:
            head = _head(session)
            # A log shorter than what was read of it is another database's: compare everything.
            behind, ahead = sorted((index.seq, self.lexical.seq))
            if self._compared and not rebuild and behind and head >= ahead:
                pks = _changed(session, behind)
            else:
                indexed = {*index.digests(), *self.lexical.digests()}
                pks = sorted({*session.scalars(select(Product.pk)), *indexed})
        applied = unsaved = done = 0
        for page in _pages(pks):
            changed = self._apply(index, page)
            applied += changed
            unsaved += changed
            done += len(page)
            # A long run that is interrupted goes on from here. Not a rebuild: until it has all,
            # this process and others go on with the old index.
            if unsaved >= _SAVE_EVERY and not rebuild:
                self._save()
                unsaved = 0
            if on_progress is not None:
                on_progress(done, len(pks))
        if self.lexical.seq != head:
            self.lexical.commit(head)
        moved = index.seq != head
        index.seq = head
        self.index = index
        # Prices and stock move the log all day: that alone is written once, not at every turn.
        if unsaved or rebuild or self._must_save or (moved and (self._seen is None or self._first)):
            self._save()
        self.version += bool(applied)
        self._compared = True
        self._first = False
        return applied

    def _apply(self, index: VectorIndex, pks: Collection[int]) -> int:
        with self._sessions() as session:
            products = session.scalars(
                select(Product).where(Product.pk.in_(pks)).options(selectinload(Product.variants))
            )
            texts, words = {}, {}
            for product in products:
                texts[product.pk] = embedding_text(product)
                words[product.pk] = lexical_text(product)
        self._apply_words(pks, words)
        known = index.digests()
        gone = [pk for pk in pks if pk not in texts and pk in known]
        changed = [pk for pk, text in texts.items() if known.get(pk) != digest(text)]
        if gone:
            index.remove(np.array(gone, dtype=np.int64))
        if changed:
            index.put(
                np.array(changed, dtype=np.int64),
                self._encoder.encode([texts[pk] for pk in changed]),
                np.array([digest(texts[pk]) for pk in changed], dtype=np.int64),
            )
        return len(gone) + len(changed)

    def _apply_words(self, pks: Collection[int], words: Mapping[int, LexicalText]) -> None:
        known = self.lexical.digests(pks)
        gone = [pk for pk in pks if pk in known and pk not in words]
        changed = {pk: text for pk, text in words.items() if known.get(pk) != text.digest}
        if gone:
            self.lexical.remove(gone)
        if changed:
            self.lexical.put(changed)

    def _take_over(self) -> None:
        """Loads the file if it is not the one that this process last read or wrote."""
        seen = self._signature()
        if seen is None or seen == self._seen:
            return
        try:
            self.index = FaissIndex.load(
                self._path, self._encoder.dimension, self._encoder.fingerprint
            )
        except FileNotFoundError:
            return
        except DamagedIndexError as error:
            _log.warning("%s; it is rebuilt", error)
            self._seen = seen
            self._must_save = True
            return
        self._seen = seen
        self._compared = False
        self.version += 1

    def _save(self) -> None:
        self.index.save(self._path)
        self._seen = self._signature()
        self._must_save = False

    def _signature(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns


def _head(session: Session) -> int:
    return session.scalar(select(func.max(ProductChange.seq))) or 0


def _changed(session: Session, seq: int) -> list[int]:
    return list(
        session.scalars(select(ProductChange.product_pk).where(ProductChange.seq > seq).distinct())
    )


def _pages(pks: Collection[int]) -> Iterator[list[int]]:
    rest = iter(pks)
    while page := list(islice(rest, _PAGE)):
        yield page
