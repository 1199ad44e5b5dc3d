"""The lexical index: BM25 over the words of products, on tantivy, in a folder on disk."""

import logging
import shutil
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from recommender.digest import digest
from recommender.index.port import Ids
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.lexical_snapshot import LexicalHits, LexicalSnapshot

_log = logging.getLogger(__name__)

_WRITER_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class LexicalText:
    """What can be found of one product, by where it stands."""

    title: str
    details: str = ""
    """Brand, category, colours, material and the like."""
    description: str = ""
    codes: tuple[str, ...] = ()
    """Ids, SKUs and model numbers, each found as a whole."""

    @property
    def digest(self) -> int:
        """64 bits, signed, of all of it."""
        return digest("\0".join((self.title, self.details, self.description, *self.codes)))


class LexicalIndex:
    """BM25 over titles, details and descriptions, with character trigrams of titles beside words.

    What is put or removed is found after `commit`, by this process at once, and by others after
    their `refresh`. A crash leaves the last commit. Only one process may write at a time, which is
    for the caller to see to; reads are thread-safe, each over one commit.

    Each analyzer has a folder of its own. One that cannot be read is emptied, with a warning.
    """

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._folder = folder / f"lexical-{analyzer.name}"
        self._analyzer = analyzer
        self._schema = _schema()
        self._writer: Any = None
        self._refreshing = threading.Lock()
        self._open()

    @property
    def seq(self) -> int:
        """The last `product_changes.seq` that the committed index reflects."""
        return self._snapshot.seq

    def __len__(self) -> int:
        return len(self._snapshot)

    def put(self, texts: Mapping[int, LexicalText]) -> None:
        """Adds products by pk, or replaces them."""
        writer = self._begin()
        for pk, text in texts.items():
            writer.delete_documents_by_term("pk", pk)
            words = self._analyzer.words(text.title)
            codes = [self._analyzer.code(code) for code in text.codes]
            codes += self._analyzer.model_numbers(text.title)
            writer.add_document(
                tantivy.Document(
                    pk=pk,
                    digest=text.digest,
                    title=" ".join(words),
                    grams=" ".join(self._analyzer.grams(words)),
                    details=" ".join(self._analyzer.words(text.details)),
                    description=" ".join(self._analyzer.words(text.description)),
                    codes=" ".join(code for code in dict.fromkeys(codes) if code),
                )
            )

    def remove(self, pks: Collection[int]) -> None:
        """Forgets these pks; those that are not there are no error."""
        writer = self._begin()
        for pk in pks:
            writer.delete_documents_by_term("pk", pk)

    def clear(self) -> None:
        """Forgets everything; readers see it with the next commit, and what was put since."""
        self._begin().delete_all_documents()

    def commit(self, seq: int) -> None:
        """Makes all of it durable at once, with the change that it reflects."""
        writer = self._begin()
        writer.delete_documents_by_term("mark", 1)
        writer.add_document(tantivy.Document(mark=1, seq=seq))
        try:
            writer.commit()
            writer.wait_merging_threads()
        finally:
            self._writer = None
        self.refresh()

    def rollback(self) -> None:
        """Forgets what was put and removed since the last commit."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer = None

    def refresh(self) -> None:
        """Takes over what other processes committed."""
        with self._refreshing:  # or the older of two might come last
            self._index.reload()
            self._read()

    def digests(self, pks: Collection[int] | None = None) -> dict[int, int]:
        """The digests of these pks, or of all, as committed."""
        return self._snapshot.digests(pks)

    def search(self, text: str, k: int, allowed: Ids | None = None) -> LexicalHits:
        """The `k` products that match `text` best, of those allowed; of equals, any."""
        return self._snapshot.search(text, k, allowed)

    def _begin(self) -> Any:
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        return self._writer

    def _open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(self._folder))
            self._read()
        except ValueError as error:
            _log.warning("The lexical index in %s cannot be read (%s)", self._folder, error)
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            self._index = tantivy.Index(self._schema, path=str(self._folder))
            self._read()

    def _read(self) -> None:
        self._snapshot = LexicalSnapshot(self._index.searcher(), self._schema, self._analyzer)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("pk", "mark"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("digest", "seq"):
        builder.add_integer_field(name, fast=True)
    for name in ("title", "details", "description", "grams"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("codes", tokenizer_name="whitespace", index_option="basic")
    return builder.build()
