"""The shop's data: products, customers with orders, policy texts, vouchers, notices, tickets."""

from catalog.models.attachments import Attachment, AttachmentFolder
from catalog.models.base import Base
from catalog.models.behaviour import Behaviour, BehaviourKind
from catalog.models.desk import (
    DeliveryKind,
    DeskDelivery,
    DeskTicket,
    Destination,
    HandOff,
)
from catalog.models.identity import ChannelLink, IdentityAttempt, OneTimeCode, ProvedIdentity
from catalog.models.notices import Notice, NoticeKind
from catalog.models.order_acts import ActOutcome, OrderAudit, OrderRequest
from catalog.models.order_returns import (
    OrderRefund,
    OrderReturn,
    OrderReturnLine,
    RefundStatus,
    ReturnCondition,
    ReturnReason,
    ReturnStatus,
)
from catalog.models.orders import Customer, Order, OrderLine, OrderStatus
from catalog.models.policies import Policy
from catalog.models.products import Product, ProductChange, Variant
from catalog.models.satisfaction import Satisfaction, SupportKind
from catalog.models.vouchers import Voucher, VoucherKind

__all__ = [
    "ActOutcome",
    "Attachment",
    "AttachmentFolder",
    "Base",
    "Behaviour",
    "BehaviourKind",
    "ChannelLink",
    "Customer",
    "DeliveryKind",
    "DeskDelivery",
    "DeskTicket",
    "Destination",
    "HandOff",
    "IdentityAttempt",
    "Notice",
    "NoticeKind",
    "OneTimeCode",
    "Order",
    "OrderAudit",
    "OrderLine",
    "OrderRefund",
    "OrderRequest",
    "OrderReturn",
    "OrderReturnLine",
    "OrderStatus",
    "Policy",
    "Product",
    "ProductChange",
    "ProvedIdentity",
    "RefundStatus",
    "ReturnCondition",
    "ReturnReason",
    "ReturnStatus",
    "Satisfaction",
    "SupportKind",
    "Variant",
    "Voucher",
    "VoucherKind",
]
