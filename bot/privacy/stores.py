"""Every place where something of a customer's is kept. Who adds one, adds a line here."""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from bot.privacy.conversations import ConversationStore
from bot.privacy.messaging import MessagingStore
from bot.privacy.store import Store, Table
from bot.privacy.subject import Subject
from bot.privacy.tracker_url import tracker_url
from bot.settings import Settings
from catalog.models import (
    ActOutcome,
    Attachment,
    AttachmentFolder,
    Behaviour,
    ChannelLink,
    Customer,
    DeskDelivery,
    DeskTicket,
    Notice,
    OneTimeCode,
    Order,
    OrderAudit,
    OrderLine,
    OrderRefund,
    OrderRequest,
    OrderReturn,
    OrderReturnLine,
    ProvedIdentity,
    Satisfaction,
)
from catalog.orders import order_key

KEPT_FOR_THE_LAW = "Orders and who placed them are kept as long as the law wants invoices kept."
KEPT_AS_PROOF = "What was done to an order in chat, by whose wish, is kept as long as the order."
_ANSWERED = OrderRequest.result.is_not(None)
"""What is under way holds the order's lock, and stays."""


def stores(settings: Settings, sessions: sessionmaker[Session]) -> tuple[Store, ...]:
    """All of them; what is found through another one comes before that.

    Raises:
        StoreError: the conversations are somewhere that nobody here can look into.
    """
    return (
        ConversationStore(tracker_url(settings)),
        MessagingStore(settings.data_dir / "messaging.db"),
        Table(
            "desk_messages",
            sessions,
            DeskDelivery,
            lambda subject: DeskDelivery.ticket_id.in_(
                select(DeskTicket.id).where(_ticket_of(subject))
            ),
        ),
        Table(
            "desk_tickets",
            sessions,
            DeskTicket,
            _ticket_of,
            conversation=DeskTicket.conversation_id,
            # One that nobody closes goes with its customer's wish only: somebody has it.
            old=lambda before: DeskTicket.closed_at < before,
        ),
        Table(
            "attachments",
            sessions,
            Attachment,
            lambda subject: Attachment.folder_id.in_(
                select(AttachmentFolder.id).where(_added_by(subject))
            ),
        ),
        Table(
            "attachment_folders",
            sessions,
            AttachmentFolder,
            _added_by,
            conversation=AttachmentFolder.conversation_id,
            old=lambda before: AttachmentFolder.created_at < before,
        ),
        Table(
            "identities",
            sessions,
            ProvedIdentity,
            _proved_by,
            conversation=ProvedIdentity.conversation_id,
            old=lambda before: ProvedIdentity.expires_at < before,
        ),
        Table(
            "one_time_codes",
            sessions,
            OneTimeCode,
            lambda subject: or_(
                OneTimeCode.conversation_id.in_(subject.conversations),
                OneTimeCode.email.in_(subject.emails),
            ),
            old=lambda before: OneTimeCode.expires_at < before,
        ),
        Table(
            "channel_links",
            sessions,
            ChannelLink,
            lambda subject: or_(
                ChannelLink.email.in_(subject.emails),
                ChannelLink.customer_id.in_(subject.customers),
                ChannelLink.sender_id.in_(subject.conversations),
            ),
            conversation=ChannelLink.sender_id,
        ),
        Table(
            "order_requests",
            sessions,
            OrderRequest,
            lambda subject: and_(
                _ANSWERED,
                OrderRequest.audit_id.in_(select(OrderAudit.id).where(_asked_for_by(subject))),
            ),
            old=lambda before: and_(_ANSWERED, OrderRequest.started_at < before),
        ),
        Table(
            "order_audit",
            sessions,
            OrderAudit,
            _asked_for_by,
            conversation=OrderAudit.conversation_id,
            kept_because=KEPT_AS_PROOF,
        ),
        Table(
            "satisfaction",
            sessions,
            Satisfaction,
            lambda subject: Satisfaction.conversation_id.in_(subject.conversations),
            old=lambda before: Satisfaction.created_at < before,
        ),
        Table(
            "behaviour",
            sessions,
            Behaviour,
            lambda subject: Behaviour.conversation_id.in_(subject.conversations),
            old=lambda before: Behaviour.at < before,
        ),
        Table(
            "notices",
            sessions,
            Notice,
            lambda subject: func.lower(Notice.email).in_(subject.emails),
            old=lambda before: Notice.sent_at < before,
        ),
        Table(
            "customers",
            sessions,
            Customer,
            lambda subject: Customer.id.in_(subject.customers),
            kept_because=KEPT_FOR_THE_LAW,
        ),
        Table(
            "orders",
            sessions,
            Order,
            lambda subject: Order.number.in_(subject.orders),
            kept_because=KEPT_FOR_THE_LAW,
        ),
        Table(
            "order_lines",
            sessions,
            OrderLine,
            lambda subject: OrderLine.order_number.in_(subject.orders),
            kept_because=KEPT_FOR_THE_LAW,
        ),
        Table(
            "order_returns",
            sessions,
            OrderReturn,
            lambda subject: OrderReturn.order_number.in_(subject.orders),
            kept_because=KEPT_FOR_THE_LAW,
        ),
        Table(
            "order_return_lines",
            sessions,
            OrderReturnLine,
            lambda subject: OrderReturnLine.order_number.in_(subject.orders),
            kept_because=KEPT_FOR_THE_LAW,
        ),
        Table(
            "order_refunds",
            sessions,
            OrderRefund,
            lambda subject: OrderRefund.order_number.in_(subject.orders),
            kept_because=KEPT_FOR_THE_LAW,
        ),
    )


def _ticket_of(subject: Subject) -> ColumnElement[bool]:
    return or_(
        DeskTicket.conversation_id.in_(subject.conversations),
        DeskTicket.email.in_(subject.emails),
    )


def _added_by(subject: Subject) -> ColumnElement[bool]:
    """Only an order's owner is invited to add anything to its return."""
    return or_(
        AttachmentFolder.conversation_id.in_(subject.conversations),
        AttachmentFolder.order_number.in_(subject.orders),
    )


def _asked_for_by(subject: Subject) -> ColumnElement[bool]:
    """Only its owner gets something done to an order: a stranger's try is refused."""
    keys = {order_key(number) for number in subject.orders}
    return or_(
        OrderAudit.conversation_id.in_(subject.conversations),
        and_(OrderAudit.order_number.in_(keys), OrderAudit.outcome == ActOutcome.DONE),
    )


def _proved_by(subject: Subject) -> ColumnElement[bool]:
    return or_(
        ProvedIdentity.conversation_id.in_(subject.conversations),
        ProvedIdentity.email.in_(subject.emails),
        ProvedIdentity.customer_id.in_(subject.customers),
    )
