"""What is asked of Shopify's GraphQL Admin API. `#graphql` marks each for editors that check it."""

SEARCH = """#graphql
query SearchOrders($search: String!, $first: Int!) {
  orders(first: $first, query: $search, sortKey: CREATED_AT, reverse: true) {
    nodes { id name email customer { legacyResourceId } }
  }
}
"""

ORDER = """#graphql
query Order($id: ID!) {
  order(id: $id) {
    id name email createdAt cancelledAt presentmentCurrencyCode taxesIncluded statusPageUrl
    displayFinancialStatus displayFulfillmentStatus returnStatus fullyPaid
    customer { legacyResourceId }
    shippingAddress { name address1 address2 city provinceCode zip countryCodeV2 }
    totalPriceSet { presentmentMoney { amount } }
    totalShippingPriceSet { presentmentMoney { amount } }
    totalDiscountsSet { presentmentMoney { amount } }
    totalTaxSet { presentmentMoney { amount } }
    netPaymentSet { presentmentMoney { amount } }
    lineItems(first: 100) {
      nodes {
        id name quantity refundableQuantity sku
        originalUnitPriceSet { presentmentMoney { amount } }
        variant { selectedOptions { name value } product { handle } }
      }
    }
    fulfillments(first: 10) {
      createdAt displayStatus estimatedDeliveryAt deliveredAt
      trackingInfo(first: 3) { company number url }
    }
  }
}
"""

REFUNDS = """#graphql
query OrderRefunds($id: ID!) {
  order(id: $id) {
    refunds(first: 20) {
      createdAt
      totalRefundedSet { presentmentMoney { amount currencyCode } }
      transactions(first: 10) { nodes { status processedAt } }
    }
  }
}
"""

RETURNABLE = """#graphql
query Returnable($id: ID!) {
  returnableFulfillments(orderId: $id, first: 10) {
    nodes {
      returnableFulfillmentLineItems(first: 50) {
        nodes { quantity fulfillmentLineItem { id lineItem { id } } }
      }
    }
  }
}
"""

CANCEL = """#graphql
mutation CancelOrder($id: ID!, $refund: OrderCancelRefundMethodInput!, $note: String) {
  orderCancel(
    orderId: $id, reason: CUSTOMER, refundMethod: $refund, restock: true, notifyCustomer: true,
    staffNote: $note
  ) {
    job { id }
    orderCancelUserErrors { code field }
  }
}
"""

CANCELLATION = """#graphql
query Cancellation($id: ID!, $job: ID!) {
  order(id: $id) { cancelledAt }
  job(id: $job) { done }
}
"""

CHANGE_ADDRESS = """#graphql
mutation ChangeAddress($input: OrderInput!) {
  orderUpdate(input: $input) {
    order { id }
    userErrors { field }
  }
}
"""

REQUEST_RETURN = """#graphql
mutation RequestReturn($input: ReturnRequestInput!) {
  returnRequest(input: $input) {
    return { name }
    userErrors { code field }
  }
}
"""
