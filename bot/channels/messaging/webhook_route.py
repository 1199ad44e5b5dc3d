"""One platform's webhook: believes, reads, acknowledges; the turns run after that."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot import audit
from bot.channels.messaging.exchange import Exchange
from bot.channels.messaging.platform import Platform
from bot.channels.messaging.sender import Sender
from bot.channels.messaging.webhook import Acknowledgement, ForgedError, MalformedError, Webhook

logger = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024
"""Bytes. No platform's webhook comes near it."""
KEYS_SECONDS = 24 * 60 * 60.0
"""How long a platform's public keys are good."""


class WebhookRoute:
    """`/webhooks/messaging/<platform>`."""

    def __init__(
        self,
        platform: Platform,
        sender: Sender,
        exchange: Exchange,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._platform = platform
        self._sender = sender
        self._exchange = exchange
        self._clock = clock
        self._keys: Mapping[str, Any] = {}
        self._keys_at = 0.0

    async def handle(self, request: Request) -> HTTPResponse:
        """401 for what is not the platform's, 503 where that can't be told now; else at once its
        acknowledgement."""
        platform = self._platform
        if len(request.body) > LARGEST_BODY:
            return _response(Acknowledgement(413))
        keys = await self._current_keys()
        if keys is None:
            return _response(Acknowledgement(503))
        webhook = Webhook(
            request.method,
            {name: values[0] for name, values in request.args.items()},
            {name.lower(): value for name, value in request.headers.items()},
            request.body,
            request.query_string,
            keys,
        )
        try:
            greeting = platform.handshake(webhook)
            if greeting is not None:
                return _response(greeting)
            platform.verify(webhook, self._clock())
            received = platform.read(webhook)
        except ForgedError as error:
            audit.refused(f"a request of {platform.name}", str(error))
            return _response(Acknowledgement(401))
        except (MalformedError, KeyError, TypeError, ValueError, AttributeError) as error:
            # Acknowledged all the same: nothing comes of it when it is sent again.
            logger.warning("%s sent what can't be read: %s", platform.name, type(error).__name__)
            return _response(Acknowledgement())
        self._exchange.receive(received.messages)
        return _response(received.acknowledgement)

    async def _current_keys(self) -> Mapping[str, Any] | None:
        """The platform's public keys; None where it has some and they can't be had."""
        wanted = self._platform.keys_call()
        if wanted is None:
            return {}
        if self._clock() - self._keys_at > KEYS_SECONDS:
            answer, failure = await self._sender.ask(wanted)
            if answer is None or failure is not None:
                logger.error("The keys of %s can't be had.", self._platform.name)
                return self._keys or None
            self._keys = {key["kid"]: key for key in answer.json["keys"]}
            self._keys_at = self._clock()
        return self._keys


def _response(given: Acknowledgement) -> HTTPResponse:
    return HTTPResponse(given.body, given.status, content_type=given.content_type)
