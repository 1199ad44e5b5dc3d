"""How far off a request was: the least price there is where nothing costs so little."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, case, func
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalog.models import Variant
from recommender.filtering.filter import Filter
from recommender.query import facets
from recommender.query.attributes import attribute
from recommender.query.constraints import Constraints, Sort
from recommender.query.language import Language
from recommender.query.measurement import Measurement, factors, stated
from recommender.query.measures import answers
from recommender.query.ratings import stars
from recommender.query.vocabulary import Vocabulary

_Text = ColumnElement[str] | ColumnElement[str | None] | InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Nearest:
    """A constraint that nothing met, what it asked, and the nearest that there is."""

    constraint: str
    asked: Decimal | str
    nearest: Decimal | str

    def to_json(self) -> dict[str, object]:
        return {
            "constraint": self.constraint,
            "asked": _plain(self.asked),
            "nearest": _plain(self.nearest),
        }


class NearestFinder:
    """Finds the nearest to what nothing met, among the products that meet the rest.

    Of a price it is the least or the most that one of them costs, of a rating the best, of a size
    or a measure the next, and of a shade the colour that it is one of. Brands, materials and
    features have no nearest.
    """

    def __init__(self, session: Session, vocabulary: Vocabulary, language: Language) -> None:
        self._session = session
        self._vocabulary = vocabulary
        self._language = language

    def loosen(
        self,
        asked: Constraints,
        relaxed: Iterable[str],
        filtered: Callable[[Constraints], Filter],
        match: ColumnElement[bool] | None = None,
    ) -> tuple[Constraints, tuple[Nearest, ...]]:
        """What is required instead, and how near that is to what was asked.

        A size that nothing has gives way to the next one, not to any; a price or rating to an
        order in which the nearest comes first, unless another order is asked for.
        """
        relaxed = tuple(relaxed)
        kept = asked.without(*relaxed)
        found: list[Nearest] = []
        for name in relaxed:
            variants = filtered(kept).variants_query()
            if match is not None:
                variants = variants.where(match)
            near, kept = self._nearest(name, asked, kept, variants)
            found += [near] if near is not None else []
        return kept, tuple(found)

    def _nearest(
        self, name: str, asked: Constraints, kept: Constraints, variants: Select[Variant]
    ) -> tuple[Nearest | None, Constraints]:
        if name in ("price_min", "price_max"):
            price = self._price(variants, least=name == "price_max")
            if price is not None:
                near = Nearest(name, getattr(asked, name), price)
                return near, _in_order(kept, "price" if name == "price_max" else "-price")
        if name == "rating_min" and asked.rating_min is not None:
            rating = self._rating(variants)
            if rating is not None:
                return Nearest(name, asked.rating_min, rating), _in_order(kept, "-rating")
        if name == "size":
            sizes = self._sizes(asked.size, variants)
            if sizes:
                near = Nearest(name, _either(asked.size), _either(sizes))
                return near, replace(kept, size=sizes)
        if name == "color":
            colors = self._colors(asked.color, variants)
            if colors:
                near = Nearest(name, _either(asked.color), _either(colors))
                return near, replace(kept, color=colors)
        if name == "measurements" and len(asked.measurements) == 1:
            (measurement,) = asked.measurements
            measure = self._measure(measurement, variants)
            if measure is not None:
                near = Nearest(name, str(measurement), str(measure))
                return near, replace(kept, measurements=(measure,))
        return None, kept

    def _price(self, variants: Select[Variant], *, least: bool) -> Decimal | None:
        """Of what can be had; of what is sold out only if nothing can."""
        best = func.min if least else func.max
        to_be_had = best(case((Variant.in_stock.is_not(False), Variant.price)))
        price = func.coalesce(to_be_had, best(Variant.price))
        return self._session.scalar(variants.with_only_columns(price))

    def _rating(self, variants: Select[Variant]) -> Decimal | None:
        best: Decimal | None = None
        for name, values in stars(self._vocabulary.attributes, self._language).items():
            rated = self._distinct(variants, attribute(name))
            found = [values[value] for value in rated if value in values]
            best = max([*found, *([best] if best is not None else [])], default=None)
        return best

    def _sizes(self, asked: Iterable[str], variants: Select[Variant]) -> tuple[str, ...]:
        """The nearest size there is to any of those asked for; both, of two as near."""
        off: dict[str, Decimal] = {}
        for value in self._distinct(variants, Variant.size):
            name = facets.size_name(value, self._language)
            for size in asked:
                distance = facets.size_distance(size, name, self._language)
                if distance is not None:
                    off[name] = min(distance, off.get(name, distance))
        least = min(off.values(), default=None)
        return tuple(sorted(name for name, distance in off.items() if distance == least))

    def _colors(self, asked: Iterable[str], variants: Select[Variant]) -> tuple[str, ...]:
        """The colours that those asked for are shades of, as far as something has them."""
        values = self._distinct(variants, Variant.color)
        families = dict.fromkeys(
            family for term in asked for family in facets.families(term, self._language)
        )
        return tuple(
            family for family in families if facets.colors(family, values, self._language)
        )[:1]

    def _measure(self, asked: Measurement, variants: Select[Variant]) -> Measurement | None:
        """The measure that some attribute or size states and that is nearest."""
        limit = asked.least if asked.least is not None else asked.most
        if limit is None:
            return None
        kinds = factors(asked.unit, self._language.measures)
        attributes = self._vocabulary.attributes
        # Values too long to be facets may state a measure, too, but no constraint can ask for it.
        known = {each.name: each.values for each in attributes}
        texts = [
            (name, value)
            for name, _ in answers(asked, attributes, self._language)
            for value in self._distinct(variants, attribute(name))
            if value in known[name]
        ]
        if not asked.of:
            texts += [("", value) for value in self._distinct(variants, Variant.size)]
        found: list[Decimal] = [
            end / kinds[kind]
            for name, value in texts
            for span in stated(name, value, self._language)
            for kind in kinds.keys() & span.keys()
            for end in span[kind]
            if end is not None
        ]
        if not found:
            return None
        near = min(found, key=lambda amount: (abs(amount - limit), amount))
        near = near.quantize(Decimal("0.01"))
        return replace(asked, least=near, most=near, beyond=False)

    def _distinct(self, variants: Select[Variant], column: _Text) -> list[str]:
        found = self._session.scalars(variants.with_only_columns(column).distinct())
        return sorted(value for value in found if value)


def _in_order(constraints: Constraints, sort: Sort) -> Constraints:
    return constraints if constraints.sort is not None else replace(constraints, sort=sort)


def _either(values: Iterable[str]) -> str:
    return " / ".join(values)


def _plain(value: Decimal | str) -> float | int | str:
    if isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
