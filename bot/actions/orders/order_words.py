"""An order in words: what its customer may know of it."""

from bot.orders.placed_order import Parcel, PlacedLine, PlacedOrder
from bot.voice.values import Money
from bot.voice.voice import Voice
from catalog.models import OrderStatus

_STILL_COMING = frozenset({OrderStatus.PAID, OrderStatus.PROCESSING, OrderStatus.SHIPPED})


def describe(voice: Voice, order: PlacedOrder) -> str:
    """Status, dates, parcels and lines."""
    said = [_state(voice, order)]
    if order.status in _STILL_COMING and order.expected_at:
        said.append(voice.say("order-expected", expected=order.expected_at))
    said += [_parcel(voice, order, parcel) for parcel in order.parcels if parcel.tracking_number]
    tracked = [
        voice.say("order-track", address=parcel.tracking_url)
        for parcel in order.parcels
        if parcel.tracking_url
    ]
    return "\n".join([" ".join(said), *lines(voice, order), *tracked])


def lines(voice: Voice, order: PlacedOrder) -> list[str]:
    """What was bought, and what it came to."""
    said = [line(voice, order, each) for each in order.lines]
    total = Money(order.total, order.currency)
    if order.shipping:
        shipping = Money(order.shipping, order.currency)
        return [*said, voice.say("order-total-shipping", total=total, shipping=shipping)]
    return [*said, voice.say("order-total", total=total)]


def line(voice: Voice, order: PlacedOrder, of: PlacedLine) -> str:
    price = Money(of.unit_price, order.currency)
    total = Money(of.unit_price * of.quantity, order.currency)
    return voice.say("order-line", quantity=of.quantity, title=of.title, price=price, sum=total)


def in_short(order: PlacedOrder) -> list[str]:
    """What was bought, by its titles."""
    return [f"{each.quantity} × {each.title}" for each in order.lines]


def _state(voice: Voice, order: PlacedOrder) -> str:
    if order.status is OrderStatus.DELIVERED and order.delivered_at:
        return voice.say(
            "order-delivered",
            number=order.number,
            placed=order.placed_at,
            delivered=order.delivered_at,
        )
    return voice.say(
        "order-state", number=order.number, placed=order.placed_at, status=order.status.value
    )


def _parcel(voice: Voice, order: PlacedOrder, parcel: Parcel) -> str:
    on_its_way = order.status is OrderStatus.SHIPPED
    tracking = parcel.tracking_number
    if parcel.carrier:
        id = "order-carried" if on_its_way else "order-carrier"
        return voice.say(id, carrier=parcel.carrier, tracking=tracking)
    return voice.say("order-tracked" if on_its_way else "order-parcel", tracking=tracking)
