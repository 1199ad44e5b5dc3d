"""The service: search and storefront for the shop's pages, actions for Rasa."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot.actions import registry
from bot.actions.context import ActionContext
from bot.checkout import CheckoutLinks
from bot.search_engine import open_search
from bot.secret_key import read_or_create
from bot.service import health, problems, search, webhook
from bot.service.state import ServiceState
from bot.settings import Settings
from bot.storefront.router import router as storefront
from bot.voice.voice import Voice
from catalog.database import connect, sessions
from recommender.errors import IndexUnavailableError
from recommender.search import SearchEngine

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 0.5


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application over the configured database and models.

    Raises:
        ModelError: a model is missing or damaged; the message says what to run.
        IndexUnavailableError: the index can't be reached; the message says what to do.
        VoiceError: the shop's voice can't be used; the message says where.
    """
    voice = Voice.load(settings)
    engine = connect(settings.database_url)
    state = ServiceState(
        settings=settings,
        engine=engine,
        sessions=sessions(engine),
        search=open_search(settings, engine),
        actions_key=read_or_create(settings.actions_key_file),
    )

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        closing = asyncio.Event()
        follower = asyncio.create_task(_follow_changes(state.search, closing))
        yield
        closing.set()
        await follower
        state.search.close()
        engine.dispose()

    app = FastAPI(title="Aisle", version="1", lifespan=lifespan, redoc_url=None)
    app.state.aisle = state
    app.state.executor = registry.executor(
        ActionContext(state.search, state.sessions, voice, CheckoutLinks.of(state.settings))
    )
    app.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET"])
    problems.install(app)
    for router in (health.router, search.router, webhook.router, storefront):
        app.include_router(router)
    return app


async def _follow_changes(search: SearchEngine, closing: asyncio.Event) -> None:
    """Brings models and index up to date while nobody searches."""
    while not closing.is_set():
        try:
            await asyncio.to_thread(search.follow_models)
            await asyncio.to_thread(search.refresh)
        except IndexUnavailableError as error:
            logger.error("The index could not follow the catalogue; trying again: %s", error)
        except Exception:
            logger.exception("The index could not follow the catalogue; trying again")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), REFRESH_SECONDS)
