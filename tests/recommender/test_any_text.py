"""Whatever a customer types or pastes is answered: nothing raises between words and offers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.query.constraints import Constraints
from recommender.search import SearchEngine

SIGNS = ["'", '"', ";", "--", "%", "_", "\\", "(", ")", "*", ":", "~", "^", "$", "€", "&", "|", "…"]
WORDS = [
    "no", "not", "without", "a", "anything", "but", "free", "under", "over", "between", "and", "or",
    "to", "cheap", "cheapest", "best", "rated", "stars", "at", "least", "size", "9", "1.5k", "inch",
    "pack", "of", "years", "old", "xl", "wide", "in", "stock", "red", "leather", "Sonavo", "hood",
    "headphones", "boots", "tent", "drop", "drawers", "waterproof", "battery", "for", "men", "DROP",
    "TABLE", "products", "AND", "OR", "NEAR", "title:", "<script>", "NULL", "٣", "½", "①", "ﬁ",
    "跑鞋", "😀", "\u202e", "\u0000", "\ud83d", "0" * 30, "9" * 400, "1e999", "-1",
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(),
    # Half of a pair of surrogates too, which some clients send.
    st.text(st.characters(codec=None)),
    st.lists(st.sampled_from(WORDS + SIGNS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS + SIGNS), max_size=25).map("".join),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=ANY_TEXT)
def test_any_text_is_answered(outfitters: SearchEngine, text: str) -> None:
    query = outfitters.understand(text)
    response = outfitters.search(query, k=3)

    response.to_json(text)
    assert Constraints.from_json(query.filters.to_json()) == query.filters
    assert len(response.results) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE products; --",
        "a jacket that does not have a hood, no zip, no strings, nothing with a drawcord",
        "boots " + "without laces " * 60,
        "cables of 6 ft or 3 ft or 2 m, not black, not white, not coiled, at least 4 stars",
    ],
)
def test_long_and_hostile_texts_are_answered(outfitters: SearchEngine, text: str) -> None:
    outfitters.search(outfitters.understand(text))
