"""Measures of things: what a customer requires, what a shop states, and whether they agree."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from recommender.query.language import Language, MeasureWords
from recommender.query.words import keys

_TEXT = re.compile(
    r"(?:(?P<of>[^\s<>=]+) )?(?P<sign>>=|<=|>|<)?(?P<least>\d+(?:\.\d+)?)"
    r"(?:\.\.(?P<most>\d+(?:\.\d+)?))? (?P<unit>\S+)"
)
# A 26 cm pan is a 10 inch pan, and a 1.8 m cable a 6 ft one; counts are exact.
_TOLERANCE = Decimal("0.03")
_TOLERANT = frozenset({"length", "weight", "volume", "oz"})
_ROUNDING = Decimal("0.001")
# An ounce is a weight or a volume, and nobody says which.
_OUNCE = {"weight": Decimal("28.3495"), "volume": Decimal("29.5735")}

Span = tuple[Decimal | None, Decimal | None]
"""The least and the most, both included; None where there is no limit."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number with its unit, or limits of one: "10 inch", "width <50 inch", "3..5 year".

    `of` is the side or subject that is measured, where one is named: "width", "age". A unit that
    the language does not know is the singular of an attribute's name: "2 drawer".
    """

    unit: str
    least: Decimal | None = None
    most: Decimal | None = None
    of: str = ""
    beyond: bool = False
    """Whether the limit itself does not pass: "under 50 inches"."""

    @property
    def subject(self) -> tuple[str, str]:
        return self.of, self.unit

    @property
    def exact(self) -> bool:
        return self.least is not None and self.least == self.most

    @classmethod
    def parse(cls, text: str) -> "Measurement":
        """The inverse of `str`.

        Raises:
            ValueError: it is not written like a measurement.
        """
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"not a measurement: {text!r}")
        sign, least = match["sign"] or "", Decimal(match["least"])
        limits = {
            "": (least, Decimal(match["most"]) if match["most"] else least),
            ">": (least, None),
            "<": (None, least),
        }[sign[:1]]
        return cls(match["unit"], *limits, match["of"] or "", sign in (">", "<"))

    def __str__(self) -> str:
        number = _plain(self.least if self.least is not None else self.most or Decimal(0))
        if self.least is None or self.most is None:
            sign = ("<" if self.least is None else ">") + ("" if self.beyond else "=")
            number = sign + number
        elif not self.exact:
            number = f"{number}..{_plain(self.most)}"
        return f"{self.of} {number} {self.unit}".strip()

    def allows(self, stated: Mapping[str, Span], measures: MeasureWords) -> bool:
        """Whether a thing of which a shop states this, by kind of quantity, is one that is meant.

        Where the shop states a range, as of ages, it is enough that the two meet.
        """
        for factor_kind, factor in factors(self.unit, measures).items():
            if factor_kind not in stated:
                continue
            low, high = stated[factor_kind]
            slack = _TOLERANCE if self.exact and factor_kind in _TOLERANT else _ROUNDING
            least = None if self.least is None else self.least * factor
            most = None if self.most is None else self.most * factor
            if self.beyond:
                reached = (least is None or high is None or high > least) and (
                    most is None or low is None or low < most
                )
            else:
                reached = (least is None or high is None or high >= least * (1 - slack)) and (
                    most is None or low is None or low <= most * (1 + slack)
                )
            if reached:
                return True
        return False


def factors(unit: str, measures: MeasureWords) -> dict[str, Decimal]:
    """The kinds of quantity that a unit may measure, each with the size of one in its base unit."""
    kind, factor = measures.units.get(unit, (unit, Decimal(1)))
    return {kind: factor, **_OUNCE} if kind == "oz" else {kind: factor}


@lru_cache(maxsize=65536)
def stated(name: str, value: str, language: Language) -> tuple[Mapping[str, Span], ...]:
    """What an attribute's value states in numbers, by kind of quantity; every number in turn.

    "1.1 kg" is a weight; "4", of `sleeps`, four persons; "3-8 years", of `age`, a range.
    """
    measures = language.measures
    words = keys(name.replace("_", " "))
    spoken = " ".join(words)
    found: list[dict[str, Span]] = []
    pattern = _stated_pattern(language)
    for match in pattern.finditer(value.lower()):
        low, high = _number(match["low"]), _number(match["high"] or match["low"])
        unit = match["unit"] or ""
        if low is None or high is None:
            continue
        most = None if match["open"] else max(low, high)
        if unit:
            by_kind = factors(measures.names[unit], measures)
        elif match.span() == (0, len(value.strip())) and spoken in measures.numbers_of:
            by_kind = factors(measures.numbers_of[spoken], measures)
        elif words and words[-1] in measures.units and len(words) > 1:
            by_kind = factors(measures.names[words[-1]], measures)
        elif spoken in measures.age_attributes:
            by_kind = factors("year", measures)
        elif match.span() == (0, len(value.strip())):
            by_kind = {language.singular(words[-1]) if words else "": Decimal(1)}
        else:
            continue
        found.append(
            {
                kind: (min(low, high) * factor, None if most is None else most * factor)
                for kind, factor in by_kind.items()
            }
        )
    return tuple(found)


def units_pattern(units: Iterable[str]) -> str:
    """A regular expression of any of these units, as a whole word."""
    made = []
    for unit in sorted(units, key=len, reverse=True):
        after = r"(?![^\W_])" if unit[-1].isalpha() else ""
        made.append(re.escape(unit) + after)
    return "|".join(made)


def _stated_pattern(language: Language) -> re.Pattern[str]:
    return _compiled(
        tuple(language.measures.units), tuple(language.prices.to), tuple(language.prices.or_more)
    )


@lru_cache(maxsize=4)
def _compiled(
    units: tuple[str, ...], to: tuple[str, ...], or_more: tuple[str, ...]
) -> re.Pattern[str]:
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
    dash = "|".join(map(re.escape, to))
    more = "|".join(map(re.escape, (*or_more, "and older")))
    return re.compile(
        rf"(?<![\w.,])(?P<low>{number})(?:\s*(?:{dash})\s*(?P<high>{number}))?"
        rf"(?:\s?-?(?P<unit>{units_pattern(units)}))?(?:\s*(?P<open>{more}))?(?![\w])"
    )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _plain(number: Decimal | None) -> str:
    return f"{(number or Decimal(0)).normalize():f}"
