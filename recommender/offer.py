"""What a search returns: offers, which are variants of products as they stand in the catalogue."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.models import Product, Variant
from recommender.filtering.nearest import Nearest
from recommender.query.constraints import ParsedQuery


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant of one product. `id` is the variant's and `group_id` the product's."""

    id: str
    group_id: str
    title: str
    brand: str
    category: str
    price: Decimal | None
    currency: str
    color: str
    size: str
    in_stock: bool | None
    """None where the shop does not say."""
    stock: int | None
    url: str
    image: str
    description: str
    score: float
    """Relevance, 0 to 1."""
    why: tuple[str, ...]

    @classmethod
    def of(cls, product: Product, variant: Variant, score: float, why: tuple[str, ...]) -> "Offer":
        return cls(
            id=variant.id,
            group_id=product.id,
            title=product.title,
            brand=product.brand,
            category=product.category,
            price=variant.price,
            currency=variant.currency,
            color=variant.color,
            size=variant.size,
            in_stock=variant.in_stock,
            stock=variant.stock,
            url=variant.url,
            image=variant.image or (product.images[0] if product.images else ""),
            description=product.description,
            score=score,
            why=why,
        )

    def to_json(self) -> dict[str, Any]:
        """A JSON object with every field, the price as a number or null."""
        return {
            "id": self.id,
            "group_id": self.group_id,
            "title": self.title,
            "brand": self.brand,
            "category": self.category,
            "price": None if self.price is None else float(self.price),
            "currency": self.currency,
            "color": self.color,
            "size": self.size,
            "in_stock": self.in_stock,
            "stock": self.stock,
            "url": self.url,
            "image": self.image,
            "description": self.description,
            "score": round(self.score, 4),
            "why": list(self.why),
        }


@dataclass(frozen=True, slots=True)
class SearchResponse:
    understood: ParsedQuery
    results: list[Offer]
    relaxed: tuple[str, ...]
    """Constraints that had to be dropped to find anything."""
    similarity: float
    """Of the request and the nearest candidate, before reranking: their cosine, which is above 1
    never, and 1 where the customer named a product by its id or model number."""
    took_ms: dict[str, float]
    nearest: tuple[Nearest, ...] = ()
    """Of relaxed constraints that have an order, what came nearest: "the least is $54"."""

    def to_json(self, query: str) -> dict[str, Any]:
        """The object that `aisle search --json` prints for `query`."""
        return {
            "query": query,
            "understood": {
                "text": self.understood.text,
                "filters": self.understood.filters.to_json(),
            },
            "results": [offer.to_json() for offer in self.results],
            "relaxed": list(self.relaxed),
            "nearest": [each.to_json() for each in self.nearest],
            "took_ms": {stage: round(took, 1) for stage, took in self.took_ms.items()},
        }
