"""An order as every engine tells it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.models import OrderStatus


@dataclass(frozen=True, slots=True)
class PlacedLine:
    id: str
    """The engine's own, to name it in a return."""
    title: str
    quantity: int
    unit_price: Decimal
    variant_id: str | None = None
    """The variant's in the catalogue, as far as the engine knows it."""
    sku: str = ""
    returned: int = 0
    """How many of them are back, or on their way back."""


@dataclass(frozen=True, slots=True)
class Parcel:
    carrier: str
    tracking_number: str
    tracking_url: str


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    number: str
    """As its customer knows it."""
    status: OrderStatus
    placed_at: datetime
    currency: str
    lines: tuple[PlacedLine, ...]
    total: Decimal
    shipping: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    tax: Decimal | None = None
    """None where the shop does not say."""
    tax_is_included: bool = False
    """In the prices of the lines and of the shipping."""
    paid: bool = True
    expected_at: datetime | None = None
    shipped_at: datetime | None = None
    """Of an order whose delivery nobody reports: what a return's days count from."""
    delivered_at: datetime | None = None
    parcels: tuple[Parcel, ...] = ()
    shipping_address: str = ""
    country: str = ""
    """Where it goes, as ISO 3166 has it in two letters; empty where the shop does not say."""
    page_url: str = ""
    """The order's own page in the shop."""
