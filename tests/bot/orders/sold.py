"""What the shop of these tests has sold, told the same way to each engine."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.orders.owner import Owner
from bot.orders.returns import ReturnTerms
from catalog.models import OrderStatus

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
TERMS = ReturnTerms(
    days=30, send_to="Returns, 1 Depot Road", label_url="https://shop.example/label/{number}"
)


@dataclass(frozen=True)
class Person:
    id: str
    email: str

    @property
    def owner(self) -> Owner:
        return Owner(self.email)


ADA = Person("71", "ada@example.com")
BOB = Person("72", "bob@example.com")


@dataclass(frozen=True)
class Item:
    variant: str
    quantity: int
    price: Decimal


SHIRT = Item("shirt:red:m", 2, Decimal("20.00"))
TENT = Item("tent", 1, Decimal("100.00"))


@dataclass(frozen=True)
class Sold:
    number: str
    person: Person
    status: OrderStatus
    days_ago: int
    delivered_days_ago: int | None = None
    items: tuple[Item, ...] = (SHIRT, TENT)
    shipping: Decimal = Decimal("5.00")

    @property
    def placed_at(self) -> datetime:
        return NOW - timedelta(days=self.days_ago)

    @property
    def delivered_at(self) -> datetime | None:
        days = self.delivered_days_ago
        return None if days is None else NOW - timedelta(days=days)

    @property
    def total(self) -> Decimal:
        return sum((item.quantity * item.price for item in self.items), self.shipping)

    @property
    def is_paid(self) -> bool:
        return self.status not in (OrderStatus.PENDING, OrderStatus.CANCELLED)


PENDING, PAID, PROCESSING, SHIPPED = "1001", "1002", "1003", "1004"
DELIVERED, LATE, CANCELLED, REFUNDED, RETURNING = "1005", "1006", "1007", "1008", "1009"
BOBS = "1010"

SOLD = (
    Sold(PENDING, ADA, OrderStatus.PENDING, 1),
    Sold(PAID, ADA, OrderStatus.PAID, 2),
    Sold(PROCESSING, ADA, OrderStatus.PROCESSING, 3),
    Sold(SHIPPED, ADA, OrderStatus.SHIPPED, 4),
    Sold(DELIVERED, ADA, OrderStatus.DELIVERED, 12, 10),
    Sold(LATE, ADA, OrderStatus.DELIVERED, 60, 50),
    Sold(CANCELLED, ADA, OrderStatus.CANCELLED, 70),
    Sold(REFUNDED, ADA, OrderStatus.REFUNDED, 80, 75),
    Sold(RETURNING, ADA, OrderStatus.RETURN_REQUESTED, 9, 7),
    Sold(BOBS, BOB, OrderStatus.PAID, 1),
)
