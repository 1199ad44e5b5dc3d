"""An order's way at a glance."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.actions.orders.timeline import timeline
from bot.orders.placed_order import PlacedOrder
from bot.settings import Settings
from bot.voice.voice import Voice
from catalog.models import OrderStatus

PLACED = datetime(2026, 1, 5, tzinfo=UTC)
EXPECTED = datetime(2026, 1, 12, tzinfo=UTC)


def order(status: OrderStatus, delivered: datetime | None = None) -> PlacedOrder:
    return PlacedOrder(
        number="A1001",
        status=status,
        placed_at=PLACED,
        currency="USD",
        lines=(),
        total=Decimal(0),
        expected_at=EXPECTED,
        delivered_at=delivered,
    )


@pytest.mark.parametrize(
    ("status", "stages"),
    [
        (OrderStatus.PENDING, "Ordered now, Packed ahead, On its way ahead, Delivered ahead"),
        (OrderStatus.PAID, "Ordered now, Packed ahead, On its way ahead, Delivered ahead"),
        (OrderStatus.PROCESSING, "Ordered done, Packed now, On its way ahead, Delivered ahead"),
        (OrderStatus.SHIPPED, "Ordered done, Packed done, On its way now, Delivered ahead"),
        (OrderStatus.DELIVERED, "Ordered done, Packed done, On its way done, Delivered done"),
        (OrderStatus.CANCELLED, "Ordered done, Cancelled now"),
        (OrderStatus.REFUNDED, "Ordered done, Refunded now"),
        (
            OrderStatus.RETURN_REQUESTED,
            "Ordered done, Packed done, On its way done, Delivered done, Coming back now",
        ),
    ],
)
def test_stages_of_every_status(status: OrderStatus, stages: str) -> None:
    told = timeline(Voice.load(Settings()), order(status))
    assert ", ".join(f"{stage.title} {stage.state}" for stage in told) == stages


def test_dates_are_those_of_the_order() -> None:
    voice = Voice.load(Settings())
    ordered, _, _, delivered = timeline(voice, order(OrderStatus.SHIPPED))
    assert "5" in ordered.time
    assert delivered.time.startswith("by ")
    arrived = timeline(voice, order(OrderStatus.DELIVERED, EXPECTED))[-1]
    assert "12" in arrived.time
    assert "by" not in arrived.time
