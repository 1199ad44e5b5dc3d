"""What Shopify's GraphQL Admin API answers to our queries, checked and typed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from bot.orders.errors import BackendNonsenseError


def read(kind: Any, answer: Mapping[str, Any], *path: str, has_acted: bool = False) -> Any:
    """What stands there in an answer, of that type.

    Raises:
        BackendNonsenseError: something else does.
    """
    try:
        value: Any = answer
        for name in path:
            value = value[name]
        return TypeAdapter(kind).validate_python(value)
    except (KeyError, TypeError, ValidationError) as error:
        # Not its message: it has the customer's values in it.
        raise BackendNonsenseError(
            f"Shopify answers something else at {'.'.join(path)}", may_have_acted=has_acted
        ) from error


class _Shopify(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class _Amount(_Shopify):
    amount: Decimal
    currency_code: str = ""


class ShopifyMoney(_Shopify):
    presentment_money: _Amount

    @property
    def amount(self) -> Decimal:
        return self.presentment_money.amount


class _Option(_Shopify):
    name: str
    value: str


class _Product(_Shopify):
    handle: str


class _Variant(_Shopify):
    selected_options: list[_Option]
    product: _Product


class ShopifyLine(_Shopify):
    id: str
    name: str
    quantity: int
    refundable_quantity: int
    sku: str | None
    original_unit_price_set: ShopifyMoney
    """Before discounts, which the order counts in one sum."""
    variant: _Variant | None
    """None for a variant that was deleted since."""


class _Tracking(_Shopify):
    company: str | None
    number: str | None
    url: str | None


class ShopifyFulfillment(_Shopify):
    created_at: datetime
    display_status: str | None
    estimated_delivery_at: datetime | None
    delivered_at: datetime | None
    tracking_info: list[_Tracking]


class _Lines(_Shopify):
    nodes: list[ShopifyLine]


class _Customer(_Shopify):
    legacy_resource_id: str


class ShopifyAddress(_Shopify):
    name: str | None
    address1: str | None
    address2: str | None
    city: str | None
    province_code: str | None
    zip: str | None
    country_code_v2: str | None = Field(alias="countryCodeV2")


class ShopifyOrder(_Shopify):
    """An order of the query `ORDER`."""

    id: str
    name: str
    email: str | None
    created_at: datetime
    cancelled_at: datetime | None
    presentment_currency_code: str
    taxes_included: bool
    status_page_url: str
    display_financial_status: str | None
    display_fulfillment_status: str
    return_status: str
    fully_paid: bool
    customer: _Customer | None
    shipping_address: ShopifyAddress | None
    total_price_set: ShopifyMoney
    total_shipping_price_set: ShopifyMoney
    total_discounts_set: ShopifyMoney | None
    total_tax_set: ShopifyMoney | None
    net_payment_set: ShopifyMoney
    """What was paid and has not gone back."""
    line_items: _Lines
    fulfillments: list[ShopifyFulfillment]

    @property
    def customer_id(self) -> str | None:
        return self.customer.legacy_resource_id if self.customer else None

    @property
    def parcels(self) -> list[ShopifyFulfillment]:
        return [each for each in self.fulfillments if each.display_status != "CANCELED"]

    @property
    def country(self) -> str:
        return (self.shipping_address and self.shipping_address.country_code_v2) or ""


class Found(_Shopify):
    """What a search tells of an order: enough to see whose it is."""

    id: str
    name: str
    email: str | None
    customer: _Customer | None

    @property
    def customer_id(self) -> str | None:
        return self.customer.legacy_resource_id if self.customer else None


class UserError(_Shopify):
    """Why a mutation did nothing. Its message is for the shop's people."""

    code: str | None = None
    field: list[str] | None = None


class Job(_Shopify):
    id: str


class _Fulfilled(_Shopify):
    id: str
    line_item: Job


class _ReturnableLine(_Shopify):
    quantity: int
    fulfillment_line_item: _Fulfilled


class _ReturnableLines(_Shopify):
    nodes: list[_ReturnableLine]


class _ReturnableFulfillment(_Shopify):
    returnable_fulfillment_line_items: _ReturnableLines


class Returnable(_Shopify):
    """What Shopify would take back of an order."""

    nodes: list[_ReturnableFulfillment]

    def _lines(self) -> Iterator[_ReturnableLine]:
        for fulfillment in self.nodes:
            yield from fulfillment.returnable_fulfillment_line_items.nodes

    def quantities(self) -> dict[str, int]:
        """By the order's lines."""
        counts: Counter[str] = Counter()
        for line in self._lines():
            counts[line.fulfillment_line_item.line_item.id] += line.quantity
        return dict(counts)

    def take(self, line_id: str, quantity: int) -> Iterator[tuple[str, int]]:
        """So many of an order's line, from the parcels they came in."""
        for line in self._lines():
            if line.fulfillment_line_item.line_item.id == line_id and quantity:
                taken = min(quantity, line.quantity)
                quantity -= taken
                yield line.fulfillment_line_item.id, taken


class _Transaction(_Shopify):
    status: str
    processed_at: datetime | None


class _Transactions(_Shopify):
    nodes: list[_Transaction]


class ShopifyRefund(_Shopify):
    created_at: datetime | None
    total_refunded_set: ShopifyMoney
    transactions: _Transactions
