"""The lexical index as of one commit: how its BM25 is asked."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import tantivy

from recommender.index.port import Hit, Ids
from recommender.retrieval.analysis import Analyzer

# Chosen on development queries: docs/decisions/0012-lexical-beside-dense.md
_WEIGHTS = {"title": 1.0, "details": 0.6, "description": 0.3}
_GRAMS = 0.3
_MOST_OF_A_CODE = 10
"""A code that more products bear names a kind: "iphone13" on a hundred cases."""
_MOST_TERMS = 64
# From this share on it is faster to look further down the list than to tell tantivy who may pass.
_LARGE_SHARE = 0.02
_OVERFETCH = 1.5


@dataclass(frozen=True, slots=True)
class LexicalHits:
    hits: list[Hit]
    """The exact ones, then the best. 1 is the score of a title that says every word."""
    exact: frozenset[int]
    """Those whose id, SKU or model number stands in the query."""


class LexicalSnapshot:
    """What one commit holds. It never changes: a document's address means nothing in another.

    Thread-safe.
    """

    def __init__(self, searcher: Any, schema: Any, analyzer: Analyzer) -> None:
        self._searcher = searcher
        self._schema = schema
        self._analyzer = analyzer
        marks = [address for _, address in self._top(self._mark(), 1)]
        self.seq = self._values("seq", marks)[0] if marks else 0
        """The last `product_changes.seq` that it reflects."""
        self._products = max(0, int(searcher.num_docs) - len(marks))

    def __len__(self) -> int:
        return self._products

    def digests(self, pks: Collection[int] | None = None) -> dict[int, int]:
        """The digests of these pks, or of all."""
        if pks is None:
            everything = (tantivy.Occur.Must, tantivy.Query.all_query())
            query = tantivy.Query.boolean_query([everything, (tantivy.Occur.MustNot, self._mark())])
        else:
            query = tantivy.Query.term_set_query(self._schema, "pk", list(pks))
        most = len(self) if pks is None else min(len(self), len(pks))
        addresses = [address for _, address in self._top(query, most)]
        found = zip(self._values("pk", addresses), self._values("digest", addresses), strict=True)
        return dict(found)

    def search(self, text: str, k: int, allowed: Ids | None = None) -> LexicalHits:
        """The `k` products that match `text` best, of those allowed; of equals, any."""
        if k <= 0 or (allowed is not None and not len(allowed)):
            return LexicalHits([], frozenset())
        exact = self._bearing(self._analyzer.codes(text), k, allowed)
        query, ideal = self._by_words(self._analyzer.words(text)[:_MOST_TERMS])
        found = self._allowed(query, k, allowed) if query is not None else []
        hits = [Hit(pk, 1.0) for pk in exact]
        hits += [Hit(pk, min(1.0, score / ideal)) for pk, score in found if pk not in exact]
        return LexicalHits(hits[:k], frozenset(exact))

    def _bearing(self, codes: list[str], k: int, allowed: Ids | None) -> list[int]:
        """The products that one of these codes names."""
        terms = [
            (tantivy.Occur.Should, self._term("codes", code))
            for code in dict.fromkeys(codes)
            if 0 < self._searcher.doc_freq("codes", code) <= _MOST_OF_A_CODE
        ]
        if not terms:
            return []
        return [pk for pk, _ in self._allowed(tantivy.Query.boolean_query(terms), k, allowed)]

    def _by_words(self, words: list[str]) -> tuple[Any, float]:
        """The query, and the score of a title that says all of it."""
        clauses: list[Any] = []
        ideal = 0.0
        for word, times in Counter(words).items():
            ideal += times * _WEIGHTS["title"] * self._idf("title", word)
            for field, weight in _WEIGHTS.items():
                clauses.append(self._should(field, word, times * weight))
        for gram, times in Counter(self._analyzer.grams(words)).items():
            ideal += times * _GRAMS * self._idf("grams", gram)
            clauses.append(self._should("grams", gram, times * _GRAMS))
        return (tantivy.Query.boolean_query(clauses) if clauses else None), max(ideal, 1.0)

    def _allowed(self, query: Any, k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        if allowed is None:
            return self._hits(query, k)
        share = len(allowed) / max(1, len(self))
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

    def _should(self, field: str, term: str, weight: float) -> tuple[Any, Any]:
        query = self._term(field, term, index_option="freq")
        return tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)

    def _term(self, field: str, term: str, index_option: str = "basic") -> Any:
        return tantivy.Query.term_query(self._schema, field, term, index_option=index_option)

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
