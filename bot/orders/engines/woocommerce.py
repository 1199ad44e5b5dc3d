"""Orders in WooCommerce, by its REST API v3.

https://developer.woocommerce.com/docs/apis/rest-api/v3/. It knows no returns, follows no parcels,
and moves no money when an order is cancelled: those are left to the shop's people.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from bot.orders import rules
from bot.orders.address import Address
from bot.orders.capability import Capability
from bot.orders.engines.http import Reply, ShopClient
from bot.orders.engines.woocommerce_orders import (
    HIDDEN,
    STATUSES,
    WooOrder,
    WooRefund,
    placed_order,
    refund,
)
from bot.orders.errors import BackendDeniedError, BackendNonsenseError, OrderBackendError
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedOrder
from bot.orders.port import OrderBackend
from bot.orders.refund import Refund
from catalog.orders import order_key

logger = logging.getLogger(__name__)

_NAME = "WooCommerce"
_API = "/wp-json/wc/v3"
_CANCEL_NOTE = "Cancelled by the customer in the chat."
_REFUND_NOTE = " It was paid: the refund has to be made by hand."
_ADDRESS_NOTE = "The customer changed the shipping address in the chat."
_Read = TypeVar("_Read")


class WooCommerceOrders(OrderBackend):
    """Its requests to change an order say how it shall be: one that comes twice changes it once.

    Args:
        url: `https://shop.example`: over TLS only, since the key goes along.
        key: The consumer key, for reading and writing.
        secret: The consumer secret.
        seconds: That one request may take.
    """

    capabilities = frozenset(
        {
            Capability.CANCEL,
            Capability.CHANGE_ADDRESS,
            Capability.REFUNDS,
            Capability.INVOICE,
            Capability.REORDER,
        }
    )

    def __init__(
        self,
        url: str,
        key: str,
        secret: str,
        *,
        seconds: float = 5.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = ShopClient(
            _NAME,
            url.rstrip("/") + _API,
            auth=httpx.BasicAuth(key, secret),
            seconds=seconds,
            sleep=sleep,
        )

    def find(self, owner: Owner, number: str) -> PlacedOrder | None:
        order = self._order(owner, number)
        return None if order is None else placed_order(order)

    def recent(self, owner: Owner, limit: int) -> tuple[PlacedOrder, ...]:
        orders = {order.id: order for search in _of(owner) for order in self._search(owner, search)}
        newest = sorted(orders.values(), key=lambda order: order.date_created_gmt, reverse=True)
        return tuple(placed_order(order) for order in newest[:limit])

    def cancel(self, owner: Owner, number: str) -> Cancelled | Refusal:
        order = self._order(owner, number)
        if order is None:
            return Refusal(RefusalReason.NOT_FOUND, number)
        placed = placed_order(order)
        if refusal := _refuses_status(order) or rules.refuses_to_cancel(placed):
            return refusal
        changed = self._change(order.id, {"status": "cancelled"})
        if changed.status != "cancelled":
            return Refusal(RefusalReason.DECLINED, placed.number)
        self._note(order.id, _CANCEL_NOTE + (_REFUND_NOTE if placed.paid else ""))
        return Cancelled(placed.number, placed.currency, placed.total if placed.paid else None)

    def change_address(
        self, owner: Owner, number: str, address: Address
    ) -> AddressChanged | Refusal:
        order = self._order(owner, number)
        if order is None:
            return Refusal(RefusalReason.NOT_FOUND, number)
        placed = placed_order(order)
        if refusal := _refuses_status(order) or rules.refuses_address(placed, address):
            return refusal
        self._change(order.id, {"shipping": _shipping(address, placed.country)})
        self._note(order.id, _ADDRESS_NOTE)
        return AddressChanged(placed.number)

    def refunds(self, owner: Owner, number: str) -> tuple[Refund, ...] | None:
        order = self._order(owner, number)
        if order is None:
            return None
        reply = self._client.ask("GET", f"/orders/{order.id}/refunds", params={"per_page": 20})
        found = (refund(each, order.currency) for each in _read(list[WooRefund], reply))
        return tuple(sorted(found, key=lambda each: each.created_at, reverse=True))

    def close(self) -> None:
        self._client.close()

    def _order(self, owner: Owner, number: str) -> WooOrder | None:
        """A number is the order's id, unless a plug-in numbers them; then it is searched for."""
        key = order_key(number)
        if key.isascii() and key.isdigit() and len(key) < 12:
            reply = self._client.ask("GET", f"/orders/{int(key)}")
            if reply.status == 200:
                order = _read(WooOrder, reply)
                if order_key(order.number) == key and _is_theirs(owner, order):
                    return order
            elif not _is_about_the_id(reply):
                raise BackendDeniedError(f"{_NAME} has no REST API at this address")
        if not key:
            return None
        searches: list[dict[str, str]] = [{"search": number.strip().lstrip("#")}, *_of(owner)]
        for search in searches:
            for order in self._search(owner, search):
                if order_key(order.number) == key:
                    return order
        return None

    def _search(self, owner: Owner, search: dict[str, str]) -> list[WooOrder]:
        params = {**search, "per_page": "50", "orderby": "date", "order": "desc"}
        reply = self._client.ask("GET", "/orders", params=params)
        return [order for order in _read(list[WooOrder], reply) if _is_theirs(owner, order)]

    def _change(self, id: int, values: dict[str, Any]) -> WooOrder:
        try:
            return _read(WooOrder, self._client.ask("PUT", f"/orders/{id}", json=values))
        except OrderBackendError as error:
            # Any of the tries may have got there, also the one before the last.
            error.may_have_acted = not isinstance(error, BackendDeniedError)
            raise

    def _note(self, id: int, text: str) -> None:
        """For the shop's people. The act is done; a note that fails does not undo it."""
        note = {"note": text, "customer_note": False}
        try:
            self._client.act("POST", f"/orders/{id}/notes", json=note)
        except OrderBackendError as error:
            logger.warning("no note was left on an order: %s", error)


def _read(kind: type[_Read], reply: Reply) -> _Read:
    """What the reply says, of that type.

    Raises:
        BackendNonsenseError: it is something else.
    """
    if reply.status not in (200, 201):
        raise BackendNonsenseError(f"{_NAME} answers with HTTP {reply.status}")
    try:
        return TypeAdapter(kind).validate_python(reply.body)
    except ValidationError as error:
        # Not its message: it has the customer's values in it.
        raise BackendNonsenseError(f"{_NAME} answers with something else") from error


def _is_theirs(owner: Owner, order: WooOrder) -> bool:
    return order.status not in HIDDEN and owner.owns(order.billing.email, order.owner_id)


def _is_about_the_id(reply: Reply) -> bool:
    """Whether it is the order that is not there, and not the API."""
    code = reply.body.get("code") if isinstance(reply.body, Mapping) else None
    return code == "woocommerce_rest_shop_order_invalid_id"


def _of(owner: Owner) -> list[dict[str, str]]:
    searches = []
    if owner.email:
        searches.append({"search": owner.email})
    if owner.customer_id.isascii() and owner.customer_id.isdigit():
        searches.append({"customer": owner.customer_id})
    return searches


def _refuses_status(order: WooOrder) -> Refusal | None:
    if order.status in STATUSES:
        return None
    return Refusal(RefusalReason.DECLINED, order.number)


def _shipping(address: Address, country: str) -> dict[str, str]:
    first, _, last = address.name.rpartition(" ")
    return {
        "first_name": first,
        "last_name": last,
        "address_1": address.line1,
        "address_2": address.line2,
        "city": address.city,
        "state": address.region,
        "postcode": address.postcode,
        "country": address.country or country,
    }
