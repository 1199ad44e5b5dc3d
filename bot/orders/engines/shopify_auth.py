"""The two ways in which a shop's own app proves itself to Shopify's Admin API."""

import time
from collections.abc import Callable, Generator

import httpx
from pydantic import BaseModel, ValidationError

from bot.orders.errors import BackendDeniedError, BackendNonsenseError, BackendUnavailableError

_HEADER = "X-Shopify-Access-Token"
_EARLY_SECONDS = 60.0
_Flow = Generator[httpx.Request, httpx.Response, None]


class AccessToken(httpx.Auth):
    """One that does not expire, of a custom app made in Shopify's admin before 2026."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> _Flow:
        request.headers[_HEADER] = self._token
        yield request


class ClientCredentials(httpx.Auth):
    """The client id and secret of an app from the Dev Dashboard, for tokens that last a day.

    https://shopify.dev/docs/apps/build/authentication-authorization/client-credentials-grant
    """

    def __init__(
        self, url: str, id: str, secret: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = f"{url.rstrip('/')}/admin/oauth/access_token"
        self._form = {"grant_type": "client_credentials", "client_id": id, "client_secret": secret}
        self._clock = clock
        # Threads that renew it at once each get one that works.
        self._token = ""
        self._expires = 0.0

    def sync_auth_flow(self, request: httpx.Request) -> _Flow:
        if not self._token or self._clock() >= self._expires:
            yield from self._renew(request)
        request.headers[_HEADER] = self._token
        response = yield request
        if response.status_code == 401:
            # It was withdrawn before its time; what was refused was not done.
            yield from self._renew(request)
            request.headers[_HEADER] = self._token
            yield request

    def _renew(self, request: httpx.Request) -> _Flow:
        asked = httpx.Request(
            "POST", self._url, data=self._form, extensions=dict(request.extensions)
        )
        response = yield asked
        if response.status_code >= 500 or response.status_code == 429:
            raise BackendUnavailableError(f"Shopify gives no token: HTTP {response.status_code}")
        if response.status_code != 200:
            raise BackendDeniedError(
                f"Shopify refuses the client id or secret, with HTTP {response.status_code}"
            )
        try:
            granted = _Granted.model_validate_json(response.read())
        except ValidationError as error:
            raise BackendNonsenseError("Shopify grants something else than a token") from error
        self._token = granted.access_token
        self._expires = self._clock() + granted.expires_in - _EARLY_SECONDS


class _Granted(BaseModel):
    access_token: str
    expires_in: float
