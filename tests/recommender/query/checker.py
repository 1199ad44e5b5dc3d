"""Whether a variant of the outfitters' shop obeys a constraint: judged by the shop's rows alone.

Nothing of the recommender is used here. Its words for colours, sizes and opposites stand again,
as far as this shop needs them, so that a wrong word there shows.
"""

import re
from decimal import Decimal
from typing import Any

from tests.recommender.query.outfitters import Stocked, stocked

_SHADES = {
    "red": {"red", "burgundy"},
    "burgundy": {"burgundy"},
    "blue": {"blue", "navy", "light blue", "dark blue"},
    "navy": {"navy"},
    "navy blue": {"navy"},
    "green": {"green", "forest green", "olive"},
    "grey": {"grey", "charcoal"},
    "gray": {"grey", "charcoal"},
    "white": {"white"},
    "black": {"black"},
    "brown": {"brown", "tan", "walnut"},
    "pink": {"pink", "coral"},
    "gold": {"gold"},
}
_SUITS = {
    "men": {"men", "unisex", ""},
    "women": {"women", "unisex", ""},
    "kids": {"kids", "girls", "boys", ""},
    "girls": {"girls", "kids", ""},
    "boys": {"boys", "kids", ""},
}
_OPPOSITES = {"wired": "wireless", "corded": "cordless"}
_BASE: dict[str, Decimal | int] = {
    "inch": Decimal("2.54"), "cm": 1, "ft": Decimal("30.48"), "m": 100, "kg": 1000, "g": 1,
    "lb": Decimal("453.59"), "ml": 1, "l": 1000, "oz": 1, "hour": 60, "minute": 1, "year": 1,
    "person": 1, "piece": 1,
}  # fmt: skip
_UNITS = {
    "inches": "inch", "feet": "ft", "hours": "hour", "minutes": "minute", "years": "year",
    "people": "person", "pieces": "piece",
}  # fmt: skip
_MEASUREMENT = re.compile(r"(?:(\w+) )?(>=|<=|>|<)?(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))? (\w+)")
_NUMBER = re.compile(r"([\d.,]+)(?:[–-]([\d.,]+))?\s*([A-Za-z]*)( and up)?")
_COUNTS = ("pieces", "pack_size")


def obeys(variant: Stocked, name: str, value: object) -> bool:
    """Whether a variant meets one entry of `understood.filters` in `aisle search --json`."""
    values: list[Any] = value if isinstance(value, list) else [value]
    if name == "price_min":
        return variant.price >= Decimal(str(value))
    if name == "price_max":
        return variant.price <= Decimal(str(value))
    if name == "in_stock":
        return variant.in_stock
    if name == "rating_min":
        return Decimal(variant.row.attributes["rating"]) >= Decimal(str(value))
    if name == "sort":
        return True
    check = _not_material if name == "not_material" else _CHECKS[name.removeprefix("not_")]
    if name.startswith("not_"):
        return not any(check(variant, each) for each in values)
    if name in ("features", "measurements"):
        return all(check(variant, each) for each in values)
    return any(check(variant, each) for each in values)


def passing(wanted: dict[str, object]) -> set[str]:
    """The products of the shop with a variant that obeys it all."""
    return {
        variant.row.id
        for variant in stocked()
        if all(obeys(variant, name, value) for name, value in wanted.items())
    }


def _brand(variant: Stocked, brand: str) -> bool:
    return variant.row.brand == brand


def _category(variant: Stocked, path: str) -> bool:
    return variant.category == path or variant.category.startswith(f"{path} > ")


def _color(variant: Stocked, color: str) -> bool:
    return variant.color.lower() in _SHADES.get(color, {color})


def _size(variant: Stocked, size: str) -> bool:
    return variant.size.lower() == size


def _gender(variant: Stocked, gender: str) -> bool:
    return variant.row.gender in _SUITS[gender]


def _material(variant: Stocked, material: str) -> bool:
    made_of = variant.row.material.lower()
    return material in made_of and "faux" not in made_of


def _not_material(variant: Stocked, material: str) -> bool:
    """Whether it is of this, even in part: what is not wanted counts wherever it is said."""
    text = f"{variant.row.title}. {variant.row.description}".lower()
    kinds = ("leather", "suede", "nubuck") if material == "leather" else (material,)
    return any(_material(variant, kind) for kind in kinds) or (
        re.search(rf"(?<!faux ){material}", text) is not None and "faux" not in variant.row.material
    )


def _feature(variant: Stocked, term: str) -> bool:
    answer = _answer(variant, term)
    return answer if answer is not None else _plain(term) in _plain(variant.row.title)


def _answer(variant: Stocked, term: str) -> bool | None:
    """What the attributes say to a term: yes, no, or nothing."""
    for name, value in variant.row.attributes.items():
        called = _plain(name)
        if called == _plain(term):
            return value != "no"
        if term in _OPPOSITES and called == _plain(_OPPOSITES[term]):
            return value == "no"
        said = f" {_plain(value)} "
        phrase = _plain(term)
        for word in called.split():
            phrase = phrase.removesuffix(f" {word}")
        if value not in ("yes", "no") and f" {phrase} " in said:
            return True
    return None


def _not_word(variant: Stocked, term: str) -> bool:
    """Whether a product says of itself that it is, or has, something."""
    word = _plain(term)
    if (answer := _answer(variant, term)) is not None:
        return answer
    free = variant.row.attributes.get(f"{term}_free")
    if free is not None:
        return free == "no"
    text = f" {_plain(variant.row.title)} {_plain(variant.row.description)} "
    text = re.sub(rf" (?:no|without|without a) {word} ", " ", text)
    return f" {word} " in text


def _measurement(variant: Stocked, text: str) -> bool:
    match = re.fullmatch(
        r"(?:(\w+) )?(>=|<=|>|<)?(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))? (\w+)", text
    )
    assert match, text
    of, sign, least, most, unit = match.groups()
    low, high = Decimal(least), Decimal(most or least)
    return any(
        _allows(sign, low, high, *(_in_unit(end, stated_in, unit) for end in span))
        for stated_in, span in _stated(variant, of, unit)
    )


def _allows(sign: str | None, low: Decimal, high: Decimal, least: Decimal, most: Decimal) -> bool:
    slack = Decimal("0.03") * low
    if sign in (">", ">="):
        return most > low if sign == ">" else most >= low
    if sign in ("<", "<="):
        return least < low if sign == "<" else least <= low
    return least <= high + slack and most >= low - slack


def _stated(
    variant: Stocked, of: str | None, unit: str
) -> list[tuple[str, tuple[Decimal, Decimal]]]:
    """Every number that the shop states in a unit of this kind, as a range."""
    found = []
    for name, value in variant.row.attributes.items():
        if (of == "age") != (name == "age") or (of not in (None, "age") and of != name):
            continue
        for match in re.finditer(
            r"([\d.,]+)(?:[–-]([\d.,]+))?( and up)?\s*([A-Za-z]*)( and up)?", value
        ):
            low = Decimal(match[1].replace(",", ""))
            high = Decimal(match[2] or match[1].replace(",", "")) if not match[5] else Decimal(999)
            said = match[4].lower() or ("piece" if name in _COUNTS else "")
            said = _UNITS.get(said, said)
            if said and _kind(said) == _kind(unit):
                found.append((said, (low, high)))
    return found


def _in_unit(amount: Decimal, stated_in: str, unit: str) -> Decimal:
    return amount * _BASE[stated_in] / _BASE[unit]


def _kind(unit: str) -> str:
    kinds = (
        {"inch", "cm", "ft", "m"}, {"kg", "g", "lb"}, {"ml", "l"}, {"hour", "minute"},
    )  # fmt: skip
    return next((min(kind) for kind in kinds if unit in kind), unit)


def _plain(text: str) -> str:
    """In lower case, in the singular as far as this shop's words need it, one spelling."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("-", " "))
    plain = " ".join(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in words)
    return plain.replace("canceling", "cancelling")


_CHECKS = {
    "brand": _brand,
    "category": _category,
    "color": _color,
    "size": _size,
    "gender": _gender,
    "material": _material,
    "features": _feature,
    "measurements": _measurement,
    "words": _not_word,
}
