"""Search and products over HTTP, for the shop's own pages."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from sqlalchemy.orm import Session

from bot.service.state import State
from catalog.models import Product, Variant
from catalog.products import find_variant
from recommender.errors import UnknownProductError

router = APIRouter(prefix="/v1", tags=["search"])

Count = Annotated[int, Query(ge=1, le=100, description="How many products at the most.")]


@router.get("/search")
def search(
    state: State,
    q: Annotated[str, Query(max_length=1_000, description="What the customer says.")],
    k: Count = 10,
) -> dict[str, Any]:
    """One search, as the assistant would do it."""
    response = state.search.search(state.search.understand(q), k=k)
    return response.to_json(q)


# A shop's ids may hold slashes, "AB/12", and the server decodes `%2F` before it looks for a route.
@router.get("/products/{product_id:path}/similar")
def similar(state: State, product_id: str, k: Count = 10) -> dict[str, Any]:
    """Products most like this one."""
    try:
        offers = state.search.similar(product_id, k=k)
    except UnknownProductError as unknown:
        raise HTTPException(404, str(unknown)) from unknown
    return {"id": product_id, "results": [offer.to_json() for offer in offers]}


# After /similar, which it would match as well.
@router.get("/products/{product_id:path}")
def product(state: State, product_id: str) -> dict[str, Any]:
    """A product with its variants, by its own id or a variant's."""
    with state.sessions() as session:
        return _product_json(_find(session, product_id))


def _find(session: Session, product_id: str) -> Product:
    variant = find_variant(session, product_id)
    if variant is None:
        raise HTTPException(404, f"There is no product {product_id!r}.")
    return variant.product


def _product_json(product: Product) -> dict[str, Any]:
    return {
        "id": product.id,
        "title": product.title,
        "description": product.description,
        "brand": product.brand,
        "category": product.category,
        "material": product.material,
        "gender": product.gender,
        "attributes": product.attributes,
        "images": product.images,
        "variants": [_variant_json(variant) for variant in product.variants],
    }


def _variant_json(variant: Variant) -> dict[str, Any]:
    return {
        "id": variant.id,
        "color": variant.color,
        "size": variant.size,
        "price": None if variant.price is None else float(variant.price),
        "currency": variant.currency,
        "stock": variant.stock,
        "in_stock": variant.in_stock,
        "url": variant.url,
        "image": variant.image,
        "attributes": variant.attributes,
    }
