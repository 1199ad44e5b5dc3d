"""One shop's GraphQL Admin API: documents in, data out, and its kinds of failure told apart."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.orders.engines.http import Reply, ShopClient
from bot.orders.errors import (
    BackendDeniedError,
    BackendNonsenseError,
    BackendUnavailableError,
    RateLimitedError,
)

VERSION = "2026-07"
"""Shopify serves each for a year at least, and then the oldest that it still serves."""
_NAME = "Shopify"


class ShopifyApi:
    """https://shopify.dev/docs/api/admin-graphql.

    Args:
        url: `https://my-shop.myshopify.com`.
        auth: `AccessToken` or `ClientCredentials`.
    """

    def __init__(
        self,
        url: str,
        auth: httpx.Auth,
        *,
        seconds: float = 5.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = ShopClient(
            _NAME,
            f"{url.rstrip('/')}/admin/api/{VERSION}",
            auth=auth,
            seconds=seconds,
            check=_check,
            sleep=sleep,
        )

    def query(self, document: str, **variables: Any) -> Mapping[str, Any]:
        """The data that is asked for. May be sent more than once."""
        return _data(self._client.ask("POST", "/graphql.json", json=_body(document, variables)))

    def mutate(self, document: str, **variables: Any) -> Mapping[str, Any]:
        """What the mutation answers. Never sent again once it may have arrived."""
        return _data(self._client.act("POST", "/graphql.json", json=_body(document, variables)))

    def close(self) -> None:
        self._client.close()


def _body(document: str, variables: dict[str, Any]) -> dict[str, Any]:
    return {"query": document, "variables": variables}


def _data(reply: Reply) -> Mapping[str, Any]:
    data: Mapping[str, Any] = reply.body["data"]
    return data


def _check(reply: Reply, is_act: bool) -> None:
    """Its errors come with HTTP 200, and each with a code."""
    body = reply.body
    if reply.status == 404:
        raise BackendDeniedError(f"{_NAME} knows no such shop")
    if not isinstance(body, dict) or reply.status not in (200, 201):
        raise BackendNonsenseError(f"{_NAME} can't read our request, with HTTP {reply.status}")
    if errors := body.get("errors"):
        code = _code(errors)
        if code == "THROTTLED":
            raise RateLimitedError(f"{_NAME} was asked too often", _seconds_to_wait(body))
        if code in ("ACCESS_DENIED", "SHOP_INACTIVE"):
            raise BackendDeniedError(f"{_NAME} refuses, with {code}")
        if code == "INTERNAL_SERVER_ERROR":
            raise BackendUnavailableError(f"{_NAME} failed within", may_have_acted=is_act)
        raise BackendNonsenseError(f"{_NAME} refuses the query, with {code or 'no code'}")
    if not isinstance(body.get("data"), dict):
        raise BackendNonsenseError(f"{_NAME} answers without data", may_have_acted=is_act)


def _code(errors: Any) -> str:
    first = errors[0] if isinstance(errors, list) and errors else None
    extensions = first.get("extensions") if isinstance(first, dict) else None
    code = extensions.get("code") if isinstance(extensions, dict) else None
    return code if isinstance(code, str) and code.isidentifier() else ""


def _seconds_to_wait(body: Mapping[str, Any]) -> float:
    """Until the bucket holds what the query costs, as the answer tells; one if it does not."""
    try:
        cost = body["extensions"]["cost"]
        status = cost["throttleStatus"]
        missing = float(cost["requestedQueryCost"]) - float(status["currentlyAvailable"])
        return max(0.0, missing / float(status["restoreRate"]))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return 1.0
