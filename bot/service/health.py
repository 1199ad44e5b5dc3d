"""Whether the service is alive, and whether it can answer."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from bot.service.problems import problem
from bot.service.state import State

router = APIRouter(tags=["health"])


@router.get("/health")
def health() -> dict[str, str]:
    """Alive: the process answers."""
    return {"status": "ok"}


@router.get("/ready")
def ready(state: State) -> JSONResponse:
    """Ready: the index and the models are loaded, so a search can be answered."""
    if not state.search.ready():
        return problem(503, "The index or a model is not loaded yet. Run `aisle validate`.")
    return JSONResponse({"status": "ready"})
