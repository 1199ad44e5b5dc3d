"""What a product must be, judged by the catalogue and by nothing of the search."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bot.evaluation.catalogue import Item
from recommender.query import facets
from recommender.query.english import ENGLISH


def _listed(value: object) -> object:
    """One value may be written without brackets; a size may be written as a number."""
    values = value if isinstance(value, list | tuple) else [value]
    plain = [str(each) if isinstance(each, int | float) else each for each in values]
    return tuple(plain)


Values = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Any of these is enough."""

_ADULTS = {"men", "women"}


class Requirement(BaseModel):
    """Fields are joined by AND, values of one by OR; of the `not_…` ones none may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    category: Values = ()
    """Each stands for everything below it too."""
    brand: Values = ()
    color: Values = ()
    """A shade counts: navy is a blue. That blue is no navy counts too."""
    size: Values = ()
    gender: Values = ()
    material: Values = ()
    """A word of the material: "leather"."""
    says: Values = ()
    """Words that stand anywhere in what the catalogue says of it."""
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    in_stock: bool | None = None
    not_brand: Values = ()
    not_color: Values = ()
    not_material: Values = ()
    not_size: Values = ()

    def broken_by(self, item: Item) -> tuple[str, ...]:
        """The fields that the item does not meet."""
        failed = {
            "category": self.category and not any(map(item.is_in, self.category)),
            "brand": self.brand and not _is_one_of(item.brand, self.brand),
            "color": self.color and not _is_color(item.color, self.color),
            "size": self.size and not _is_size(item.size, self.size),
            "gender": self.gender and not _is_for(item.gender, self.gender),
            "material": self.material and not _says(item.material, self.material),
            "says": self.says and not _says(item.text, self.says),
            "price_min": self.price_min is not None
            and (item.price is None or item.price < self.price_min),
            "price_max": self.price_max is not None
            and (item.price is None or item.price > self.price_max),
            "in_stock": self.in_stock is not None and item.in_stock != self.in_stock,
            "not_brand": _is_one_of(item.brand, self.not_brand),
            "not_color": _is_color(item.color, self.not_color),
            "not_material": _says(item.material, self.not_material),
            "not_size": _is_size(item.size, self.not_size),
        }
        return tuple(name for name, is_broken in failed.items() if is_broken)

    def is_met_by(self, item: Item) -> bool:
        return not self.broken_by(item)


def _is_for(gender: str, wanted: tuple[str, ...]) -> bool:
    """Whoever it is for; of what says nothing of it, everybody."""
    return not gender or gender in wanted or (gender == "unisex" and bool(_ADULTS & set(wanted)))


def _is_one_of(value: str, wanted: tuple[str, ...]) -> bool:
    return value.casefold() in {each.casefold() for each in wanted}


def _is_color(value: str, wanted: tuple[str, ...]) -> bool:
    return any(facets.colors(each, [value], ENGLISH) for each in wanted)


def _is_size(value: str, wanted: tuple[str, ...]) -> bool:
    return any(facets.sizes(each, [value], ENGLISH) for each in wanted)


def _says(text: str, wanted: tuple[str, ...]) -> bool:
    """ "Quick dry" is said by "quick-dry" too."""
    said = text.casefold().replace("-", " ")
    return any(each.casefold().replace("-", " ") in said for each in wanted)
