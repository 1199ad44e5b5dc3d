"""Products that a message names in full, as the storefront's “Ask about this product” does."""

from recommender.offer import Offer
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.search import SearchEngine

_CANDIDATES = 10


def find(search: SearchEngine, text: str) -> Offer | None:
    """The offer whose title stands in the text, the longest if several do; None if none does."""
    return max(find_all(search, text), key=lambda each: len(each.title), default=None)


def find_all(search: SearchEngine, text: str) -> list[Offer]:
    """The offers whose whole title, of two words or more, stands in the text."""
    said = _plain(text)
    # Without constraints: in "Rain Jacket for Women", all words are the title's.
    response = search.search(ParsedQuery(text, Constraints()), k=_CANDIDATES, rerank=False)
    titles = {each.id: _plain(each.title) for each in response.results}
    # A title of one word, "Boot", is any boot.
    return [
        each
        for each in response.results
        if " " in titles[each.id] and f" {titles[each.id]} " in f" {said} "
    ]


def _plain(text: str) -> str:
    """Lower case, with single spaces, and without the marks that end a sentence."""
    return " ".join(word.rstrip(".,!?:;") for word in text.lower().split())
