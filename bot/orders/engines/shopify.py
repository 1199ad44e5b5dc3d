"""Orders in Shopify, by its GraphQL Admin API: new apps get no other, and returns are in no other.

`docs/orders.md` says which scopes the token needs.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.orders import rules
from bot.orders.address import Address
from bot.orders.capability import Capability
from bot.orders.engines import shopify_queries as queries
from bot.orders.engines.shopify_answers import (
    Found,
    Job,
    Returnable,
    ShopifyOrder,
    ShopifyRefund,
    UserError,
    read,
)
from bot.orders.engines.shopify_api import ShopifyApi
from bot.orders.engines.shopify_orders import placed_order, refund
from bot.orders.errors import (
    BackendDeniedError,
    BackendUnavailableError,
    OrderBackendError,
)
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason, ReturnStarted
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedOrder
from bot.orders.port import OrderBackend
from bot.orders.refund import Refund
from bot.orders.returns import ReturnItem, ReturnTerms
from catalog.models import ReturnReason
from catalog.orders import order_key, order_number

_REASONS = {
    ReturnReason.TOO_SMALL: "SIZE_TOO_SMALL",
    ReturnReason.TOO_LARGE: "SIZE_TOO_LARGE",
    ReturnReason.COLOR: "COLOR",
    ReturnReason.STYLE: "STYLE",
    ReturnReason.NOT_AS_DESCRIBED: "NOT_AS_DESCRIBED",
    ReturnReason.DEFECTIVE: "DEFECTIVE",
    ReturnReason.DAMAGED: "DEFECTIVE",
    ReturnReason.WRONG_ITEM: "WRONG_ITEM",
    ReturnReason.CHANGED_MIND: "UNWANTED",
    ReturnReason.OTHER: "OTHER",
}
_LONGEST_NOTE = 300
_LOOKS_AT_A_CANCELLATION = 4
_STAFF_NOTE = "Cancelled by the customer in the chat."
_PERMISSIONS = frozenset(
    {"MISSING_PERMISSION", "NO_REFUND_PERMISSION", "FEATURE_NOT_ENABLED", "ACCESS_DENIED"}
)


class ShopifyOrders(OrderBackend):
    """The search finds candidates; whose they are is compared here, and then each is fetched whole.

    Exchanges are not offered: Shopify opens them without the shop's approval only.
    """

    capabilities = frozenset(Capability) - {Capability.EXCHANGE, Capability.FOLLOW_RETURNS}

    def __init__(
        self,
        api: ShopifyApi,
        terms: ReturnTerms,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._api = api
        self._terms = terms
        self._clock = clock
        self._sleep = sleep

    def find(self, owner: Owner, number: str) -> PlacedOrder | None:
        order = self._order(owner, number)
        return None if order is None else placed_order(order)

    def recent(self, owner: Owner, limit: int) -> tuple[PlacedOrder, ...]:
        found = self._search(owner, _of(owner), limit)
        orders = (self._fetch(owner, each.id) for each in found[:limit])
        return tuple(placed_order(order) for order in orders if order is not None)

    def cancel(self, owner: Owner, number: str) -> Cancelled | Refusal:
        order = self._order(owner, number)
        if order is None:
            return Refusal(RefusalReason.NOT_FOUND, number)
        placed = placed_order(order)
        if refusal := rules.refuses_to_cancel(placed):
            return refusal
        paid = order.net_payment_set.amount
        answer = self._api.mutate(
            queries.CANCEL,
            id=order.id,
            refund={"originalPaymentMethodsRefund": paid > 0},
            note=_STAFF_NOTE,
        )
        if errors := _errors(answer, "orderCancel", "orderCancelUserErrors"):
            # Somebody may have been faster than we.
            now = self._order(owner, number)
            late = rules.refuses_to_cancel(placed_order(now)) if now else None
            return late or _refusal(errors, placed.number)
        is_final = self._is_cancelled(order.id, _job(answer))
        if is_final is False:
            return Refusal(RefusalReason.DECLINED, placed.number)
        return Cancelled(
            placed.number,
            placed.currency,
            refund=paid if paid > 0 else None,
            refund_is_under_way=paid > 0,
            is_final=bool(is_final),
        )

    def change_address(
        self, owner: Owner, number: str, address: Address
    ) -> AddressChanged | Refusal:
        order = self._order(owner, number)
        if order is None:
            return Refusal(RefusalReason.NOT_FOUND, number)
        placed = placed_order(order)
        if refusal := rules.refuses_address(placed, address):
            return refusal
        # The same address twice is the same as once: this may be repeated.
        answer = self._api.query(
            queries.CHANGE_ADDRESS,
            input={"id": order.id, "shippingAddress": _mailing_address(address, placed.country)},
        )
        if errors := _errors(answer, "orderUpdate", "userErrors"):
            if any("shippingAddress" in (error.field or ()) for error in errors):
                return Refusal(RefusalReason.INCOMPLETE_ADDRESS, placed.number)
            return _refusal(errors, placed.number)
        return AddressChanged(placed.number)

    def start_return(
        self, owner: Owner, number: str, items: Sequence[ReturnItem], pictures: str = ""
    ) -> ReturnStarted | Refusal:
        order = self._order(owner, number)
        if order is None:
            return Refusal(RefusalReason.NOT_FOUND, number)
        answer = self._api.query(queries.RETURNABLE, id=order.id)
        returnable: Returnable = read(Returnable, answer, "returnableFulfillments")
        placed = placed_order(order, returnable.quantities())
        if refusal := rules.refuses_items(placed, items, self._terms, self._clock()):
            return refusal
        lines = [
            {
                "fulfillmentLineItemId": id,
                "quantity": quantity,
                "returnReason": _REASONS[item.reason],
                "customerNote": _customer_note(item, pictures),
            }
            for item in items
            for id, quantity in returnable.take(item.line_id, item.quantity)
        ]
        answer = self._api.mutate(
            queries.REQUEST_RETURN, input={"orderId": order.id, "returnLineItems": lines}
        )
        if errors := _errors(answer, "returnRequest", "userErrors"):
            return _refusal(errors, placed.number)
        name: str = read(str, answer, "returnRequest", "return", "name", has_acted=True)
        name = name.lstrip("#")
        return ReturnStarted(
            placed.number,
            name,
            needs_approval=True,
            label_url=self._terms.label_of(name),
            send_to=self._terms.send_to,
        )

    def refunds(self, owner: Owner, number: str) -> tuple[Refund, ...] | None:
        order = self._order(owner, number)
        if order is None:
            return None
        answer = self._api.query(queries.REFUNDS, id=order.id)
        found: list[ShopifyRefund] = read(list[ShopifyRefund], answer, "order", "refunds")
        # A line that was taken off before anything was paid is a refund of nothing.
        told = (refund(each, order.created_at) for each in found)
        paid = (each for each in told if each.amount)
        return tuple(sorted(paid, key=lambda each: each.created_at, reverse=True))

    def close(self) -> None:
        self._api.close()

    def _order(self, owner: Owner, number: str) -> ShopifyOrder | None:
        key = order_key(number)
        if not key:
            return None
        as_given = "".join(sign for sign in order_number(number) if sign.isalnum() or sign == "-")
        names = dict.fromkeys((key, as_given))
        by_name = " OR ".join(f'name:"{name}" OR name:"#{name}"' for name in names)
        # The search takes a number as it is written only: "A1001" does not find "A-1001".
        for search in (by_name, _of(owner)):
            for found in self._search(owner, search, 50):
                if order_key(found.name) == key:
                    return self._fetch(owner, found.id)
        return None

    def _search(self, owner: Owner, search: str, first: int) -> list[Found]:
        answer = self._api.query(queries.SEARCH, search=search, first=first)
        found: list[Found] = read(list[Found], answer, "orders", "nodes")
        return [each for each in found if owner.owns(each.email, each.customer_id)]

    def _fetch(self, owner: Owner, id: str) -> ShopifyOrder | None:
        answer = self._api.query(queries.ORDER, id=id)
        order: ShopifyOrder | None = read(ShopifyOrder | None, answer, "order")
        return order if order and owner.owns(order.email, order.customer_id) else None

    def _is_cancelled(self, id: str, job: str | None) -> bool | None:
        """Shopify cancels after it has answered. None while it is still at it."""
        for turn in range(_LOOKS_AT_A_CANCELLATION):
            if turn:
                self._sleep(0.5)
            try:
                answer = self._api.query(queries.CANCELLATION, id=id, job=job or id)
                if read(str | None, answer, "order", "cancelledAt"):
                    return True
                if job and read(bool, answer, "job", "done"):
                    return False
            except OrderBackendError:
                return None  # the cancellation is on its way all the same
        return None


def _customer_note(item: ReturnItem, pictures: str) -> str:
    """With the whole link, if the words have to be cut for it: half of one leads nowhere."""
    link = f" {pictures}" if pictures and len(pictures) < _LONGEST_NOTE else ""
    return f"{item.condition}. {item.note}".strip()[: _LONGEST_NOTE - len(link)] + link


def _errors(answer: Mapping[str, Any], *path: str) -> list[UserError]:
    errors: list[UserError] = read(list[UserError], answer, *path, has_acted=True)
    return errors


def _job(answer: Mapping[str, Any]) -> str | None:
    job: Job | None = read(Job | None, answer, "orderCancel", "job", has_acted=True)
    return job.id if job else None


def _of(owner: Owner) -> str:
    """The search for the owner's orders."""
    proved = []
    if owner.email:
        proved.append(f"email:{_quoted(owner.email)}")
    if owner.customer_id:
        proved.append(f"customer_id:{_quoted(owner.customer_id)}")
    return " OR ".join(proved)


def _quoted(text: str) -> str:
    """For Shopify's search: whatever stands in it, it is one value."""
    return json.dumps(text, ensure_ascii=False)


def _refusal(errors: Sequence[UserError], number: str) -> Refusal:
    codes = {error.code for error in errors if error.code}
    if "NOT_FOUND" in codes:
        return Refusal(RefusalReason.NOT_FOUND, number)
    if denied := codes & _PERMISSIONS:
        raise BackendDeniedError(f"Shopify refuses, with {', '.join(sorted(denied))}")
    if "INTERNAL_ERROR" in codes:
        raise BackendUnavailableError("Shopify failed within", may_have_acted=True)
    return Refusal(RefusalReason.DECLINED, number)


def _mailing_address(address: Address, country: str) -> dict[str, Any]:
    first, _, last = address.name.rpartition(" ")
    # Shopify wants a code where there is one, and takes a name as well.
    province = "provinceCode" if len(address.region) <= 3 else "province"
    return {
        "firstName": first,
        "lastName": last,
        "address1": address.line1,
        "address2": address.line2,
        "city": address.city,
        province: address.region,
        "zip": address.postcode,
        "countryCode": address.country or country,
    }
