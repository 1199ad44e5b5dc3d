"""What the actions need from the service."""

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from recommender.search import SearchEngine


@dataclass(frozen=True, slots=True)
class ActionContext:
    """Made once by the service, and given to every action."""

    search: SearchEngine
    sessions: sessionmaker[Session]
