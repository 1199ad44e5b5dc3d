"""The lexical index: BM25 over the words of products, on tantivy, in a folder on disk."""

import logging
import shutil
import threading
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from recommender.digest import digest
from recommender.index.port import Hit, Ids
from recommender.retrieval.analysis import Analyzer

_log = logging.getLogger(__name__)

# Chosen on development queries: docs/decisions/0012-lexical-beside-dense.md
_TITLE, _DETAILS, _DESCRIPTION, _GRAMS = 1.0, 0.6, 0.3, 0.3
_CODE = 100.0
"""More than any words together."""
_MOST_OF_A_CODE = 10
"""A code that more products bear names a kind: "iphone13" on a hundred cases."""
_MOST_TERMS = 64
_WRITER_BYTES = 50_000_000
# From this share on it is faster to look further down the list than to tell tantivy who may pass.
_LARGE_SHARE = 0.02
_OVERFETCH = 1.5


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


@dataclass(frozen=True, slots=True)
class LexicalHits:
    hits: list[Hit]
    """Best first. A score of 1 is about that of a title which says every word of the query."""
    exact: frozenset[int]
    """Those whose id, SKU or model number stands in the query."""


class LexicalIndex:
    """BM25 over titles, details and descriptions, with character trigrams of titles beside words.

    What is put or removed is found after `commit`, by this process at once, and by others after
    their `refresh`. A crash leaves the last commit. Only one process may write at a time, which is
    for the caller to see to; reads are thread-safe.

    A folder that cannot be read, or was made with another analyzer, is emptied, with a warning.
    """

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._folder = folder / f"lexical-{analyzer.name}"
        self._analyzer = analyzer
        self._schema = _schema()
        self._writer: Any = None
        self._lock = threading.Lock()
        self._open()

    @property
    def seq(self) -> int:
        """The last `product_changes.seq` that the committed index reflects."""
        return self._seq

    def __len__(self) -> int:
        return max(0, int(self._searcher.num_docs) - self._marks)

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
        self._index.reload()
        self._read()

    def digests(self, pks: Collection[int] | None = None) -> dict[int, int]:
        """The digests of these pks, or of all, as committed."""
        if pks is None:
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, tantivy.Query.all_query()),
                    (tantivy.Occur.MustNot, self._mark()),
                ]
            )
        else:
            query = tantivy.Query.term_set_query(self._schema, "pk", list(pks))
        addresses = [address for _, address in self._top(query, len(self))]
        found = zip(self._values("pk", addresses), self._values("digest", addresses), strict=True)
        return dict(found)

    def search(self, text: str, k: int, allowed: Ids | None = None) -> LexicalHits:
        """The `k` products that match `text` best, of those allowed; of equals, any."""
        words = self._analyzer.words(text)[:_MOST_TERMS]
        codes = self._analyzer.codes(text)
        query, ideal = self._query(words, codes)
        if query is None or (allowed is not None and not len(allowed)):
            return LexicalHits([], frozenset())
        found = self._allowed(query, k, allowed)
        exact = frozenset(pk for pk, score in found if score >= _CODE)
        return LexicalHits([Hit(pk, min(1.0, score / ideal)) for pk, score in found], exact)

    def _allowed(self, query: Any, k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        if allowed is None:
            return self._hits(query, k)
        total = max(1, len(self))
        share = len(allowed) / total
        if share >= _LARGE_SHARE:
            depth = int(k / share * _OVERFETCH) + 1
            found = self._hits(query, depth)
            passing = set(allowed[np.isin(allowed, [pk for pk, _ in found])].tolist())
            kept = [(pk, score) for pk, score in found if pk in passing][:k]
            if len(kept) == k or len(found) < depth:
                return kept
        who = tantivy.Query.term_set_query(self._schema, "pk", allowed.tolist())
        both = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(who, 0.0)),
            ]
        )
        return self._hits(both, k)

    def _query(self, words: list[str], codes: list[str]) -> tuple[Any, float]:
        """The query, and the score of a title that says all of it."""
        clauses: list[Any] = []
        ideal = 0.0
        for word, times in Counter(words).items():
            ideal += times * _TITLE * self._idf("title", word)
            for field, weight in (
                ("title", _TITLE),
                ("details", _DETAILS),
                ("description", _DESCRIPTION),
            ):
                clauses.append(self._term(field, word, times * weight))
        for gram, times in Counter(self._analyzer.grams(words)).items():
            ideal += times * _GRAMS * self._idf("grams", gram)
            clauses.append(self._term("grams", gram, times * _GRAMS))
        for code in dict.fromkeys(codes):
            if self._searcher.doc_freq("codes", code) > _MOST_OF_A_CODE:
                continue
            term = tantivy.Query.term_query(self._schema, "codes", code, index_option="basic")
            clauses.append((tantivy.Occur.Should, tantivy.Query.const_score_query(term, _CODE)))
        return (tantivy.Query.boolean_query(clauses) if clauses else None), max(ideal, 1.0)

    def _term(self, field: str, term: str, weight: float) -> tuple[Any, Any]:
        query = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
        return tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)

    def _idf(self, field: str, term: str) -> float:
        """As BM25 has it; a word that no product says is the rarest."""
        total = self._searcher.num_docs
        having = self._searcher.doc_freq(field, term)
        return log(1 + (total - having + 0.5) / (having + 0.5))

    def _hits(self, query: Any, k: int) -> list[tuple[int, float]]:
        found = self._top(query, k)
        pks = self._values("pk", [address for _, address in found])
        return [(pk, score) for pk, (score, _) in zip(pks, found, strict=True)]

    def _top(self, query: Any, k: int) -> list[tuple[float, Any]]:
        if k <= 0:
            return []
        hits: list[tuple[float, Any]] = self._searcher.search(query, k, count=False).hits
        return hits

    def _values(self, field: str, addresses: list[Any]) -> list[int]:
        return [int(value or 0) for value in self._searcher.fast_field_values(field, addresses)]

    def _mark(self) -> Any:
        return tantivy.Query.term_query(self._schema, "mark", 1)

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
        searcher = self._index.searcher()
        found = searcher.search(self._mark(), 1, count=False).hits
        self._searcher = searcher
        self._marks = len(found)
        addresses = [address for _, address in found]
        self._seq = int(self._values("seq", addresses)[0]) if addresses else 0


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
