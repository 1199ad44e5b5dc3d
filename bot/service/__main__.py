"""Runs the service: `python -m bot.service`. `aisle serve` starts it, and Rasa beside it."""

import sys

import uvicorn

from bot.desk.port import DeskError
from bot.identity.errors import KeysError
from bot.mail import MailError
from bot.orders.errors import OrdersNotConfiguredError
from bot.service.app import create_app
from bot.settings import Settings
from bot.voice.errors import VoiceError
from recommender.errors import IndexUnavailableError, ModelError

_UNUSABLE = (
    DeskError,
    IndexUnavailableError,
    KeysError,
    MailError,
    ModelError,
    OrdersNotConfiguredError,
    VoiceError,
)


def main() -> None:
    settings = Settings()
    try:
        app = create_app(settings)
    except _UNUSABLE as error:
        sys.exit(f"aisle: {error}")
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        server_header=False,
    )


if __name__ == "__main__":
    main()
