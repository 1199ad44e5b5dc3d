"""Measures in a request: "10 inch pan", "tent for 4 people", "pack of 6", "for a 5 year old"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from recommender.query.attributes import Attribute
from recommender.query.draft import Draft
from recommender.query.language import Language, Phrase
from recommender.query.measurement import Measurement, factors, stated, units_pattern
from recommender.query.numbers import FIGURES, number_pattern, number_value
from recommender.query.patterns import any_of
from recommender.query.vocabulary import Vocabulary
from recommender.query.words import words

_MODEL = re.compile(r"[^\W\d_]-$")
"""What stands right before the number of a model: "HL-" (2170W)."""
_CLEAR_UNIT = 3
"""From so many letters on, a unit after a "size" is one: "size 14 inch", but not "size 9 m"."""
_REACH = 2
"""So many words before a number say whether it is a size: "my size is" (40)."""
_AROUND = Decimal("0.2")
_MOST = Decimal(10) ** 9
_LEAST_STEP = Decimal("0.0001")
_AGE = "age"
_YEAR, _MONTH, _PIECE, _PERSON = "year", "month", "piece", "person"


@lru_cache(maxsize=512)
def answers(
    measurement: Measurement, attributes: tuple[Attribute, ...], language: Language
) -> tuple[tuple[str, frozenset[str]], ...]:
    """The attributes that state such a measure at all, each with the values that it allows."""
    found = []
    for attribute in attributes:
        if not is_about(attribute.words, measurement, language):
            continue
        kinds = factors(measurement.unit, language.measures).keys()
        said = {
            value: spans
            for value in attribute.values
            for spans in [stated(attribute.name, value, language)]
            if any(kinds & span.keys() for span in spans)
        }
        allowed = frozenset(
            value
            for value, spans in said.items()
            if any(measurement.allows(span, language.measures) for span in spans)
        )
        if said:
            found.append((attribute.name, allowed))
    return tuple(found)


def sizes(measurement: Measurement, values: Iterable[str], language: Language) -> tuple[str, ...]:
    """The sizes that it allows: "10 Inch", of a variant, for "10 inch"."""
    if measurement.of:
        return ()
    return tuple(
        value
        for value in values
        if any(measurement.allows(span, language.measures) for span in stated("", value, language))
    )


def wordings(measurement: Measurement, language: Language) -> tuple[str, ...]:
    """How titles may say it, where it is one number: "10 inch", "pack of 6"."""
    if not measurement.exact or measurement.of or measurement.least is None:
        return ()
    number = f"{measurement.least.normalize():f}"
    names = language.measures.names
    spelled = [unit for unit, name in names.items() if name == measurement.unit]
    said = [f"{number} {unit}" for unit in spelled if unit.isalpha()]
    said += [f"{number}{unit}" for unit in spelled if unit.isalpha()]
    if measurement.unit == _PIECE:
        said += [f"{lead} {number}" for lead in language.measures.before_count]
    return tuple(said)


def is_about(words: Phrase, measurement: Measurement, language: Language) -> bool:
    """Whether an attribute of this name may state such a measure."""
    ages = " ".join(words) in language.measures.age_attributes
    if measurement.of == _AGE or ages:
        return ages and measurement.of == _AGE
    return not measurement.of or measurement.of in words


@dataclass(frozen=True, slots=True)
class _Found:
    measurement: Measurement
    start: int
    end: int


class MeasureFinder:
    """Finds measures. The words stay in the search text, because titles hold them as well.

    Only what products of the kind that is looked for state in attributes or sizes becomes a
    constraint. A limit that could mean several measures ("under 15 inches", of a desk with width
    and height) does not, unless it says which ("wide").
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
        self._attributes = vocabulary.attributes
        self._sizes = vocabulary.sizes
        measures, price = language.measures, language.prices
        own: dict[str, str] = {}
        for attribute in vocabulary.attributes:
            last = attribute.words[-1] if attribute.words else ""
            single = language.singular(last)
            if single != last and last not in measures.units and single not in measures.units:
                own |= {last: single, single: single}
        self._names = {**own, **measures.names}
        number = number_pattern(language)
        unit = rf"(?P<unit>{units_pattern([*self._names])})(?!['’]\w)"
        dash, both = any_of(price.to), any_of(price.between_and)
        side = rf"(?:\s*(?P<side>{any_of(measures.sides)}))?"
        of = rf"(?:(?P<of>{any_of(measures.sides)})\s+(?:of\s+|is\s+)?)?"
        a, b = rf"(?P<a>{number})", rf"(?P<b>{number})"
        years = (
            rf"(?P<unit>{any_of(u for u, n in measures.names.items() if n in ('year', 'month'))})"
        )
        more = any_of((*price.or_more, *measures.or_more))
        less = any_of((*price.or_less, *measures.or_less))
        than = rf"\s+{measures.than}\s+"
        self._sides = {**measures.sides, **measures.more, **measures.less}
        least, most = any_of((*price.at_least, *price.at_least_of_money)), any_of(price.at_most)
        between = any_of(price.between)
        middle = rf"\s?-?(?P<first>{units_pattern([*self._names])})?"
        rules = (
            ("age range", rf"{a}\s*{dash}\s*{b}[\s-]*{years}[\s-]*{any_of(measures.old)}"),
            ("age range", rf"{any_of(measures.ages)}\s*(?:{any_of(price.at_least_of_money)}\s*)?{a}"
                          rf"\s*{dash}\s*{b}(?!\d)"),
            ("age", rf"{a}[\s-]*{years}[\s-]*{any_of(measures.old)}"),
            ("age", rf"{a}[\s-]?(?P<unit>yo|y/o)(?!\w)"),
            ("age", rf"{any_of(measures.ages)}\s*{a}(?![\w.])"),
            ("pieces", rf"{any_of(measures.before_count)}\s*{a}(?![\w.])"),
            ("persons", rf"{any_of(measures.sleeps)}\s+(?:up\s+to\s+)?{a}(?![\w.])"),
            *(
                (kind, rf"{no}(?P<side>{any_of(words)}){than}{a}[\s-]?{unit}")
                for kind, no, words in (
                    ("no more", rf"{any_of(measures.no)}\s+", measures.more),
                    ("no less", rf"{any_of(measures.no)}\s+", measures.less),
                    ("more", "", measures.more),
                    ("less", "", measures.less),
                )
            ),
            ("range", rf"{of}{between}\s*{a}{middle}\s*{both}\s*{b}[\s-]?{unit}{side}"),
            ("range", rf"{of}{a}{middle}\s*{dash}\s*{b}[\s-]?{unit}{side}"),
            ("least", rf"{of}{least}\s*{a}[\s-]?{unit}{side}"),
            ("most", rf"{of}{most}\s*{a}[\s-]?{unit}{side}"),
            ("around", rf"{of}{any_of(price.around)}\s*{a}[\s-]?{unit}{side}"),
            ("or more", rf"{of}{a}[\s-]?{unit}{side}\s*{more}"),
            ("or less", rf"{of}{a}[\s-]?{unit}{side}\s*{less}"),
            ("exact", rf"{of}{a}[\s-]?{unit}{side}"),
        )  # fmt: skip
        letters = units_pattern([*self._names, *measures.side_letters])
        figures = rf"(?:{FIGURES})(?:\s?-?(?:{letters}))?"
        by = rf"\s*(?:{'|'.join(map(re.escape, measures.by))})\s*"
        self._dimensions = re.compile(
            rf"(?<![\w.,]){figures}(?:{by}{figures}){{1,2}}(?!\w)", re.IGNORECASE
        )
        self._patterns = [(kind, re.compile(rule, re.IGNORECASE)) for kind, rule in rules]
        self._any_number = re.compile(rf"(?:{number})", re.IGNORECASE)
        self._closed = frozenset(
            phrase
            for phrase in (*price.at_least, *price.at_most)
            if any(word in phrase for word in measures.inclusive)
        )

    def find(self, draft: Draft) -> list[Measurement]:
        """Every measure, in order; whether anything answers it is `answerable`'s to say."""
        if not self._any_number.search(draft.text):
            return []
        # Which side is which, "30 x 60 inch" does not say: it is a name, not a measure.
        sides = [match.span() for match in self._dimensions.finditer(draft.text)]
        for span in sides:
            draft.settle_characters(*span)
        found: list[_Found] = []
        for kind, pattern in self._patterns:
            for match in pattern.finditer(draft.text):
                start, end = match.span()
                read = [*sides, *((each.start, each.end) for each in found)]
                if any(start < last and first < end for first, last in read):
                    continue
                if self._is_else(draft, match):
                    continue
                measurement = self._read(kind, match)
                if measurement is not None:
                    found.append(_Found(measurement, start, end))
        for each in found:
            draft.settle_characters(each.start, each.end)
        return [each.measurement for each in sorted(found, key=lambda each: each.start)]

    def answerable(
        self, measurements: Iterable[Measurement], categories: tuple[str, ...]
    ) -> tuple[Measurement, ...]:
        """Those that products of these categories state something about."""
        return tuple(
            dict.fromkeys(each for each in measurements if self._is_answered(each, categories))
        )

    def _is_answered(self, measurement: Measurement, categories: tuple[str, ...]) -> bool:
        stating = {name for name, _ in answers(measurement, self._attributes, self._language)}
        kinds = factors(measurement.unit, self._language.measures).keys()
        here = 0
        for attribute in self._attributes:
            if attribute.name in stating and any(
                kinds & span.keys()
                for value in attribute.values_in(categories)
                for span in stated(attribute.name, value, self._language)
            ):
                here += 1
        if here and (measurement.exact or measurement.of or here == 1):
            return True
        kind = next(iter(kinds))
        if here and kind not in ("length", "weight", "volume"):
            return True
        return not here and bool(sizes(measurement, self._sizes, self._language))

    def _read(self, kind: str, match: re.Match[str]) -> Measurement | None:
        language = self._language
        groups = match.groupdict()
        least = _measured(groups["a"], language)
        most = _measured(groups["b"], language) if groups.get("b") else least
        if kind.startswith("age"):
            unit = language.measures.names.get((groups.get("unit") or _YEAR).lower(), _YEAR)
            return Measurement(unit, min(least, most), max(least, most), _AGE)
        if kind == "pieces":
            following = words(match.string[match.end() : match.end() + 20])
            unit = self._names.get(following[0].key, _PIECE) if following else _PIECE
            if unit != _PIECE or least != int(least):
                return None  # "a pack of 3.5 ounces"
            return Measurement(_PIECE, least, least)
        if kind == "persons":
            return Measurement(_PERSON, least, least)
        unit = self._names[groups["unit"].lower()]
        side = groups.get("side") or groups.get("of") or ""
        of = self._sides.get(" ".join(side.lower().split()), "")
        exact = Measurement(unit, least, most, of)
        if kind == "range":
            return Measurement(unit, min(least, most), max(least, most), of)
        if kind == "around":
            return replace(exact, least=least * (1 - _AROUND), most=least * (1 + _AROUND))
        if kind in ("no more", "less"):
            return replace(exact, least=None, beyond=kind == "less")
        if kind in ("no less", "more"):
            return replace(exact, most=None, beyond=kind == "more")
        if kind in ("least", "or more"):
            return replace(exact, most=None, beyond=self._is_beyond(kind, match))
        if kind in ("most", "or less"):
            if unit == _PERSON:
                return exact  # a tent for up to four people is one for four
            return replace(exact, least=None, beyond=self._is_beyond(kind, match))
        if factors(unit, language.measures).keys() & language.measures.at_least_kinds:
            return replace(exact, most=None)
        return exact

    def _is_beyond(self, kind: str, match: re.Match[str]) -> bool:
        """Whether the limit itself is left out: "under", but not "at most" or "or less"."""
        if kind.startswith("or "):
            return False
        said = " ".join(match[0][: match.start("a") - match.start()].lower().split())
        return not any(said.endswith(phrase) for phrase in self._closed)

    def _is_else(self, draft: Draft, match: re.Match[str]) -> bool:
        """Whether the number is a size, or money, or the unit no unit."""
        before = words(draft.text[max(0, match.start() - 40) : match.start()])
        language = self._language
        unit = match.groupdict().get("unit") or ""
        named = any(word.key in language.size_words for word in before[-_REACH:])
        clear = len(unit) >= _CLEAR_UNIT and unit.lower() in language.measures.units
        if named and not clear:
            return True
        if _MODEL.search(draft.text, 0, match.start("a")):
            return True
        if draft.text[max(0, match.start("a") - 1) : match.start("a")] in (
            set(language.prices.currency_signs)
        ):
            return True
        if unit.lower() == "in" and match.string[match.start("unit") - 1].isspace():
            return True  # "size 9 in red"
        # A closing quotation mark is no inch.
        return unit == '"' and draft.text[: match.start("unit")].count('"') % 2 == 1


def _measured(text: str, language: Language) -> Decimal:
    """A number that stays the same when it is written and read again, whatever was typed."""
    return min(number_value(text, language), _MOST).quantize(_LEAST_STEP).normalize()
