"""Which of some constraints a few variants obey."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from catalog.models import Variant
from recommender.filtering.filter import Filter
from recommender.query.constraints import Constraints
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary


def unmet(
    session: Session,
    ids: Collection[str],
    constraints: Constraints,
    vocabulary: Vocabulary,
    language: Language,
) -> dict[str, tuple[str, ...]]:
    """By variant id, the names of the constraints that it does not obey.

    An id that the catalogue does not have obeys none.
    """
    names = [name for name in constraints.names() if name != "sort"]
    met: dict[str, set[str]] = {}
    for name in names:
        alone = Constraints().with_values(name, getattr(constraints, name))
        passing = Filter(alone, vocabulary, language).variants_query()
        those = session.scalars(passing.where(Variant.id.in_(ids)))
        met[name] = {variant.id for variant in those}
    return {id: tuple(name for name in names if id not in met[name]) for id in ids}
