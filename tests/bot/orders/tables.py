"""Writes what was sold into the shop's own tables."""

from sqlalchemy.orm import Session

from catalog.models import Order, OrderLine, OrderRefund, OrderStatus, RefundStatus
from tests.bot.orders.sold import NOW, Sold


def add_order(session: Session, sold: Sold) -> None:
    has_tracking = sold.status is OrderStatus.SHIPPED or sold.delivered_at is not None
    session.add(
        Order(
            number=sold.number,
            customer_id=sold.person.id,
            status=sold.status,
            placed_at=sold.placed_at,
            delivered_at=sold.delivered_at,
            currency="USD",
            shipping=sold.shipping,
            total=sold.total,
            carrier="Pigeon Post" if has_tracking else "",
            tracking_number="PP1" if has_tracking else "",
            tracking_url="https://pigeon.example/PP1" if has_tracking else "",
            shipping_address="Ada, 1 Old Street, Portland, OR 97205",
            lines=[
                OrderLine(
                    position=place,
                    variant_id=item.variant,
                    title=item.variant,
                    quantity=item.quantity,
                    unit_price=item.price,
                )
                for place, item in enumerate(sold.items)
            ],
        )
    )
    session.flush()
    if sold.status is OrderStatus.REFUNDED:
        session.add(
            OrderRefund(
                order_number=sold.number,
                amount=sold.total,
                status=RefundStatus.DONE,
                created_at=NOW,
                settled_at=NOW,
            )
        )
