"""A server that speaks the part of WooCommerce's REST API v3 that Aisle uses."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from catalog.models import OrderStatus
from tests.bot.orders.loopback import Loopback, serve
from tests.bot.orders.sold import NOW, SOLD, Sold

KEY, SECRET = "ck_secret", "cs_secret"
_STATUSES = {
    OrderStatus.PAID: "processing",
    OrderStatus.SHIPPED: "completed",
    OrderStatus.DELIVERED: "completed",
    OrderStatus.RETURN_REQUESTED: "completed",
}
_AUTHORIZATION = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()


@dataclass
class WooShop:
    loopback: Loopback = field(default_factory=Loopback)
    orders: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def restock(self) -> None:
        """As it was before any test."""
        self.loopback.forget()
        self.orders.clear()
        self.notes.clear()
        for sold in SOLD:
            self.add(sold)

    def add(self, sold: Sold, number: str | None = None) -> dict[str, Any]:
        """An order; a plug-in may have given it a number that is not its id."""
        order = _order(sold, number or sold.number)
        self.orders[order["id"]] = order
        return order


@contextmanager
def open_woocommerce() -> Iterator[WooShop]:
    shop = WooShop()
    app = FastAPI()

    @app.middleware("http")
    async def authorize(request: Request, call_next: Any) -> Response:
        if request.headers.get("Authorization") != _AUTHORIZATION:
            code = "woocommerce_rest_cannot_view"
            return JSONResponse({"code": code, "data": {"status": 401}}, 401)
        response: Response = await call_next(request)
        return response

    @app.get("/wp-json/wc/v3/orders")
    async def list_orders(
        search: str = "", customer: int | None = None, per_page: int = 10
    ) -> JSONResponse:
        found = [
            order
            for order in shop.orders.values()
            if search in f"{order['number']} {order['billing']['email']}"
            and customer in (None, order["customer_id"])
        ]
        newest = sorted(found, key=lambda order: order["date_created_gmt"], reverse=True)
        return JSONResponse(newest[:per_page])

    @app.get("/wp-json/wc/v3/orders/{id}")
    async def get_order(id: int) -> JSONResponse:
        order = shop.orders.get(id)
        return _missing() if order is None else JSONResponse(order)

    @app.put("/wp-json/wc/v3/orders/{id}")
    async def change_order(id: int, values: dict[str, Any]) -> JSONResponse:
        order = shop.orders.get(id)
        if order is None:
            return _missing()
        order.update(values)
        return JSONResponse(order)

    @app.get("/wp-json/wc/v3/orders/{id}/refunds")
    async def list_refunds(id: int) -> JSONResponse:
        return JSONResponse(shop.orders[id]["refund_list"])

    @app.post("/wp-json/wc/v3/orders/{id}/notes")
    async def add_note(id: int, note: dict[str, Any]) -> JSONResponse:
        shop.notes.append((id, note["note"]))
        return JSONResponse({"id": len(shop.notes), **note}, 201)

    with serve(app) as loopback:
        shop.loopback = loopback
        yield shop


def _missing() -> JSONResponse:
    code = "woocommerce_rest_shop_order_invalid_id"
    return JSONResponse({"code": code, "message": "Invalid ID.", "data": {"status": 404}}, 404)


def _order(sold: Sold, number: str) -> dict[str, Any]:
    status = _STATUSES.get(sold.status, sold.status.value)
    sent = sold.placed_at + timedelta(days=1)
    refund = {
        "id": 1,
        "date_created_gmt": _gmt(NOW),
        "amount": str(sold.total),
        "reason": "",
        "refunded_payment": True,
    }
    return {
        "id": int(sold.number),
        "number": number,
        "status": status,
        "currency": "USD",
        "customer_id": int(sold.person.id),
        "date_created_gmt": _gmt(sold.placed_at),
        "date_paid_gmt": _gmt(sold.placed_at) if sold.is_paid else None,
        "date_completed_gmt": _gmt(sent) if status == "completed" else None,
        "discount_total": "0.00",
        "shipping_total": str(sold.shipping),
        "total": str(sold.total),
        "total_tax": "0.00",
        "billing": {"first_name": "Ada", "email": sold.person.email, "country": "US"},
        "shipping": {
            "first_name": "Ada",
            "address_1": "1 Old Street",
            "city": "Portland",
            "state": "OR",
            "postcode": "97205",
            "country": "US",
        },
        "line_items": [
            {
                "id": 10 + place,
                "name": item.variant,
                "product_id": 500 + place,
                "variation_id": 0,
                "quantity": item.quantity,
                "subtotal": str(item.quantity * item.price),
                "total": str(item.quantity * item.price),
                "sku": item.variant,
            }
            for place, item in enumerate(sold.items)
        ],
        "refund_list": [refund] if sold.status is OrderStatus.REFUNDED else [],
    }


def _gmt(at: datetime) -> str:
    """Without a zone, as it writes them."""
    return at.strftime("%Y-%m-%dT%H:%M:%S")
