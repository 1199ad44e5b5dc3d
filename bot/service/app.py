"""The service: search and storefront for the shop's pages, actions for Rasa."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot import redaction
from bot.actions import registry
from bot.actions.context import ActionContext
from bot.attachments.attachments import Attachments
from bot.attachments.folders import Folders
from bot.checkout import CheckoutLinks
from bot.desk.customer_channel import CustomerChannel
from bot.desk.desks import Desks
from bot.desk.engines import answer_links, make_desk
from bot.desk.outbox import Outbox
from bot.help.answers import HelpDesk
from bot.identity.proofs import Proofs
from bot.orders.configured import make_desk as make_order_desk
from bot.privacy.conversations import ConversationStore
from bot.privacy.retention import Retention
from bot.privacy.store import StoreError
from bot.privacy.tracker_url import tracker_url
from bot.search_engine import open_search
from bot.secret_key import read_or_create
from bot.service import (
    attachments,
    behaviour,
    chat,
    folders,
    health,
    identity,
    privacy,
    problems,
    search,
    webhook,
)
from bot.service import desk as desk_routes
from bot.service.repeating import repeat
from bot.service.state import ServiceState
from bot.settings import Settings
from bot.storefront.router import MAILBOX
from bot.storefront.router import router as storefront
from bot.support.continuing import Continuing
from bot.support.handing_over import People
from bot.voice.voice import Voice
from catalog.database import connect, sessions
from recommender.errors import IndexUnavailableError
from recommender.search import SearchEngine
from recommender.serving.models import open_minilm

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 0.5
DELIVER_SECONDS = 1.0
PRUNE_SECONDS = 6 * 60 * 60.0


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application over the configured database and models.

    Raises:
        ModelError: a model is missing or damaged; the message says what to run.
        IndexUnavailableError: the index can't be reached; the message says what to do.
        VoiceError: the shop's voice can't be used; the message says where.
        OrdersNotConfiguredError, KeysError, MailError, DeskError: a setting is missing or wrong.
    """
    redaction.install()
    voice = Voice.load(settings)
    engine = connect(settings.database_url)
    opened = sessions(engine)
    orders = make_order_desk(settings, opened)
    proofs = Proofs.of(settings, opened, orders.customer_of)
    state = ServiceState(
        settings=settings,
        engine=engine,
        sessions=opened,
        search=open_search(settings, engine),
        actions_key=read_or_create(settings.actions_key_file),
        proofs=proofs,
        attachments=Attachments.of(settings, opened),
        folders=Folders.of(settings, opened),
    )

    minilm = open_minilm(settings.data_dir)
    desk = make_desk(settings)
    desks = people = None
    if desk is not None:
        desks = Desks(opened)
        hours = settings.opening_hours
        people = People.of(desks, hours, minilm, proofs.identities, opened, state.folders)
    work: list[tuple[Callable[[], object], float]] = [
        (Retention(settings, state.sessions).prune, PRUNE_SECONDS),
        (state.attachments.forget_abandoned, PRUNE_SECONDS),
    ]
    if desk is not None:
        channel = CustomerChannel(settings.rasa_listens_at, state.actions_key)
        outbox = Outbox(state.sessions, desk, channel)
        work.append((outbox.deliver_due, DELIVER_SECONDS))

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        closing = asyncio.Event()
        tasks = [asyncio.create_task(_follow_changes(state.search, closing))]
        tasks += [asyncio.create_task(repeat(each, pause, closing)) for each, pause in work]
        yield
        closing.set()
        await asyncio.gather(*tasks)
        state.search.close()
        state.proofs.mail.close()
        orders.close()
        engine.dispose()

    app = FastAPI(title="Aisle", version="1", lifespan=lifespan, redoc_url=None)
    app.state.aisle = state
    app.state.executor = registry.executor(
        ActionContext(
            state.search,
            state.sessions,
            voice,
            CheckoutLinks.of(state.settings),
            orders,
            proofs.identities,
            proofs.codes,
            people,
            Continuing(opened, proofs.identities, proofs.links, _conversations(settings)),
            HelpDesk.open(minilm),
            "" if settings.smtp_url else MAILBOX,
            state.attachments,
        )
    )
    app.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET"])
    problems.install(app)
    for router in (
        health.router,
        search.router,
        chat.router,
        webhook.router,
        identity.router,
        privacy.router,
        attachments.router,
        behaviour.router,
        folders.router,
        storefront,
    ):
        app.include_router(router)
    if desk is not None and desks is not None:
        app.include_router(desk_routes.router(desk, desks, answer_links(settings)))
    return app


def _conversations(settings: Settings) -> ConversationStore | None:
    try:
        return ConversationStore(tracker_url(settings))
    except StoreError as error:
        logger.warning("Customers can't go on on another channel: %s", error)
        return None


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
