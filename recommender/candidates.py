"""Which products a request is about: by its words and their meaning, or by the order asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog.models import Product
from recommender.browsing import browse
from recommender.filtering.filter import Filter
from recommender.filtering.ordering import naming, ordered
from recommender.filtering.passing import Passing, PassingFinder
from recommender.index.port import Hit, Ids, Vectors
from recommender.query.constraints import ParsedQuery, Sort
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary
from recommender.retrieval.fusion import Candidate, Retriever

# Cosines of a request and a product: docs/decisions/0004-unsure-searches.md
MATCHES = 0.45
MEANT = 0.33
# More products are hardly as near as that to any words.
_MOST_NEAR = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates, best first, or the first of everything that an order is about."""

    passing: Passing
    candidates: list[Candidate]
    order: Sort | None = None
    count: int = 0
    """How many are in order; 0 where the first has no price or rating to be the first by."""

    @property
    def similarity(self) -> float:
        near = (1.0 if each.exact else each.cosine for each in self.candidates)
        return max(near, default=0.0)


class CandidateFinder:
    """Finds the candidates of one request, among what obeys its constraints."""

    def __init__(
        self,
        session: Session,
        retriever: Retriever,
        encode: Callable[[str], Vectors],
        vocabulary: Vocabulary,
        language: Language,
    ) -> None:
        self._session = session
        self._retriever = retriever
        self._encode = encode
        self._vocabulary = vocabulary
        self._language = language

    def find(self, query: ParsedQuery, k: int, exclude: set[int]) -> Found:
        """Up to `k` candidates, in the order that is asked for or the best first.

        All obey the constraints, or as many of them as something passes. `exclude` holds the pks
        of products not to find.
        """
        finder = PassingFinder(self._session, query, self._vocabulary, self._language)
        vector = self._encode(query.text) if query.text else None
        found = self._among(query, vector, finder.find(), k, exclude)
        if _is_doubtful(query, found):
            by_words = finder.find_by_words()
            if by_words is not None:
                found = self._among(query, vector, by_words, k, exclude)
        return found

    def _among(
        self,
        query: ParsedQuery,
        vector: Vectors | None,
        passing: Passing,
        k: int,
        exclude: set[int],
    ) -> Found:
        found, order = None, passing.constraints.sort
        if order is not None:
            found = self._in_order(query, vector, passing, order, k, exclude)
        if found is None:
            found = Found(passing, self._retrieve(query.text, vector, passing.filter, k, exclude))
        return found

    def _in_order(
        self,
        query: ParsedQuery,
        vector: Vectors | None,
        passing: Passing,
        order: Sort,
        k: int,
        exclude: set[int],
    ) -> Found | None:
        """The first of the match in this order; None where the words match nothing."""
        match, cosine = passing.match, 1.0
        named = naming(query, self._language) and not query.filters.category
        if match is None and named and vector is not None:
            near = self._near(vector, passing.filter)
            if not near:
                return None
            match = Product.pk.in_([hit.id for hit in near])
            cosine = max(hit.score for hit in near)
        found = ordered(
            self._session,
            passing.filter,
            order,
            self._vocabulary,
            self._language,
            match=match,
            k=k,
            exclude=exclude,
        )
        candidates = [Candidate(pk, cosine, cosine) for pk in found.pks]
        return Found(passing, candidates, order, found.count if found.first_has_value else 0)

    def _near(self, vector: Vectors, passing: Filter) -> list[Hit]:
        """All that is as near to the words as a match is or, if nothing is, as the closest."""
        hits = self._retriever.dense(vector, _MOST_NEAR, self._allowed(passing))
        for least in (MATCHES, MEANT):
            near = [hit for hit in hits if hit.score >= least]
            if near:
                return near
        return []

    def _retrieve(
        self, text: str, vector: Vectors | None, passing: Filter, k: int, exclude: set[int]
    ) -> list[Candidate]:
        """Up to `k` candidates, best first.

        Half again as many are looked for in the very colour asked for as in its shades, so that
        nearer shades do not crowd it out.
        """
        found: dict[int, Candidate] = {}
        exact = passing.exact_color()
        for stage in (exact, passing):
            if stage is None:
                continue
            wanted = k if stage is exact or exact is None else max(k // 2, k - len(found))
            seen = exclude | found.keys()
            if vector is None:
                pks = browse(self._session, stage, wanted, seen)
                more = [Candidate(pk, 0.0, 0.0) for pk in pks]
            else:
                more = self._retriever.hybrid(text, vector, wanted, self._allowed(stage), seen)
            found |= {candidate.pk: candidate for candidate in more}
        return list(found.values())

    def _allowed(self, passing: Filter) -> Ids | None:
        return passing.products(self._session) if passing else None


def _is_doubtful(query: ParsedQuery, found: Found) -> bool:
    """Whether only constraints say what is meant, and nothing that obeys them is near the words."""
    return bool(
        query.text
        and found.passing.filter
        and not found.passing.relaxed
        and not query.filters.category
        and found.order is None
        and found.similarity < MATCHES
    )
