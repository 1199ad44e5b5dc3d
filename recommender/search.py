"""The search: understand, filter, retrieve, rerank, explain."""

from collections.abc import Collection
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalog.database import sessions
from catalog.models import Product
from catalog.products import find_variant
from recommender.alike import alike
from recommender.candidates import CandidateFinder
from recommender.errors import UnknownProductError
from recommender.explanation import explain, first_of
from recommender.filtering.filter import Filter, excluded_products
from recommender.filtering.obeying import unmet
from recommender.grouping import group_keys
from recommender.index.engines import IndexConfig
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.indexing.indexer import Embedder, Progress
from recommender.indexing.retriever_following import RetrieverFollower
from recommender.offer import Offer, SearchResponse
from recommender.product_text import embedding_text
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.english import ENGLISH
from recommender.reranking import ranking
from recommender.reranking.ranking import Ranked
from recommender.reranking.remembered_scores import RememberedScores
from recommender.reranking.reranker import Reranker
from recommender.reranking.reranker_following import RerankerFollower
from recommender.reranking.time_budget import RERANK_MS, TimeBudget
from recommender.retrieval.fusion import Retriever
from recommender.serving.encoder import Encoder
from recommender.serving.export import prepare_reranker
from recommender.serving.models import open_reranker
from recommender.understanding import Understanding

MOST_RESULTS = 100
RERANKED = 30
"""Candidates that the reranker sees, at least."""
_SPARE = 10
"""Candidates beyond those wanted, because some may be duplicates."""
_LANGUAGE = ENGLISH
_DEFAULT_INDEX = IndexConfig()
_NOTHING_REQUIRED = Constraints()


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
        catalogue: EmbeddedCatalogue,
        reranker: Reranker | None = None,
        *,
        rerank_ms: float = RERANK_MS,
        retrievers: RetrieverFollower | None = None,
        rerankers: RerankerFollower | None = None,
    ) -> None:
        """`rerank_ms` is the time that the reranker may take of a search: see `TimeBudget`.

        Of the two followers come the models that go into service later.
        """
        self._sessions = sessions(engine)
        self._catalogue = catalogue
        self._rerank_ms = rerank_ms
        self.reranker = self._remembering(reranker)
        self._retrievers, self._rerankers = retrievers, rerankers
        self._understanding = Understanding(
            engine, _LANGUAGE, catalogue.encoder.words, catalogue.index.seq
        )

    @classmethod
    def open(
        cls,
        engine: Engine,
        data_dir: Path,
        *,
        embedding_model: str = "",
        reranker: str = "",
        device: str = "auto",
        index: IndexConfig = _DEFAULT_INDEX,
        rerank_ms: float = RERANK_MS,
    ) -> "SearchEngine":
        """The engine over a database and a data folder.

        A model that is not named is the one that the registry has in service. Those that are not
        exported yet are exported first, which takes half a minute once. Where there is no reranker
        it ranks by retrieval alone, and logs that. The index is brought up to date not here but by
        `refresh`, or by the first search.

        Raises:
            ModelError: a model is missing or damaged; the message says what to do.
            IndexUnavailableError: the index can't be reached; the message says what to do.
        """
        prepare_reranker(data_dir, reranker)
        rerankers = RerankerFollower(data_dir, reranker, device)
        retrievers = RetrieverFollower(
            data_dir,
            data_dir / "index",
            embedding_model,
            partial(EmbeddedCatalogue.open, engine, data_dir, index, device, _LANGUAGE),
        )
        return cls(
            engine,
            retrievers.first(),
            open_reranker(data_dir, reranker, device),
            rerank_ms=rerank_ms,
            retrievers=retrievers,
            rerankers=rerankers,
        )

    def close(self) -> None:
        """Lets go of the vector index, which a milvus-lite file's next process waits for."""
        if self._retrievers is not None:
            self._retrievers.close()
        self._catalogue.close()

    @property
    def encoder(self) -> Encoder:
        return self._catalogue.encoder

    @property
    def retriever(self) -> Retriever:
        return self._catalogue.retriever

    @property
    def reranks(self) -> bool:
        """Whether there is a reranker."""
        return self.reranker is not None

    def __len__(self) -> int:
        """The number of products that can be found."""
        return len(self._catalogue)

    @property
    def outstanding(self) -> int:
        """How many changes of the catalogue the index does not know yet."""
        return self._catalogue.indexer.outstanding()

    def ready(self) -> bool:
        """Whether there is an index to search; one that lags behind an import is one."""
        return len(self) > 0 or self.outstanding == 0

    def understand(self, text: str) -> ParsedQuery:
        """The search text and the constraints in a customer's words."""
        return self._understanding.parse(text)

    def knows(self, word: str) -> bool:
        """Whether the catalogue, or the language of its customers, has a word."""
        return self._understanding.knows(word)

    def refresh(
        self,
        on_progress: Progress | None = None,
        *,
        rebuild: bool = False,
        embedder: Embedder | None = None,
    ) -> int:
        """Applies outstanding changes of the catalogue; returns how many products were indexed.

        Cheap when nothing changed. `rebuild` embeds every product anew. An `embedder` embeds the
        new ones elsewhere, as `RayEmbedder` does.
        """
        catalogue = self._catalogue
        applied = catalogue.indexer.catch_up(on_progress, rebuild=rebuild, embedder=embedder)
        self._understanding.keep_up(catalogue.index.seq)
        return applied

    def follow_models(self) -> None:
        """Takes the reranker that was promoted since, and has the catalogue embedded beside the
        searches by such a retriever, which is taken when that is done. Cheap when none was."""
        if self._rerankers is not None and (reranker := self._rerankers.news()) is not None:
            self.reranker = self._remembering(reranker)
        if self._retrievers is not None:
            self._retrievers.look(self._serve)

    def maintain(self) -> None:
        """Does what keeps searches of a large catalogue fast: minutes, where much is new.

        A process that goes on has it done in the background, and need not call this.
        """
        self._catalogue.indexer.maintain()

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
        `nearest` then says how far off they were. What is excluded is never shown, and a
        superlative is answered over all that passes and is meant by the words.
        The very colour asked for comes before its shades, however well they fit otherwise. Out of
        the `k` best, those out of stock come last. `exclude` names products or variants not to
        show. Without search text the result is a mix of what passes.
        """
        started = perf_counter()
        catalogue = self._up_to_date()
        k = max(1, min(k, MOST_RESULTS))
        with self._sessions() as session:
            excluded = excluded_products(session, exclude)
            wanted = max(k, RERANKED)
            found = self._candidates(session, catalogue).find(query, wanted + _SPARE, excluded)
            passing = found.passing
            read = ranking.read(
                session, found.candidates, passing.filter, dearest=found.order == "-price"
            )
            candidates = ranking.one_of_each(read, group_keys(session, excluded))[:wanted]
            retrieved = perf_counter()
            if found.order is None:
                reranker = self.reranker  # another one may take its place meanwhile
                if rerank and reranker is not None and query.text:
                    candidates = ranking.reranked(reranker, query.text, candidates, reranker.budget)
                candidates = ranking.preferred(candidates, passing.filter)
            reranked = perf_counter()
            results = [
                _offer(candidate, passing.constraints)
                for candidate in ranking.in_stock_first(candidates[:k])
            ]
            sort = passing.constraints.sort
            if results and sort and found.count > 1 and not excluded:
                results[0] = first_of(results[0], sort, found.count, _LANGUAGE)
        finished = perf_counter()
        return SearchResponse(
            understood=query,
            results=results,
            relaxed=passing.relaxed,
            nearest=passing.nearest,
            similarity=found.similarity,
            took_ms={
                "understand": query.took_ms,
                "retrieve": (retrieved - started) * 1000,
                "rerank": (reranked - retrieved) * 1000,
                "total": query.took_ms + (finished - started) * 1000,
            },
        )

    def similar(
        self,
        variant_or_product_id: str,
        *,
        k: int = 10,
        filters: Constraints = _NOTHING_REQUIRED,
        exclude: Collection[str] = (),
    ) -> list[Offer]:
        """Up to `k` offers of other products like this one, best first, out of stock last.

        All obey the filters; none is left out of them to find more. `exclude` names products or
        variants not to show.

        Raises:
            UnknownProductError: nothing has this id.
        """
        catalogue = self._up_to_date()
        k = max(1, min(k, MOST_RESULTS))
        with self._sessions() as session:
            product = _find(session, variant_or_product_id)
            vector = catalogue.index.vector(product.pk)
            if vector is None:
                vector = catalogue.encoder.encode([embedding_text(product)])[0]
            passing = Filter(filters, self._understanding.vocabulary, _LANGUAGE)
            excluded = excluded_products(session, exclude)
            found = alike(session, catalogue.index, product, vector, passing, k, excluded)
            return [_offer(each, filters) for each in found]

    def any_pass(self, constraints: Constraints) -> bool:
        """Whether any product obeys all of them. Much cheaper than to search for it."""
        with self._sessions() as session:
            return Filter(constraints, self._understanding.vocabulary, _LANGUAGE).any_pass(session)

    def unmet(self, ids: Collection[str], constraints: Constraints) -> dict[str, tuple[str, ...]]:
        """By variant id, the names of the constraints that it does not obey; all, if it is gone."""
        with self._sessions() as session:
            return unmet(session, ids, constraints, self._understanding.vocabulary, _LANGUAGE)

    def _candidates(self, session: Session, catalogue: EmbeddedCatalogue) -> CandidateFinder:
        return CandidateFinder(
            session,
            catalogue.retriever,
            catalogue.vector_of,
            self._understanding.vocabulary,
            _LANGUAGE,
        )

    def _up_to_date(self) -> EmbeddedCatalogue:
        """What this search keeps to: another retriever may go into service meanwhile."""
        catalogue = self._catalogue
        if catalogue.keep_up():
            self._understanding.keep_up(catalogue.index.seq)
        return catalogue

    def _serve(self, catalogue: EmbeddedCatalogue) -> None:
        self._catalogue = catalogue  # the one before goes with the last search that has it

    def _remembering(self, reranker: Reranker | None) -> RememberedScores | None:
        """With a budget of its own: another reranker has another speed."""
        if reranker is None:
            return None
        return RememberedScores(reranker, TimeBudget(self._rerank_ms))


def _find(session: Session, id: str) -> Product:
    variant = find_variant(session, id)
    if variant is None:
        raise UnknownProductError(f"There is no product {id!r}.")
    return variant.product


def _offer(found: Ranked, constraints: Constraints) -> Offer:
    why = explain(found.product, found.variant, constraints, _LANGUAGE)
    return Offer.of(found.product, found.variant, found.score, why)
