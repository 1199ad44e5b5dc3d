"""What customers saw and looked at in the chat: a private route for the web channel."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.service.private import ForRasa
from bot.service.state import State
from catalog.models import Behaviour, BehaviourKind

router = APIRouter(include_in_schema=False, dependencies=[ForRasa])


class Event(BaseModel):
    event: BehaviourKind
    product: str = Field(min_length=1, max_length=255)
    query: str = Field(min_length=1, max_length=1000)
    position: int = Field(ge=1, le=1000)


class Told(BaseModel):
    conversation: str = Field(min_length=1, max_length=255)
    events: list[Event] = Field(max_length=100)


@router.post("/behaviour", status_code=204)
def record(state: State, told: Told) -> None:
    """Keeps them, for `aisle behaviour`."""
    with state.sessions.begin() as session:
        session.add_all(
            Behaviour(
                conversation_id=told.conversation,
                event=each.event,
                product_id=each.product,
                query=each.query,
                position=each.position,
            )
            for each in told.events
        )
