"""What every request handler of the service needs, made once at start."""

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.attachments import Attachments
from bot.attachments.folders import Folders
from bot.identity.proofs import Proofs
from bot.settings import Settings
from recommender.search import SearchEngine


@dataclass(frozen=True, slots=True)
class ServiceState:
    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    search: SearchEngine
    actions_key: str = field(repr=False)
    """The bearer secret that Rasa shows at `/webhook` and `/identity`."""
    proofs: Proofs
    attachments: Attachments
    folders: Folders


def get_state(request: Request) -> ServiceState:
    return cast(ServiceState, request.app.state.aisle)


State = Annotated[ServiceState, Depends(get_state)]
