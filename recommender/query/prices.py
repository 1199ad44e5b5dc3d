"""Price limits in a request: "under $60", "between 50 and 80", "around a hundred bucks"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from recommender.query.draft import Draft
from recommender.query.language import Language, PriceWords
from recommender.query.numbers import FIGURES, figures_value, spelled_pattern, spelled_value
from recommender.query.patterns import any_of
from recommender.query.words import words

_AROUND = Decimal("0.2")
_MOST_MONEY = Decimal(10) ** 9
_CENT = Decimal("0.01")
# A bare number word below this is counting, not money: "under one roof".
_LEAST_BARE_WORD = 10


@dataclass(frozen=True, slots=True)
class PriceLimits:
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    money: bool
    """Whether a currency is named."""
    plausible: bool
    """Whether it may be money though none is named."""


class PriceFinder:
    """Finds limits and takes them out of the draft.

    A number is money if a currency says so, or if a comparison leads to it and no other unit
    follows: "under 100" is, "under 10 inches", "size 9", "ages 3 to 5" and "iphone 13" are not.
    An amount of money alone, "$50 headphones", means about that much. Limits that are upside
    down are swapped.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        price = language.prices
        first, second = self._amount("a"), self._amount("b")
        dash = any_of(price.to)
        at_least_of_money = any_of(price.at_least_of_money)
        self._rules = (
            ("range", rf"{any_of(price.between)}\s*{first}\s*"
                      rf"{any_of(price.between_and)}\s*{second}"),
            ("range", rf"{at_least_of_money}\s*{first}\s*{dash}\s*{second}"),
            ("range", rf"{any_of(price.range_lead)}\s*{first}\s*{dash}\s*{second}"),
            ("range", rf"{first}\s*{dash}\s*{second}\s*{any_of(price.range_after)}"),
            ("money range", rf"{first}\s*{dash}\s*{second}"),
            ("high", rf"{at_most_pattern(price)}\s*{first}"),
            ("low", rf"{any_of(price.at_least)}\s*{first}"),
            ("around", rf"{any_of(price.around)}\s*{first}"),
            ("around", rf"{self._amount('a', glued=True)}\s*{any_of(price.or_so, glued=True)}"
                       rf"(?:\s*{any_of(price.currencies)})?"),
            ("high", rf"{any_of(price.budget)}\s*{first}"),
            ("high", rf"{first}\s*{any_of(price.or_less)}"),
            ("money low", rf"{first}\s*{any_of(price.or_more)}"),
            ("money low", rf"{at_least_of_money}\s*{first}"),
            ("money high", rf"{any_of(price.budget_of_money)}\s*{first}"),
            ("money around", first),
        )  # fmt: skip
        self._patterns = [
            (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in self._rules
        ]

    def find(self, draft: Draft) -> PriceLimits:
        """The limits of the whole request; of two for the same side, the first one said."""
        low: Decimal | None = None
        high: Decimal | None = None
        for start, end, limits in self._limits(draft.text):
            if draft.touched(start, end):
                continue
            low = limits.low if low is None else low
            high = limits.high if high is None else high
            draft.take_characters(self._with_lead(draft, start), end)
        if low is not None and high is not None and low > high:
            low, high = high, low
        return PriceLimits(low, high)

    def _limits(self, text: str) -> list[tuple[int, int, PriceLimits]]:
        found: list[tuple[int, int, PriceLimits]] = []
        for kind, pattern in self._patterns:
            for match in pattern.finditer(text):
                if any(match.start() < end and start < match.end() for start, end, _ in found):
                    continue
                limits = self._read(kind, match)
                if limits is not None:
                    found.append((match.start(), match.end(), limits))
        return sorted(found, key=lambda item: item[0])

    def _read(self, kind: str, match: re.Match[str]) -> PriceLimits | None:
        amounts = list(self._amounts(match))
        money = any(amount.money for amount in amounts)
        if not money and (
            kind.startswith("money")
            or not all(amount.plausible for amount in amounts)
            or self._counts_something_else(match)
        ):
            return None
        first = amounts[0].value
        if kind.endswith("range"):
            low, high = sorted((first, amounts[1].value))
            return PriceLimits(low, high)
        if kind.endswith("around"):
            return PriceLimits(
                (first * (1 - _AROUND)).quantize(_CENT), (first * (1 + _AROUND)).quantize(_CENT)
            )
        return PriceLimits(high=first) if kind.endswith("high") else PriceLimits(low=first)

    def _counts_something_else(self, match: re.Match[str]) -> bool:
        price = self._language.prices
        after = match.string[match.end() :]
        if after[:1] in {"%", '"', "'", "″", "′", "°"}:
            return True
        following = words(after[:40])
        if following and following[0].key in price.units and "\n" not in after[: following[0].end]:
            return True
        preceding = words(match.string[max(0, match.start() - 40) : match.start()])
        return bool(preceding) and preceding[-1].key in price.not_money_after

    def _with_lead(self, draft: Draft, start: int) -> int:
        """Where the words that only led to the price start: "that cost" (under $60)."""
        for word in reversed(draft.words):
            if word.end > start:
                continue
            between = draft.text[word.end : start]
            if word.key not in self._language.loose_ends or between.strip():
                break
            start = word.start
        return start

    def _amount(self, name: str, *, glued: bool = False) -> str:
        """A regular expression of an amount; `glued` ones may have letters right behind."""
        price = self._language.prices
        sign = f"[{re.escape(price.currency_signs)}]"
        currency = any_of(price.currencies)
        thousand = any_of(price.thousand, glued=True)
        suffix = any_of(price.currencies, glued=True)
        spelled = spelled_pattern(self._language)
        end = "" if glued else r"(?![\w])(?![.,]\d)"
        return (
            rf"(?:(?P<{name}before>(?:us)?{sign}|{currency})\s*|(?<![\w.,]))"
            rf"(?:(?P<{name}number>{FIGURES})(?:\s?(?P<{name}thousand>{thousand}))?"
            rf"|(?P<{name}words>{spelled}))"
            rf"(?:(?:\s|-)?(?P<{name}after>{sign}|{suffix}))?"
            rf"{end}"
        )

    def _amounts(self, match: re.Match[str]) -> Iterator[_Amount]:
        thousands = [
            bool(match.groupdict().get(f"{name}thousand"))
            for name in ("a", "b")
            if f"{name}number" in match.groupdict()
        ]
        for name, thousand in zip(("a", "b"), thousands, strict=False):
            number, spelled = match[f"{name}number"], match[f"{name}words"]
            if number:
                value = figures_value(number)
                value *= 1000 if thousand else 1
            else:
                value = Decimal(spelled_value(spelled, self._language))
            yield _Amount(
                min(value, _MOST_MONEY).quantize(_CENT),
                money=bool(match[f"{name}before"] or match[f"{name}after"]),
                plausible=bool(number) or value >= _LEAST_BARE_WORD,
            )


def at_most_pattern(price: PriceWords) -> str:
    """A regular expression of "under" and the like, but not of "not under", which is at least."""
    leads = {
        least.removesuffix(most)
        for least in price.at_least
        for most in price.at_most
        if least.endswith(f" {most}")
    }
    unless_led = "".join(rf"(?<!{re.escape(lead)})" for lead in sorted(leads))
    return unless_led + any_of(price.at_most)
