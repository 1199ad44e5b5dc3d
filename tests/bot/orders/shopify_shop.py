"""A server that speaks the part of Shopify's Admin API that Aisle uses, over its own schema."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from graphql import build_schema, graphql_sync

from catalog.models import OrderStatus
from tests.bot.orders.loopback import Loopback, serve
from tests.bot.orders.sold import NOW, SOLD, Item, Sold

TOKEN = "shpat_secret"
CLIENT_ID, CLIENT_SECRET = "client", "shpss_secret"
_SCHEMA = build_schema((Path(__file__).parent / "shopify.graphql").read_text())
_TERM = re.compile(r'(\w+):"([^"]*)"')
_SENT = frozenset(
    {
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
        OrderStatus.REFUNDED,
        OrderStatus.RETURN_REQUESTED,
    }
)


@dataclass
class ShopifyShop:
    loopback: Loopback = field(default_factory=Loopback)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    returnable: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many of each line, by order and line."""
    returns: list[dict[str, Any]] = field(default_factory=list)
    cancels_late: bool = False
    """Its job is not done when it answers."""
    tokens: list[str] = field(default_factory=list)
    """Those that were granted; the last one is valid."""
    refuses: str = ""
    """The code with which every mutation is refused."""

    def restock(self) -> None:
        """As it was before any test."""
        self.loopback.forget()
        self.orders.clear()
        self.returnable.clear()
        self.returns.clear()
        self.tokens.clear()
        self.cancels_late, self.refuses = False, ""
        for sold in SOLD:
            self.add(sold)

    def add(self, sold: Sold, prefix: str = "#") -> None:
        order = _order(sold, prefix)
        self.orders[order["id"]] = order
        is_back = sold.status in (OrderStatus.REFUNDED, OrderStatus.RETURN_REQUESTED)
        self.returnable[order["id"]] = {
            line["id"]: 0 if is_back or sold.status not in _SENT else line["quantity"]
            for line in order["lineItems"]["nodes"]
        }

    def named(self, name: str) -> dict[str, Any]:
        return next(order for order in self.orders.values() if order["name"].endswith(name))

    # The fields of Query and Mutation, by their names there.

    def order(self, info: Any, id: str) -> dict[str, Any] | None:
        return self.orders.get(id)

    def job(self, info: Any, id: str) -> dict[str, Any]:
        return {"id": id, "done": not self.cancels_late}

    def search(
        self,
        info: Any,
        first: int,
        query: str,
        sortKey: str,  # noqa: N803
        reverse: bool,
    ) -> dict[str, Any]:
        terms = _TERM.findall(query)
        newest = sorted(self.orders.values(), key=lambda each: each["createdAt"], reverse=True)
        return {"nodes": [each for each in newest if _is_found(each, terms)][:first]}

    def returnable_fulfillments(self, info: Any, orderId: str, first: int) -> dict[str, Any]:  # noqa: N803
        lines = [
            {
                "quantity": quantity,
                "fulfillmentLineItem": {"id": f"{id}/parcel", "lineItem": {"id": id}},
            }
            for id, quantity in self.returnable[orderId].items()
            if quantity
        ]
        return {"nodes": [{"returnableFulfillmentLineItems": {"nodes": lines}}]}

    def cancel(self, info: Any, **asked: Any) -> dict[str, Any]:
        order = self.orders[asked["orderId"]]
        is_sent = order["displayFulfillmentStatus"] == "FULFILLED"
        code = self.refuses or ("INVALID" if order["cancelledAt"] or is_sent else "")
        if code:
            return {"job": None, "orderCancelUserErrors": [{"code": code, "message": "No."}]}
        paid = order["netPaymentSet"]["presentmentMoney"]["amount"]
        if asked["refundMethod"]["originalPaymentMethodsRefund"]:
            order["refunds"].insert(0, _refund(paid, "PENDING"))
        if not self.cancels_late:
            order["cancelledAt"] = NOW.isoformat()
        return {"job": {"id": "gid://shopify/Job/1"}, "orderCancelUserErrors": []}

    def update(self, info: Any, input: dict[str, Any]) -> dict[str, Any]:
        if self.refuses:
            wrong = [{"field": ["input", "shippingAddress", "zip"], "message": "No."}]
            return {"order": None, "userErrors": wrong}
        order = self.orders[input["id"]]
        order["written"] = input["shippingAddress"]
        return {"order": order, "userErrors": []}

    def request_return(self, info: Any, input: dict[str, Any]) -> dict[str, Any]:
        left = self.returnable[input["orderId"]]
        for line in input["returnLineItems"]:
            id = line["fulfillmentLineItemId"].removesuffix("/parcel")
            if self.refuses or left[id] < line["quantity"]:
                code = self.refuses or "INVALID"
                return {"return": None, "userErrors": [{"code": code, "message": "No."}]}
            left[id] -= line["quantity"]
        self.returns.append(input)
        order = self.orders[input["orderId"]]
        order["returnStatus"] = "RETURN_REQUESTED"
        return {"return": {"name": f"{order['name']}-R1"}, "userErrors": []}


@contextmanager
def open_shopify() -> Iterator[ShopifyShop]:
    shop = ShopifyShop()
    root = {
        "order": shop.order,
        "orders": shop.search,
        "job": shop.job,
        "returnableFulfillments": shop.returnable_fulfillments,
        "orderCancel": shop.cancel,
        "orderUpdate": shop.update,
        "returnRequest": shop.request_return,
    }
    app = FastAPI()

    @app.post("/admin/oauth/access_token")
    async def grant(request: Request) -> JSONResponse:
        asked = parse_qs((await request.body()).decode())
        if asked != {
            "grant_type": ["client_credentials"],
            "client_id": [CLIENT_ID],
            "client_secret": [CLIENT_SECRET],
        }:
            return JSONResponse({"error": "invalid_client"}, 400)
        shop.tokens.append(f"{TOKEN}_{len(shop.tokens)}")
        return JSONResponse(
            {"access_token": shop.tokens[-1], "scope": "read_orders", "expires_in": 86399}
        )

    @app.post("/admin/api/2026-07/graphql.json")
    async def graphql(request: Request) -> JSONResponse:
        if request.headers.get("X-Shopify-Access-Token") not in (TOKEN, *shop.tokens[-1:]):
            return JSONResponse({"errors": "[API] Invalid API key or access token"}, 401)
        asked = await request.json()
        result = graphql_sync(_SCHEMA, asked["query"], root, variable_values=asked["variables"])
        if result.errors:
            return JSONResponse({"errors": [error.formatted for error in result.errors]})
        return JSONResponse({"data": result.data})

    with serve(app) as loopback:
        shop.loopback = loopback
        yield shop


def _is_found(order: dict[str, Any], terms: list[tuple[str, str]]) -> bool:
    values = {
        "name": order["name"].lstrip("#"),
        "email": order["email"],
        "customer_id": order["customer"]["legacyResourceId"],
    }
    return any(values[name] == value.lstrip("#") for name, value in terms)


def _order(sold: Sold, prefix: str) -> dict[str, Any]:
    id = f"gid://shopify/Order/9{sold.number}"
    is_sent = sold.status in _SENT
    arrived = sold.delivered_at
    parcel = {
        "createdAt": (sold.placed_at + timedelta(days=1)).isoformat(),
        "displayStatus": "DELIVERED" if arrived else "IN_TRANSIT",
        "deliveredAt": arrived.isoformat() if arrived else None,
        "trackingInfo": [
            {"company": "Pigeon Post", "number": "PP1", "url": "https://pigeon.example/PP1"}
        ],
    }
    is_refunded = sold.status is OrderStatus.REFUNDED
    is_packing = sold.status is OrderStatus.PROCESSING
    financial = "REFUNDED" if is_refunded else "PAID" if sold.is_paid else "PENDING"
    returning = sold.status is OrderStatus.RETURN_REQUESTED
    return {
        "id": id,
        "name": f"{prefix}{sold.number}",
        "email": sold.person.email,
        "createdAt": sold.placed_at.isoformat(),
        "cancelledAt": NOW.isoformat() if sold.status is OrderStatus.CANCELLED else None,
        "presentmentCurrencyCode": "USD",
        "taxesIncluded": False,
        "statusPageUrl": f"https://shop.example/orders/{sold.number}",
        "displayFinancialStatus": financial,
        "displayFulfillmentStatus": (
            "FULFILLED" if is_sent else "IN_PROGRESS" if is_packing else "UNFULFILLED"
        ),
        "returnStatus": "RETURN_REQUESTED" if returning else "NO_RETURN",
        "fullyPaid": sold.is_paid,
        "customer": {"legacyResourceId": sold.person.id},
        "shippingAddress": {
            "name": "Ada",
            "address1": "1 Old Street",
            "city": "Portland",
            "provinceCode": "OR",
            "zip": "97205",
            "countryCodeV2": "US",
        },
        "totalPriceSet": _money(sold.total),
        "totalShippingPriceSet": _money(sold.shipping),
        "totalDiscountsSet": _money(Decimal(0)),
        "totalTaxSet": _money(Decimal(0)),
        "netPaymentSet": _money(sold.total if sold.is_paid and not is_refunded else Decimal(0)),
        "lineItems": {"nodes": [_line(id, place, item) for place, item in enumerate(sold.items)]},
        "fulfillments": [parcel] if is_sent else [],
        "refunds": [_refund(str(sold.total), "SUCCESS")] if is_refunded else [],
    }


def _line(order: str, place: int, item: Item) -> dict[str, Any]:
    handle, *options = item.variant.split(":")
    names = ("Color", "Size")
    return {
        "id": f"{order}/LineItem/{place}",
        "name": item.variant,
        "quantity": item.quantity,
        "refundableQuantity": item.quantity,
        "sku": None,
        "originalUnitPriceSet": _money(item.price),
        "variant": {
            "selectedOptions": [
                {"name": name, "value": value.upper()}
                for name, value in zip(names, options, strict=False)
            ]
            or [{"name": "Title", "value": "Default Title"}],
            "product": {"handle": handle},
        },
    }


def _refund(amount: str, status: str) -> dict[str, Any]:
    settled = NOW.isoformat() if status == "SUCCESS" else None
    return {
        "createdAt": NOW.isoformat(),
        "totalRefundedSet": _money(Decimal(amount)),
        "transactions": {"nodes": [{"status": status, "processedAt": settled}]},
    }


def _money(amount: Decimal) -> dict[str, Any]:
    return {"presentmentMoney": {"amount": str(amount), "currencyCode": "USD"}}
