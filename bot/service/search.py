"""Search and products over HTTP, for the shop's own pages."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from bot.service.state import State
from catalog import products

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


@router.get("/products/{product_id}")
def product(state: State, product_id: str) -> dict[str, Any]:
    """A product with its variants, by its own id or a variant's."""
    with state.sessions() as session:
        found = products.find(session, product_id)
        if found is None:
            raise HTTPException(404, f"No product has the id {product_id!r}.")
        return products.to_json(found)


@router.get("/products/{product_id}/similar")
def similar(state: State, product_id: str, k: Count = 10) -> dict[str, Any]:
    """Products most like this one."""
    with state.sessions() as session:
        if products.find(session, product_id) is None:
            raise HTTPException(404, f"No product has the id {product_id!r}.")
    offers = state.search.similar(product_id, k=k)
    return {"id": product_id, "results": [offer.to_json() for offer in offers]}
