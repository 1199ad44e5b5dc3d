"""The search: understand, filter, retrieve, rerank, explain."""

import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, selectinload

from catalog.database import sessions
from catalog.models import Product, Variant
from catalog.products import find_variant
from recommender.browsing import browse
from recommender.embedding import Encoder
from recommender.errors import UnknownProductError
from recommender.explanation import explain
from recommender.export import prepare
from recommender.filtering import Filter, excluded_products
from recommender.grouping import GroupKey, group_key, group_keys
from recommender.index.faiss_index import FaissIndex
from recommender.index.port import VectorIndex
from recommender.indexing import Indexer, Progress
from recommender.models import open_encoder, open_reranker
from recommender.offer import Offer, SearchResponse
from recommender.product_text import embedding_text, reranking_text
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.parser import QueryParser
from recommender.query.vocabulary import Vocabulary
from recommender.relaxation import relax
from recommender.reranking import Reranker
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.fusion import Candidate, Retriever
from recommender.retrieval.lexical import LexicalIndex

MOST_RESULTS = 100
_RERANKED = 30
_SPARE = 10
"""Candidates beyond those wanted, because some may be duplicates."""
# What the very colour asked for is worth against a shade of it, on the scale of relevance: it
# decides among red shoes, and makes no denim jacket of a rain jacket.
_EXACT_COLOR = 0.12
# A search applies so few changes itself; more are the background's work.
_MOST_CHANGES_IN_SEARCH = 64
_LANGUAGE = ENGLISH


@dataclass(frozen=True)
class _Understanding:
    """The vocabulary and its parser, replaced together."""

    vocabulary: Vocabulary
    parser: QueryParser


@dataclass(frozen=True, slots=True)
class _Ranked:
    product: Product
    variant: Variant
    score: float
    exact: bool = False
    """Whether the customer named its id or model number."""


class SearchEngine:
    """Finds products of one catalogue. Thread-safe; one per process.

    >>> search = SearchEngine.open(engine, data_dir)
    >>> response = search.search(search.understand("red running shoes under $60"))
    >>> response.results[0].why
    ('red', '$54.00, under $60', 'Running')
    """

    def __init__(
        self,
        engine: Engine,
        encoder: Encoder,
        reranker: Reranker | None,
        index: VectorIndex,
        index_folder: Path,
    ) -> None:
        """`index_folder` holds the lexical index, and what processes share beside the vectors."""
        self._sessions = sessions(engine)
        self.encoder = encoder
        self._reranker = reranker
        lexical = LexicalIndex(index_folder, Analyzer(_LANGUAGE.stemmer))
        self._indexer = Indexer(engine, encoder, index, lexical, index_folder / "indexing.lock")
        self._vocabulary_lock = threading.Lock()
        self._vocabulary_version = -1
        self._understanding = self._read_vocabulary()

    @classmethod
    def open(
        cls,
        engine: Engine,
        data_dir: Path,
        *,
        embedding_model: str = "",
        reranker: str = "",
        device: str = "auto",
    ) -> "SearchEngine":
        """The engine over a database and a data folder.

        Default models that are not exported yet are exported first, which takes half a minute
        once. Where there is no reranker it ranks by retrieval alone, and logs that. The index is
        brought up to date not here but by `refresh`, or by the first search.

        Raises:
            ModelError: a model is missing or damaged; the message says what to do.
        """
        prepare(data_dir, embedding_model=embedding_model, reranker=reranker)
        encoder = open_encoder(data_dir, embedding_model, device)
        folder = data_dir / "index"
        return cls(
            engine,
            encoder,
            open_reranker(data_dir, reranker, device),
            FaissIndex(folder / "faiss", encoder.dimension, encoder.fingerprint),
            folder,
        )

    @property
    def _retriever(self) -> Retriever:
        return Retriever(self._indexer.lexical, self._indexer.index)

    @property
    def reranks(self) -> bool:
        """Whether there is a reranker."""
        return self._reranker is not None

    def __len__(self) -> int:
        """The number of products that can be found."""
        return len(self._indexer.index)

    @property
    def outstanding(self) -> int:
        """How many changes of the catalogue the index does not know yet."""
        return self._indexer.outstanding()

    def ready(self) -> bool:
        """Whether there is an index to search; one that lags behind an import is one."""
        return len(self) > 0 or self.outstanding == 0

    def understand(self, text: str) -> ParsedQuery:
        """The search text and the constraints in a customer's words."""
        return self._understanding.parser.parse(text)

    def refresh(self, on_progress: Progress | None = None, *, rebuild: bool = False) -> int:
        """Applies outstanding changes of the catalogue; returns how many products were indexed.

        Cheap when nothing changed. `rebuild` embeds every product anew.
        """
        return self._catch_up(on_progress, rebuild=rebuild, wait=True)

    def maintain(self) -> None:
        """Does what keeps searches of a large catalogue fast: minutes, where much is new.

        A process that goes on has it done in the background, and need not call this.
        """
        self._indexer.maintain()

    def search(
        self,
        query: ParsedQuery,
        *,
        k: int = 10,
        rerank: bool = True,
        exclude: Collection[str] = (),
    ) -> SearchResponse:
        """Up to `k` offers, best first, each of another product, all obeying the constraints.

        If no product passes, the fewest constraints are dropped, and `relaxed` names them.
        The very colour asked for comes before its shades, however well they fit otherwise. Out of
        the `k` best, those out of stock come last. `exclude` names products or variants not to
        show. Without search text the result is a mix of what passes.
        """
        started = perf_counter()
        self._catch_up_if_quick()
        k = max(1, min(k, MOST_RESULTS))
        with self._sessions() as session:
            constraints, passing, relaxed = self._passing(session, query.filters)
            excluded = excluded_products(session, exclude)
            wanted = max(k, _RERANKED)
            found = self._retrieve(session, query.text, passing, wanted + _SPARE, excluded)
            seen = group_keys(session, excluded)
            candidates = _one_of_each(self._candidates(session, found, passing), seen)[:wanted]
            retrieved = perf_counter()
            if rerank and self._reranker is not None and query.text:
                candidates = self._rerank(self._reranker, query.text, candidates)
            reranked = perf_counter()
            candidates.sort(key=lambda each: (not each.exact, -_preference(each, passing)))
            results = [
                self._offer(candidate, constraints) for candidate in _in_stock_first(candidates[:k])
            ]
        finished = perf_counter()
        return SearchResponse(
            understood=query,
            results=results,
            relaxed=relaxed,
            similarity=max((1.0 if each.exact else each.cosine for each in found), default=0.0),
            took_ms={
                "understand": query.took_ms,
                "retrieve": (retrieved - started) * 1000,
                "rerank": (reranked - retrieved) * 1000,
                "total": query.took_ms + (finished - started) * 1000,
            },
        )

    def similar(self, variant_or_product_id: str, *, k: int = 10) -> list[Offer]:
        """Up to `k` offers of other products like this one, best first, out of stock last.

        Raises:
            UnknownProductError: nothing has this id.
        """
        self._catch_up_if_quick()
        k = max(1, min(k, MOST_RESULTS))
        with self._sessions() as session:
            product = _find(session, variant_or_product_id)
            index = self._indexer.index
            vector = index.vector(product.pk)
            if vector is None:
                vector = self.encoder.encode([embedding_text(product)])[0]
            hits = index.search(vector, k + 1 + _SPARE)
            near = [Candidate(hit.id, hit.score, hit.score) for hit in hits if hit.id != product.pk]
            anything = Filter(Constraints(), self._understanding.vocabulary, _LANGUAGE)
            alike = self._candidates(session, near, anything)
            candidates = _one_of_each(alike, {group_key(product)})[:k]
            return [
                self._offer(candidate, Constraints()) for candidate in _in_stock_first(candidates)
            ]

    def _passing(
        self, session: Session, constraints: Constraints
    ) -> tuple[Constraints, Filter, tuple[str, ...]]:
        """The constraints that something passes, as a filter, and the names of those dropped."""
        vocabulary = self._understanding.vocabulary

        def filtered(some: Constraints) -> Filter:
            return Filter(some, vocabulary, _LANGUAGE)

        passing = filtered(constraints)
        if not passing or passing.any_pass(session):
            return constraints, passing, ()
        relaxed = relax(constraints, lambda some: filtered(some).any_pass(session))
        kept = constraints.without(*relaxed)
        return kept, filtered(kept), relaxed

    def _retrieve(
        self, session: Session, text: str, passing: Filter, k: int, excluded: set[int]
    ) -> list[Candidate]:
        """Up to `k` candidates, best first.

        Half again as many are looked for in the very colour asked for as in its shades, so that
        nearer shades do not crowd it out.
        """
        vector = self.encoder.encode([text])[0] if text else None
        found: dict[int, Candidate] = {}
        exact = passing.exact_color()
        shades = k if exact is None else k // 2
        for stage, wanted in ((exact, k), (passing, shades)):
            if stage is None:
                continue
            seen = excluded | found.keys()
            if vector is None:
                more = [Candidate(pk, 0.0, 0.0) for pk in browse(session, stage, wanted, seen)]
            else:
                allowed = stage.products(session) if stage else None
                more = self._retriever.hybrid(text, vector, wanted, allowed, seen)
            found |= {candidate.pk: candidate for candidate in more}
        return list(found.values())

    def _candidates(
        self, session: Session, found: list[Candidate], passing: Filter
    ) -> list[_Ranked]:
        """These products with their best variants, in the same order.

        A product that was deleted, or whose variants stopped passing, a moment ago is left out.
        """
        variants = passing.variants(session, [candidate.pk for candidate in found])
        products = {
            product.pk: product
            for product in session.scalars(
                select(Product)
                .where(Product.pk.in_(variants))
                .options(selectinload(Product.variants))
            )
        }
        return [
            _Ranked(products[each.pk], variants[each.pk][0], each.score, each.exact)
            for each in found
            if each.pk in products
        ]

    def _rerank(self, reranker: Reranker, text: str, candidates: list[_Ranked]) -> list[_Ranked]:
        scores = reranker.scores(text, [reranking_text(found.product) for found in candidates])
        weight = reranker.blend
        blended = [
            replace(found, score=weight * float(score) + (1 - weight) * found.score)
            for found, score in zip(candidates, scores, strict=True)
        ]
        return sorted(blended, key=lambda found: -found.score)

    def _offer(self, found: _Ranked, constraints: Constraints) -> Offer:
        why = explain(found.product, found.variant, constraints, _LANGUAGE)
        return Offer.of(found.product, found.variant, found.score, why)

    def _catch_up_if_quick(self) -> None:
        """Applies changes before a search, unless they are many and something is indexed."""
        outstanding = self._indexer.outstanding()
        if not outstanding and self._indexer.compared:
            return
        if outstanding <= _MOST_CHANGES_IN_SEARCH or not len(self):
            self._catch_up(None, rebuild=False, wait=not len(self))

    def _catch_up(self, on_progress: Progress | None, *, rebuild: bool, wait: bool) -> int:
        seq = self._indexer.index.seq
        applied = self._indexer.catch_up(on_progress, rebuild=rebuild, wait=wait)
        changed = self._indexer.version != self._vocabulary_version
        if changed or self._indexer.index.seq != seq:
            with self._vocabulary_lock:
                # Prices and stock change all day; words only with a product's text, or its sizes.
                if changed or self._sizes_changed():
                    self._understanding = self._read_vocabulary()
        return applied

    def _sizes_changed(self) -> bool:
        with self._sessions() as session:
            return Vocabulary.sizes_of(session) != self._understanding.vocabulary.sizes

    def _read_vocabulary(self) -> _Understanding:
        self._vocabulary_version = self._indexer.version
        with self._sessions() as session:
            vocabulary = Vocabulary.from_session(session)
        return _Understanding(vocabulary, QueryParser(vocabulary, _LANGUAGE, self.encoder.words))


def _find(session: Session, id: str) -> Product:
    variant = find_variant(session, id)
    if variant is None:
        raise UnknownProductError(f"There is no product {id!r}.")
    return variant.product


def _preference(found: _Ranked, passing: Filter) -> float:
    return found.score + _EXACT_COLOR * passing.in_exact_color(found.variant)


def _one_of_each(candidates: list[_Ranked], seen: Collection[GroupKey]) -> list[_Ranked]:
    """The same order without duplicates, and without those of `seen`; what can be had stays."""
    best: dict[GroupKey, _Ranked] = {}
    for candidate in _in_stock_first(candidates):
        best.setdefault(group_key(candidate.product), candidate)
    return [
        candidate
        for candidate in candidates
        if best[key := group_key(candidate.product)] is candidate and key not in seen
    ]


def _in_stock_first(candidates: list[_Ranked]) -> list[_Ranked]:
    """The same order, but what is known to be out of stock comes last."""
    return sorted(candidates, key=lambda found: found.variant.in_stock is False)
