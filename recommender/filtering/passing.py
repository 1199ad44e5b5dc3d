"""What passes a request's constraints or, if nothing does, what comes nearest, and by how much."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from recommender.filtering.filter import Filter
from recommender.filtering.nearest import Nearest, NearestFinder
from recommender.filtering.ordering import any_match, naming, saying
from recommender.filtering.relaxation import relax
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Passing:
    """The constraints that every result obeys, and what of the request they leave out."""

    constraints: Constraints
    filter: Filter
    match: ColumnElement[bool] | None = None
    """A condition that products say the words which no constraint accounts for. Only where it
    is needed, for an order, and where some of those that pass do say them."""
    relaxed: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()


class PassingFinder:
    """Decides for one request what the results must obey."""

    def __init__(
        self, session: Session, query: ParsedQuery, vocabulary: Vocabulary, language: Language
    ) -> None:
        self._session = session
        self._asked = query.filters
        self._vocabulary = vocabulary
        self._language = language
        self._query = query

    @cached_property
    def _said(self) -> ColumnElement[bool] | None:
        words = naming(self._query, self._language)
        return saying(words, self._language) if words else None

    def find(self) -> Passing:
        """All that was asked for or, if nothing passes that, as much of it as something passes."""
        everything = self._filtered(self._asked)
        if not everything or everything.any_pass(self._session):
            ordered = self._asked.sort is not None
            return Passing(self._asked, everything, self._match(everything) if ordered else None)
        return self._relaxed(lambda some: self._filtered(some).any_pass(self._session)) or Passing(
            self._asked, everything
        )

    def find_by_words(self) -> Passing | None:
        """What passes where the words say what is meant, because no category does.

        For a request that something passes, but nothing near to its words. Umbrellas under $3 are
        not answered with a $2 sponge, but with the least that an umbrella costs. None where some
        that pass say the words after all, where no product does, or where those have no price
        to compare: then what passes and is closest in meaning is the better answer.
        """
        said = self._said
        if said is None or self._asked.category or self._match(self._filtered(self._asked)) is said:
            return None
        if not any_match(self._session, self._filtered(Constraints()), said):
            return None
        found = self._relaxed(lambda some: any_match(self._session, self._filtered(some), said))
        if found is None:
            return None
        known = {near.constraint for near in found.nearest}
        prices = {name for name in found.relaxed if name in ("price_min", "price_max")}
        return found if prices <= known else None

    def _relaxed(self, passes: Callable[[Constraints], bool]) -> Passing | None:
        relaxed = relax(self._asked, passes)
        if not relaxed:
            return None
        match = self._match(self._filtered(self._asked.without(*relaxed)))
        constraints = self._asked.without(*relaxed)
        near: tuple[Nearest, ...] = ()
        # Of what nothing says, by its category or its words, nobody knows what would be the least.
        if self._said is None or match is not None or constraints.category:
            finder = NearestFinder(self._session, self._vocabulary, self._language)
            loosened, nearest = finder.loosen(self._asked, relaxed, self._filtered, match)
            # A page must never be empty because something was only nearly as near as it seemed.
            if self._filtered(loosened).any_pass(self._session):
                constraints, near = loosened, nearest
        return Passing(constraints, self._filtered(constraints), match, relaxed, near)

    def _match(self, filter: Filter) -> ColumnElement[bool] | None:
        said = self._said
        return said if said is not None and any_match(self._session, filter, said) else None

    def _filtered(self, some: Constraints) -> Filter:
        return Filter(some, self._vocabulary, self._language)
