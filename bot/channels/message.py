"""The shapes that go over the wire: a message with its product cards and quick replies."""

import logging
from collections.abc import Mapping
from datetime import datetime, timezone
from math import isfinite
from typing import Any, Literal, TypedDict

from bot.channels import guard

logger = logging.getLogger(__name__)


class Product(TypedDict):
    """A product card. A price or a stock that nobody knows is null."""

    id: str
    title: str
    price: float | None
    currency: str
    in_stock: bool | None
    url: str
    image: str
    brand: str
    why: list[str]


class Button(TypedDict):
    """A quick reply: what it shows, and what the customer says by choosing it."""

    title: str
    payload: str


class Row(TypedDict):
    """One attribute of a table, with a value for each column; an empty one is not known."""

    name: str
    values: list[str]


class Table(TypedDict):
    """Products beside each other: a column each."""

    columns: list[str]
    rows: list[Row]


class Stage(TypedDict):
    """One stage of something that takes days, such as an order's way."""

    title: str
    time: str
    """When it was, or should be, in the shop's words; empty where nobody knows."""
    state: Literal["done", "now", "ahead"]


class Attachment(TypedDict):
    """A file that the customer has added to a return."""

    id: str
    name: str
    media_type: str


class Upload(TypedDict):
    """An invitation to add files."""

    max_bytes: int
    """Of one."""
    types: list[str]
    """What may be sent, by media type."""


class Message(TypedDict):
    """One bubble. `time` is ISO 8601 in UTC."""

    role: Literal["customer", "assistant"]
    id: str
    text: str
    author: str
    """The person of the shop who wrote it; empty where the assistant or the customer did."""
    time: str
    products: list[Product]
    buttons: list[Button]
    constraints: list[Button]
    """What is looked for; choosing one takes it away."""
    table: Table | None
    timeline: list[Stage]
    attachment: Attachment | None
    """What the customer has added; the text says the same for whoever sees no pictures."""
    upload: Upload | None
    """Files may be added in answer to this; as the buttons, until the customer says something."""


def customer_message(
    message_id: str, text: str, timestamp: float, attachment: Attachment | None = None
) -> Message:
    """What a customer said at `timestamp`, in seconds since the epoch."""
    return {
        "role": "customer",
        "id": message_id,
        "text": text,
        "author": "",
        "time": _iso(timestamp),
        "products": [],
        "buttons": [],
        "constraints": [],
        "table": None,
        "timeline": [],
        "attachment": attachment,
        "upload": None,
    }


def assistant_message(
    message_id: str, response: Mapping[str, Any], timestamp: float, author: str = ""
) -> Message | None:
    """One bubble from one Rasa response, or None where it holds nothing that can be shown.

    Only the fields of the protocol are taken: whatever else an action put into its custom JSON
    stays on the server.
    """
    found = response.get("custom")
    custom = found if isinstance(found, Mapping) else {}
    text = response.get("text")
    message: Message = {
        "role": "assistant",
        "id": message_id,
        "text": text.strip() if isinstance(text, str) else "",
        "author": author,
        "time": _iso(timestamp),
        "products": [
            _product(item) for item in custom.get("products") or () if isinstance(item, Mapping)
        ],
        "buttons": _buttons(response.get("buttons")),
        "constraints": _buttons(custom.get("constraints")),
        "table": _table(custom.get("table")),
        "timeline": [
            stage
            for item in custom.get("timeline") or ()
            if isinstance(item, Mapping) and (stage := _stage(item))
        ],
        "attachment": None,
        "upload": _upload(custom.get("upload")),
    }
    holds = message["text"] or message["products"] or message["buttons"] or message["table"]
    return message if holds else None


def _buttons(items: Any) -> list[Button]:
    return [
        button for item in items or () if isinstance(item, Mapping) and (button := _button(item))
    ]


def _table(table: Any) -> Table | None:
    """None unless it has columns, and a value for each of them in every row."""
    if not isinstance(table, Mapping):
        return None
    columns = [_string(title) for title in table.get("columns") or ()]
    rows: list[Row] = [
        {"name": _string(row.get("name")), "values": [_string(v) for v in row.get("values") or ()]}
        for row in table.get("rows") or ()
        if isinstance(row, Mapping)
    ]
    fitting = [row for row in rows if len(row["values"]) == len(columns)]
    return {"columns": columns, "rows": fitting} if columns and fitting else None


def _upload(invitation: Any) -> Upload | None:
    if not isinstance(invitation, Mapping) or not isinstance(invitation.get("max_bytes"), int):
        return None
    types = [_string(each) for each in invitation.get("types") or ()]
    return {"max_bytes": invitation["max_bytes"], "types": types}


def read_attachment(found: object) -> Attachment | None:
    """What the metadata of a customer's message says of a file in it."""
    if not isinstance(found, Mapping):
        return None
    names = ("id", "name", "media_type")
    if not all(isinstance(found.get(name), str) for name in names):
        return None
    return {"id": found["id"], "name": found["name"], "media_type": found["media_type"]}


def _stage(item: Mapping[str, Any]) -> Stage | None:
    title, state = _string(item.get("title")), item.get("state")
    if not title or state not in ("done", "now", "ahead"):
        return None
    return {"title": title, "time": _string(item.get("time")), "state": state}


def _product(offer: Mapping[str, Any]) -> Product:
    price, in_stock = offer.get("price"), offer.get("in_stock")
    return {
        "id": _string(offer.get("id")),
        "title": _string(offer.get("title")),
        "price": price if _is_finite_number(price) else None,
        "currency": _string(offer.get("currency")),
        "in_stock": in_stock if isinstance(in_stock, bool) else None,
        "url": _string(offer.get("url")),
        "image": _string(offer.get("image")),
        "brand": _string(offer.get("brand")),
        "why": [_string(reason) for reason in offer.get("why") or ()],
    }


def _button(item: Mapping[str, Any]) -> Button | None:
    title, payload = _string(item.get("title")), _string(item.get("payload"))
    if not title or guard.inspect(payload).refusal:
        logger.warning("Left out the button %r: its payload %r would be refused.", title, payload)
        return None
    return {"title": title, "payload": payload}


def _is_finite_number(value: object) -> bool:
    """JSON has no NaN, and to Python a bool is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def _string(value: object) -> str:
    return "" if value is None else str(value)


def _iso(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, timezone.utc).isoformat(timespec="milliseconds")
