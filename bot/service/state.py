"""What every request handler of the service needs, made once at start."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.settings import Settings
from recommender.search import SearchEngine


@dataclass(frozen=True, slots=True)
class ServiceState:
    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    search: SearchEngine
    actions_key: str
    """The bearer secret that Rasa shows at `/webhook`."""


def get_state(request: Request) -> ServiceState:
    return cast(ServiceState, request.app.state.aisle)


State = Annotated[ServiceState, Depends(get_state)]
