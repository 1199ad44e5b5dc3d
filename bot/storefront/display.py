"""Products as the pages show them: one price, one stock state, and what can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from catalog.models import Product, Variant
from recommender.explanation import money


@dataclass(frozen=True, slots=True)
class Tile:
    """A product among others."""

    title: str
    brand: str
    address: str
    image: str
    price: str
    in_stock: bool | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One colour or one size to choose from."""

    label: str
    address: str
    image: str
    chosen: bool
    in_stock: bool | None


@dataclass(frozen=True, slots=True)
class ProductSheet:
    """A product on its own page, with one of its variants chosen."""

    variant: Variant
    image: str
    price: str
    colors: list[Choice]
    sizes: list[Choice]
    """Of the chosen colour."""
    facts: dict[str, str]


def tile(product: Product) -> Tile:
    return Tile(
        title=product.title,
        brand=product.brand,
        address=_address(product),
        image=next((_image(product, variant) for variant in product.variants), ""),
        price=_price_range(product.variants),
        in_stock=_any_in_stock(product.variants),
    )


def sheet(product: Product, variant_id: str = "") -> ProductSheet:
    """The product's page; an unknown or missing variant gives the first that is in stock."""
    variants = product.variants
    chosen = next((variant for variant in variants if variant.id == variant_id), None)
    chosen = chosen or next((variant for variant in variants if variant.in_stock), variants[0])
    return ProductSheet(
        variant=chosen,
        image=_image(product, chosen),
        price=_price_range([chosen]),
        colors=_colors(product, chosen),
        sizes=_sizes(product, chosen),
        facts=_facts(product, chosen),
    )


def _colors(product: Product, chosen: Variant) -> list[Choice]:
    by_color: dict[str, list[Variant]] = {}
    for variant in product.variants:
        by_color.setdefault(variant.color, []).append(variant)
    choices = []
    for color, variants in by_color.items():
        # Another colour keeps the size that the customer has chosen, where there is one.
        same_size = next((item for item in variants if item.size == chosen.size), variants[0])
        choices.append(
            Choice(
                label=color,
                address=_address(product, same_size),
                image=_image(product, same_size),
                chosen=color == chosen.color,
                in_stock=_any_in_stock(variants),
            )
        )
    return [choice for choice in choices if choice.label]


def _sizes(product: Product, chosen: Variant) -> list[Choice]:
    return [
        Choice(
            label=variant.size,
            address=_address(product, variant),
            image="",
            chosen=variant is chosen,
            in_stock=variant.in_stock,
        )
        for variant in product.variants
        if variant.color == chosen.color and variant.size
    ]


def _facts(product: Product, variant: Variant) -> dict[str, str]:
    facts = {"Brand": product.brand, "Material": product.material, "For": product.gender}
    stated = product.attributes | variant.attributes
    facts |= {name.replace("_", " ").capitalize(): str(value) for name, value in stated.items()}
    return {name: value for name, value in facts.items() if value}


def _address(product: Product, variant: Variant | None = None) -> str:
    address = f"/products/{quote(product.id)}"
    return f"{address}?{urlencode({'variant': variant.id})}" if variant else address


def _image(product: Product, variant: Variant) -> str:
    return variant.image or next(iter(product.images), "")


def _price_range(variants: Iterable[Variant]) -> str:
    """The lowest price, with "from" where another is higher; empty where none is known."""
    priced = [
        (variant.price, variant.currency) for variant in variants if variant.price is not None
    ]
    if not priced:
        return ""
    lowest = money(*min(priced))
    return lowest if min(priced)[0] == max(priced)[0] else f"from {lowest}"


def _any_in_stock(variants: Iterable[Variant]) -> bool | None:
    """None where no variant is known to be in stock, and not all are known to be out."""
    states = [variant.in_stock for variant in variants]
    if any(states):
        return True
    return None if None in states else False
