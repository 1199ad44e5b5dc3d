"""Keeping both indexes true to the database, by following its log of changes."""

import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from filelock import Timeout
from sqlalchemy import Engine

from recommender.digest import digest
from recommender.index.maintainer import Maintainer
from recommender.index.port import BusyError, Ids, VectorIndex, Vectors
from recommender.indexing.change_log import Change, ChangeLog, Products
from recommender.indexing.indexed_texts import IndexedTexts
from recommender.indexing.turn import Turn
from recommender.retrieval.lexical import LexicalIndex, LexicalText
from recommender.serving.encoder import Encoder

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
        self._texts = IndexedTexts(engine)
        self._log = ChangeLog(engine)
        self._encoder = encoder
        self._turn = Turn(lock_file)
        self._compared = False
        self._turn_to_rebuild = Turn(lock_file.with_suffix(".rebuild.lock"))
        self._maintainer = Maintainer(index)
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
        head = self._log.head()
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
                with self._turn.of_thread(wait):
                    differing = self._compare(self.index) if first or embedder else None
                    with self._alone(wait):
                        applied += self._follow(self.index, differing, on_progress)
                        self._compared = True
        except (Timeout, BusyError):
            with suppress(BusyError):
                self._take_over(wait)
            return 0
        if applied or first:
            self._maintainer.start()
        return applied

    def maintain(self) -> None:
        """Does what keeps searches fast, and waits for it; `catch_up` has it done beside."""
        self._maintainer.finish()

    def _fill(self, index: VectorIndex, embedder: Embedder, on_progress: Progress | None) -> int:
        """Puts what `embedder` makes of the products that are not in `index`; returns how many.

        Others may go on changing the index meanwhile: a vector that overtakes a newer one is found
        out by its digest, when everything is compared afterwards.
        """
        pks = np.array(self._log.products().pks, dtype=np.int64)
        missing = np.setdiff1d(pks, index.ids())
        done = 0
        for ids, vectors, digests in embedder(missing) if len(missing) else ():
            index.put(ids, vectors, digests)
            index.commit(index.seq)
            done += len(ids)
            if on_progress is not None:
                on_progress(done, len(missing))
        return done

    def _compare(self, index: VectorIndex) -> Products:
        """The products that `index`, or the lexical one, does not hold as the database does.

        Reads all of them, and keeps nobody from following the log meanwhile.
        """
        products = self._log.products()
        differing = []
        for pks in _pages(sorted({*products.pks, *index.ids().tolist(), *self.lexical.digests()})):
            vectors = index.digests(np.array(pks, dtype=np.int64))
            lexical = self.lexical.digests(pks)
            known = [pk for pk in pks if pk in vectors and pk in lexical]
            texts, words = self._texts.read(known)
            same = {
                pk
                for pk, text in texts.items()
                if vectors[pk] == digest(text) and lexical[pk] == words[pk].digest
            }
            differing += [pk for pk in pks if pk not in same]
        return Products(differing, products.head)

    def _follow(
        self, index: VectorIndex, differing: Products | None, on_progress: Progress | None
    ) -> int:
        """Applies what the log has that `index`, or the lexical one, has not, page by page.

        `differing` is what a comparison has shown; without one, the indexes are trusted.
        """
        behind, ahead = sorted((index.seq, self.lexical.seq))
        head = self._log.head()
        # A log shorter than what was read of it is another database's; an index of nothing, new.
        if differing is None and (not behind or ahead > head):
            differing = self._compare(index)
        if differing is None:
            changed = self._log.since(behind)
        else:
            later = self._log.since(min(behind, differing.head))
            known = {change.pk for change in later}
            changed = [Change(pk, 0) for pk in differing.pks if pk not in known] + later
        applied = done = uncommitted = 0
        for number, page in enumerate(_pages(changed), start=1):
            pks, seq = [change.pk for change in page], page[-1].seq
            texts, words = self._texts.read(pks)
            vectors = self._apply_vectors(index, pks, texts)
            if vectors:
                index.commit(max(seq, min(index.seq, head)))
            uncommitted += self._apply_words(pks, words)
            if uncommitted and number % _LEXICAL_PAGES == 0:
                self.lexical.commit(max(seq, min(self.lexical.seq, head)))
                uncommitted = 0
            applied += vectors
            done += len(page)
            if on_progress is not None:
                on_progress(done, len(changed))
        if uncommitted or self.lexical.seq != head:
            self.lexical.commit(head)
        if index.seq != head:
            index.commit(head)
        return applied

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
        with (
            self._turn_to_rebuild.of_thread(wait),
            self._turn_to_rebuild.of_process(wait, meanwhile=self._take_over),
            ExitStack() as until_it_serves,
        ):
            with self.index.rebuild() as fresh:
                embedded = self._fill(fresh, embedder, on_progress) if embedder else 0
                embedded += self._embed_all(fresh, on_progress)
                fresh.maintain()
                self._renew_words()
                # From here on nobody follows the log, so that none of it is missed.
                until_it_serves.enter_context(self._turn.of_thread(wait=True))
                until_it_serves.enter_context(self._alone(wait=True))
                self._follow(fresh, None, None)
            self._compared = True
            return embedded

    def _embed_all(self, fresh: VectorIndex, on_progress: Progress | None) -> int:
        """Embeds every product, then those that changed meanwhile, and so on while they get few."""
        products = self._log.products()
        todo = [Change(pk, products.head) for pk in products.pks]
        fresh.commit(products.head)
        embedded = done = 0
        while todo:
            total = done + len(todo)
            for page in _pages(todo):
                pks = [change.pk for change in page]
                embedded += self._apply_vectors(fresh, pks, self._texts.read(pks)[0])
                fresh.commit(page[-1].seq)
                done += len(page)
                if on_progress is not None:
                    on_progress(done, total)
            later = self._log.since(fresh.seq)
            todo = later if _PAGE < len(later) < len(todo) / 2 else []
        return embedded

    def _renew_words(self) -> None:
        """Writes every product into the lexical index anew, in turn with whoever follows the log.

        Each is searched as it was until its page is committed.
        """
        pks = sorted({*self._log.products().pks, *self.lexical.digests()})
        for page in _pages(pks):
            with self._turn.of_thread(wait=True), self._alone(wait=True):
                words = self._texts.read(page)[1]
                self.lexical.remove(page)
                self.lexical.put(words)
                self.lexical.commit(self.lexical.seq)

    @contextmanager
    def _alone(self, wait: bool) -> Iterator[None]:
        """While no other process follows the log; what others commit is taken over.

        Raises:
            Timeout: another is at it, and `wait` is false.
            BusyError: another thread changes what the vector index has in memory, likewise.
        """
        with self._turn.of_process(wait, meanwhile=self._take_over):
            self._take_over(wait)
            try:
                yield
            finally:
                self.lexical.rollback()  # of what an error kept from being committed

    def _take_over(self, wait: bool = True) -> None:
        self.lexical.refresh()
        self.index.refresh(wait=wait)


def _pages(items: Collection[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while page := list(islice(rest, _PAGE)):
        yield page
