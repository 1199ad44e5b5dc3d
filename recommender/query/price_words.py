"""Prices in words: "cheap", "mid-range", "premium", of whatever kind is looked for."""

from dataclasses import dataclass
from typing import Literal

from recommender.query.draft import Draft
from recommender.query.language import Language
from recommender.query.prices import PriceLimits
from recommender.query.vocabulary import Vocabulary

Band = Literal["low", "middle", "high", "not low", "not high"]
_LONGEST = 5
_REACH = 3


@dataclass(frozen=True, slots=True)
class PriceWord:
    band: Band
    start: int
    end: int


class PriceWordFinder:
    """Finds a price in words, and gives it the numbers of the catalogue.

    Three words, three thirds: "cheap" is the lower third of the prices of the kind, "mid-range"
    the middle one, "premium" the upper one; so each leaves something to choose from, and none
    means the same as another. Without a kind the thirds are the whole catalogue's, but only if
    nothing is named: what a cheap umbrella costs, a shop without a category for them cannot say.
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
        self._thirds = vocabulary.price_thirds
        price = language.prices
        self._bands: dict[tuple[str, ...], Band] = dict.fromkeys(price.low, "low")
        self._bands |= dict.fromkeys(price.middle, "middle")
        self._bands |= dict.fromkeys(price.high, "high")

    def find(self, draft: Draft) -> PriceWord | None:
        """The first one, settled. "Too expensive" complains of what was seen; it is none."""
        for start, end in draft.phrases(_LONGEST):
            band = self._bands.get(draft.keys[start:end])
            if band is None:
                continue
            before = draft.keys[start - 1] if start and not draft.parted(start) else ""
            negation = self._negation(draft, start)
            if negation is None and before in self._language.prices.too - {"very", "that"}:
                return None
            if negation is not None:
                if band == "middle":
                    return None
                band = "not low" if band == "low" else "not high"
                start = negation
            draft.settle(start, end)
            return PriceWord(band, start, end)
        return None

    def take(
        self, draft: Draft, word: PriceWord, categories: tuple[str, ...]
    ) -> PriceLimits | None:
        """Takes the word out of the draft, and says what it means of these categories.

        None where it means nothing in numbers: too few products have prices, or there is a name
        and no category. Then the word is left in the text, unless it is negated.
        """
        others = [
            key
            for at, key in enumerate(draft.keys)
            if not draft.taken[at] and not word.start <= at < word.end
        ]
        small = self._language.links | self._language.anything | self._language.loose_ends
        named = any(key not in small for key in others)
        paths = categories or (() if named else ("",))
        thirds = [self._thirds[path] for path in paths if path in self._thirds]
        if thirds or word.band.startswith("not"):
            draft.take(word.start, word.end)
        if not thirds:
            return None
        # Of several categories the dearest, so that "cheap" shuts none of them out.
        low, high = (max(prices) for prices in zip(*thirds, strict=True))
        return {
            "low": PriceLimits(high=low),
            "middle": PriceLimits(low, high),
            "high": PriceLimits(low=high),
            "not low": PriceLimits(low=low),
            "not high": PriceLimits(high=high),
        }[word.band]

    def _negation(self, draft: Draft, start: int) -> int | None:
        for at in range(start - 1, max(-1, start - 1 - _REACH), -1):
            if draft.parted(at + 1) or draft.taken[at]:
                return None
            if draft.keys[at] in self._language.negation.negations:
                return at
            if draft.keys[at] not in self._language.prices.too:
                return None
        return None
