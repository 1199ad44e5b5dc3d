"""Keeping both indexes true to the database, by following its log of changes."""

import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, selectinload

from catalog.database import sessions
from catalog.models import Product, ProductChange
from recommender.digest import digest
from recommender.embedding import Encoder
from recommender.index.port import Ids, VectorIndex, Vectors
from recommender.product_text import embedding_text, lexical_text
from recommender.retrieval.lexical import LexicalIndex, LexicalText

Progress = Callable[[int, int], None]
"""Called with the number of products looked at so far, and of all that will be."""
Embedded = tuple[Ids, Vectors, Ids]
"""Products' pks, their vectors `[n, dimension]`, and the digests of the texts of these."""
Embedder = Callable[[Ids], Iterable[Embedded]]
"""Embeds products by their pks, elsewhere, in batches; those that are gone are left out."""

_T = TypeVar("_T")
_PAGE = 256
_LEXICAL_PAGES = 16
"""A commit of the lexical index costs more than one of the vectors, so it comes less often."""
_LOOK_AROUND_SECONDS = 0.5


class Indexer:
    """How the vectors and the words catch up with the database, one process at a time.

    Several processes may share the two indexes: a lock, `lock_file`, lets one of them embed, and
    the others take over what it committed, page by page. What kills a process costs at most the
    pages it was at: each index knows how much of the log it reflects, and both are followed from
    the one that is further behind; what the other has already is no work. Thread-safe. The vector
    index is closed when this is no longer used.
    """

    def __init__(
        self,
        engine: Engine,
        encoder: Encoder,
        index: VectorIndex,
        lexical: LexicalIndex,
        lock_file: Path,
    ) -> None:
        self.index = index
        self.lexical = lexical
        self.version = 0
        """Counts the changes of vectors, by this process or taken over."""
        self._sessions = sessions(engine)
        self._encoder = encoder
        self._busy = threading.Lock()
        self._compared = False
        self._maintainer: threading.Thread | None = None
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(lock_file)
        self._rebuild_lock = FileLock(lock_file.with_suffix(".rebuild.lock"), thread_local=False)
        self._close = weakref.finalize(self, index.close)

    @property
    def compared(self) -> bool:
        """Whether this process has compared the indexes that it holds with the database itself.

        Until then they may be another database's whose log happens to be as long.
        """
        return self._compared

    def close(self) -> None:
        """Closes the vector index, once."""
        self._close()

    def outstanding(self) -> int:
        """About how many entries of the log the indexes do not know."""
        with self._sessions() as session:
            head = _head(session)
        return max(abs(head - self.index.seq), abs(head - self.lexical.seq))

    def catch_up(
        self,
        on_progress: Progress | None = None,
        *,
        rebuild: bool = False,
        wait: bool = True,
        embedder: Embedder | None = None,
    ) -> int:
        """Embeds what changed, removes what is gone, and returns how many products that were.

        Products whose text is as it was are not embedded again. `rebuild` embeds all, beside the
        index that serves and is kept up to date meanwhile, and takes its place in the end. With
        `wait=False` it returns 0 at once where another thread or process is at it. An `embedder`
        does most of the work, if one is given: products that are not in the index at all.
        """
        first = not self._compared
        try:
            if rebuild:
                applied = self._rebuild(on_progress, wait, embedder)
            else:
                applied = self._fill(self.index, embedder, on_progress) if embedder else 0
                with self._alone(wait):
                    compared = self._compared and not embedder
                    applied += self._follow(self.index, compared, on_progress)
                    self._compared = True
        except Timeout:
            self._take_over()
            return 0
        if applied or first:
            self._maintain_beside()
        return applied

    def maintain(self) -> None:
        """Does what keeps searches fast, and waits for it; `catch_up` has it done beside."""
        if self._maintainer is not None:
            self._maintainer.join()
        self.index.maintain()

    def _fill(self, index: VectorIndex, embedder: Embedder, on_progress: Progress | None) -> int:
        """Puts what `embedder` makes of the products that are not in `index`; returns how many.

        Others may go on changing the index meanwhile: a vector that overtakes a newer one is found
        out by its digest, when everything is compared afterwards.
        """
        with self._sessions() as session:
            pks = np.array(session.scalars(select(Product.pk)).all(), dtype=np.int64)
        missing = np.setdiff1d(pks, index.ids())
        done = 0
        for ids, vectors, digests in embedder(missing) if len(missing) else ():
            index.put(ids, vectors, digests)
            index.commit(index.seq)
            done += len(ids)
            if on_progress is not None:
                on_progress(done, len(missing))
        self.version += bool(done)
        return done

    def _follow(self, index: VectorIndex, compared: bool, on_progress: Progress | None) -> int:
        """Applies what the log has that `index`, or the lexical one, has not, page by page."""
        with self._sessions() as session:
            head = _head(session)
            behind, ahead = sorted((index.seq, self.lexical.seq))
            # A log shorter than what was read of it is another database's. Then, and at first,
            # compare everything.
            if compared and behind and ahead <= head:
                changed = _changed(session, behind)
            else:
                indexed = {*index.ids().tolist(), *self.lexical.digests()}
                pks = sorted({*session.scalars(select(Product.pk)), *indexed})
                changed = [(pk, 0) for pk in pks]
        applied = done = uncommitted = 0
        for number, page in enumerate(_pages(changed), start=1):
            pks, seq = [pk for pk, _ in page], page[-1][1]
            texts, words = self._read(pks)
            vectors = self._apply_vectors(index, pks, texts)
            if vectors:
                index.commit(max(seq, min(index.seq, head)))
            uncommitted += self._apply_words(pks, words)
            if uncommitted and number % _LEXICAL_PAGES == 0:
                self.lexical.commit(max(seq, min(self.lexical.seq, head)))
                uncommitted = 0
            applied += vectors
            self.version += bool(vectors)
            done += len(page)
            if on_progress is not None:
                on_progress(done, len(changed))
        if uncommitted or self.lexical.seq != head:
            self.lexical.commit(head)
        if index.seq != head:
            index.commit(head)
        return applied

    def _read(self, pks: list[int]) -> tuple[dict[int, str], dict[int, LexicalText]]:
        """What is indexed of those of these products that exist."""
        texts, words = {}, {}
        with self._sessions() as session:
            for product in session.scalars(
                select(Product).where(Product.pk.in_(pks)).options(selectinload(Product.variants))
            ):
                texts[product.pk] = embedding_text(product)
                words[product.pk] = lexical_text(product)
        return texts, words

    def _apply_vectors(self, index: VectorIndex, pks: list[int], texts: Mapping[int, str]) -> int:
        """Puts and removes what these products need; returns how many of them."""
        known = index.digests(np.array(pks, dtype=np.int64))
        gone = [pk for pk in pks if pk not in texts and pk in known]
        changed = [pk for pk, text in texts.items() if known.get(pk) != digest(text)]
        if changed:
            index.put(
                np.array(changed, dtype=np.int64),
                self._encoder.encode([texts[pk] for pk in changed]),
                np.array([digest(texts[pk]) for pk in changed], dtype=np.int64),
            )
        if gone:
            index.remove(np.array(gone, dtype=np.int64))
        return len(gone) + len(changed)

    def _apply_words(self, pks: Collection[int], words: Mapping[int, LexicalText]) -> int:
        known = self.lexical.digests(pks)
        gone = [pk for pk in pks if pk in known and pk not in words]
        changed = {pk: text for pk, text in words.items() if known.get(pk) != text.digest}
        if gone:
            self.lexical.remove(gone)
        if changed:
            self.lexical.put(changed)
        return len(gone) + len(changed)

    def _rebuild(self, on_progress: Progress | None, wait: bool, embedder: Embedder | None) -> int:
        with self._rebuild_lock.acquire(timeout=-1 if wait else 0), ExitStack() as until_it_serves:
            with self.index.rebuild() as fresh:
                with self._sessions() as session:
                    head = _head(session)
                    pks = list(session.scalars(select(Product.pk).order_by(Product.pk)))
                embedded = self._fill(fresh, embedder, on_progress) if embedder else 0
                done = 0
                for page in _pages(pks):
                    embedded += self._apply_vectors(fresh, page, self._read(page)[0])
                    fresh.commit(0)
                    done += len(page)
                    if on_progress is not None:
                        on_progress(done, len(pks))
                fresh.commit(head)
                fresh.maintain()
                # From here on nobody follows the log, so that none of it is missed.
                until_it_serves.enter_context(self._alone(wait=True))
                self._rebuild_words()
                self._follow(fresh, True, None)
            self._compared = True
            self.version += 1
            return embedded

    def _rebuild_words(self) -> None:
        """The lexical index anew; until its one commit, everybody searches the old."""
        with self._sessions() as session:
            head = _head(session)
            pks = list(session.scalars(select(Product.pk).order_by(Product.pk)))
        self.lexical.clear()
        for page in _pages(pks):
            self.lexical.put(self._read(page)[1])
        self.lexical.commit(head)

    @contextmanager
    def _alone(self, wait: bool) -> Iterator[None]:
        """While no other thread or process follows the log; what others commit is taken over.

        Raises:
            Timeout: another is at it, and `wait` is false.
        """
        with ExitStack() as held:
            if not self._busy.acquire(blocking=wait):
                raise Timeout(self._lock.lock_file)
            held.callback(self._busy.release)
            while True:
                try:
                    held.enter_context(
                        self._lock.acquire(timeout=_LOOK_AROUND_SECONDS if wait else 0)
                    )
                    break
                except Timeout:
                    if not wait:
                        raise
                    self._take_over()
            self._take_over()
            held.callback(self.lexical.rollback)  # of what an error kept from being committed
            yield

    def _take_over(self) -> None:
        self.lexical.refresh()
        self.version += self.index.refresh()

    def _maintain_beside(self) -> None:
        """Lets the vector index do in the background what keeps searches fast."""
        if self._maintainer is None or not self._maintainer.is_alive():
            self._maintainer = threading.Thread(
                target=self.index.maintain, name="index maintenance", daemon=True
            )
            self._maintainer.start()


def _head(session: Session) -> int:
    return session.scalar(select(func.max(ProductChange.seq))) or 0


def _changed(session: Session, seq: int) -> list[tuple[int, int]]:
    """The products that changed since, each with its last entry, in the order of these."""
    last = func.max(ProductChange.seq)
    found = session.execute(
        select(ProductChange.product_pk, last)
        .where(ProductChange.seq > seq)
        .group_by(ProductChange.product_pk)
        .order_by(last)
    )
    return [(pk, seq) for pk, seq in found]


def _pages(items: Collection[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while page := list(islice(rest, _PAGE)):
        yield page
