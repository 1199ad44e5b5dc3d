"""Forgetting a conversation that its customer deletes: a private route for the web channel."""

from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from bot.privacy.customer_data import CustomerData
from bot.privacy.store import StoreError
from bot.service.private import ForRasa
from bot.service.state import State

router = APIRouter(include_in_schema=False, dependencies=[ForRasa])


class Erasure(BaseModel):
    conversation: str = Field(min_length=1, max_length=255)


@router.post("/conversations/erase")
def erase(state: State, asked: Erasure) -> dict[str, Any]:
    """The report of what was erased, by store."""
    try:
        data = CustomerData.of(state.settings, state.sessions)
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    return data.erase_conversation(asked.conversation).to_json()
