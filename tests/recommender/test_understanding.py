import gc
import weakref

from sqlalchemy import Engine

from catalog.database import sessions
from catalog.models import Variant
from recommender.filtering.filter import Filter
from recommender.query.attributes import Attribute
from recommender.query.english import ENGLISH
from recommender.understanding import Understanding
from tests.recommender.conftest import product, variant


def understanding(engine: Engine) -> Understanding:
    with sessions(engine).begin() as session:
        offer = variant("tent", "90", attributes={"waterproof": "yes", "rating": "4.5"})
        session.add(product("tent", "Dome Tent", offer, category="Outdoor > Tents"))
    return Understanding(engine, ENGLISH, frozenset(), seq=1)


def test_a_change_of_any_kind_is_understood(engine: Engine) -> None:
    known = understanding(engine)
    with sessions(engine).begin() as session:
        changed = session.get(Variant, "tent")
        assert changed is not None
        changed.attributes = {"windproof": "yes"}

    known.keep_up(1)
    assert known.parse("a windproof tent").filters.features == ()
    known.keep_up(2)
    assert known.parse("a windproof tent").filters.features == ("windproof",)


def test_a_vocabulary_that_was_replaced_is_forgotten(engine: Engine) -> None:
    known = understanding(engine)

    def used() -> weakref.ref[Attribute]:
        query = known.parse("waterproof tent, not yellow, at least 4 stars")
        assert Filter(query.filters, known.vocabulary, ENGLISH)
        return weakref.ref(known.vocabulary.attributes[0])

    old = used()
    known.keep_up(2)
    gc.collect()
    assert old() is None
