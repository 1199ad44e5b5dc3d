"""Orders in the shop's own tables, which are the default."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, selectinload, sessionmaker

from bot.orders import rules
from bot.orders.address import Address
from bot.orders.capability import Capability
from bot.orders.engines.database_orders import placed_orders, placed_return
from bot.orders.errors import BackendUnavailableError
from bot.orders.outcome import AddressChanged, Cancelled, Refusal, RefusalReason, ReturnStarted
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedOrder
from bot.orders.port import OrderBackend
from bot.orders.refund import Refund
from bot.orders.returns import PlacedReturn, ReturnItem, ReturnTerms
from catalog.models import (
    Customer,
    Order,
    OrderRefund,
    OrderReturn,
    OrderReturnLine,
    OrderStatus,
    RefundStatus,
    ReturnStatus,
    Variant,
)
from catalog.orders import has_number, order_number


class DatabaseOrders(OrderBackend):
    """Each act is one transaction that holds the order from before it looks at its status.

    The stock is not touched: it comes with the shop's feed, and who writes that knows of the order.
    """

    capabilities = frozenset(Capability)

    def __init__(
        self,
        sessions: sessionmaker[Session],
        terms: ReturnTerms,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sessions = sessions
        self._terms = terms
        self._clock = clock

    def find(self, owner: Owner, number: str) -> PlacedOrder | None:
        with self._session() as session:
            order = _find(session, owner, number)
            return None if order is None else _placed(session, order)

    def recent(self, owner: Owner, limit: int) -> tuple[PlacedOrder, ...]:
        newest = (
            select(Order)
            .where(_belongs_to(owner))
            .options(selectinload(Order.lines))
            .order_by(Order.placed_at.desc(), Order.number.desc())
            .limit(limit)
        )
        with self._session() as session:
            return placed_orders(session, session.scalars(newest).all())

    def cancel(self, owner: Owner, number: str) -> Cancelled | Refusal:
        with self._holding(owner, number) as (session, order):
            if order is None:
                return Refusal(RefusalReason.NOT_FOUND, number)
            if refusal := rules.refuses_to_cancel(_placed(session, order)):
                return refusal
            was_paid = order.status is not OrderStatus.PENDING
            order.status = OrderStatus.CANCELLED
            if not was_paid:
                return Cancelled(order.number, order.currency)
            session.add(
                OrderRefund(
                    order_number=order.number,
                    amount=order.total,
                    status=RefundStatus.PENDING,
                    created_at=self._clock(),
                )
            )
            return Cancelled(order.number, order.currency, order.total, refund_is_under_way=True)

    def change_address(
        self, owner: Owner, number: str, address: Address
    ) -> AddressChanged | Refusal:
        with self._holding(owner, number) as (session, order):
            if order is None:
                return Refusal(RefusalReason.NOT_FOUND, number)
            if refusal := rules.refuses_address(_placed(session, order), address):
                return refusal
            order.shipping_address = address.in_one_line()
            return AddressChanged(order.number)

    def start_return(
        self, owner: Owner, number: str, items: Sequence[ReturnItem], pictures: str = ""
    ) -> ReturnStarted | Refusal:
        """The link is not written down: it expires, and `aisle attachments` makes a new one."""
        with self._holding(owner, number) as (session, order):
            if order is None:
                return Refusal(RefusalReason.NOT_FOUND, number)
            placed = _placed(session, order)
            if refusal := rules.refuses_items(placed, items, self._terms, self._clock()):
                return refusal
            for item in items:
                if refusal := _refuses_exchange(session, order, item):
                    return refusal
            started = self._return(session, order, items)
            session.add(started)
            order.status = OrderStatus.RETURN_REQUESTED
            return ReturnStarted(
                order.number,
                started.number,
                is_exchange=all(item.exchange_for for item in items),
                label_url=started.label_url,
                send_to=self._terms.send_to,
            )

    def refunds(self, owner: Owner, number: str) -> tuple[Refund, ...] | None:
        with self._session() as session:
            order = _find(session, owner, number)
            if order is None:
                return None
            newest = (
                select(OrderRefund)
                .where(OrderRefund.order_number == order.number)
                .order_by(OrderRefund.created_at.desc(), OrderRefund.id.desc())
            )
            return tuple(
                Refund(each.amount, order.currency, each.status, each.created_at, each.settled_at)
                for each in session.scalars(newest)
            )

    def returns(self, owner: Owner, number: str) -> tuple[PlacedReturn, ...] | None:
        with self._session() as session:
            order = _find(session, owner, number)
            if order is None:
                return None
            newest = (
                select(OrderReturn)
                .where(OrderReturn.order_number == order.number)
                .options(selectinload(OrderReturn.lines))
                .order_by(OrderReturn.created_at.desc(), OrderReturn.number.desc())
            )
            return tuple(map(placed_return, session.scalars(newest)))

    def _return(self, session: Session, order: Order, items: Sequence[ReturnItem]) -> OrderReturn:
        taken = set(
            session.scalars(
                select(OrderReturn.number).where(OrderReturn.order_number == order.number)
            )
        )
        number = next(name for n in count(1) if (name := f"{order.number}-R{n}") not in taken)
        return OrderReturn(
            number=number,
            order_number=order.number,
            status=ReturnStatus.REQUESTED,
            created_at=self._clock(),
            label_url=self._terms.label_of(number),
            lines=[
                OrderReturnLine(
                    item=place,
                    order_number=order.number,
                    position=int(item.line_id),
                    quantity=item.quantity,
                    reason=item.reason,
                    condition=item.condition,
                    note=item.note,
                    exchange_variant_id=item.exchange_for,
                )
                for place, item in enumerate(items)
            ],
        )

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with self._sessions() as session:
                yield session
        except SQLAlchemyError as error:
            raise _unavailable(error) from error

    @contextmanager
    def _holding(self, owner: Owner, number: str) -> Iterator[tuple[Session, Order | None]]:
        """A transaction with the owner's order, which nobody else can change until it ends."""
        try:
            with self._sessions.begin() as session:
                # An UPDATE that changes nothing: SQLite has no SELECT … FOR UPDATE.
                hold = (
                    update(Order)
                    .where(has_number(number), _belongs_to(owner))
                    .values(status=Order.status)
                    .execution_options(synchronize_session=False)
                )
                session.execute(hold)
                yield session, _find(session, owner, number)
        except SQLAlchemyError as error:
            raise _unavailable(error) from error


def _find(session: Session, owner: Owner, number: str) -> Order | None:
    orders = (
        select(Order)
        .where(has_number(number), _belongs_to(owner))
        .options(selectinload(Order.lines))
        .order_by(Order.number != order_number(number), Order.number)
    )
    return session.scalars(orders).first()


def _placed(session: Session, order: Order) -> PlacedOrder:
    (placed,) = placed_orders(session, [order])
    return placed


def _belongs_to(owner: Owner) -> ColumnElement[bool]:
    proved: list[ColumnElement[bool]] = []
    if owner.email:
        proved.append(func.lower(Customer.email) == owner.email)
    if owner.customer_id:
        proved.append(Customer.id == owner.customer_id)
    return Order.customer_id.in_(select(Customer.id).where(or_(*proved)))


def _refuses_exchange(session: Session, order: Order, item: ReturnItem) -> Refusal | None:
    if item.exchange_for is None:
        return None
    wanted = session.get(Variant, item.exchange_for)
    line = next(line for line in order.lines if str(line.position) == item.line_id)
    bought = session.get(Variant, line.variant_id) if line.variant_id else None
    reason = rules.refuses_exchange(bought, wanted, line.unit_price, item.quantity)
    return Refusal(reason, order.number, line_id=item.line_id) if reason else None


def _unavailable(error: SQLAlchemyError) -> BackendUnavailableError:
    # Not its message: it has the statement with its values in it.
    return BackendUnavailableError(f"the database: {type(error).__name__}")
