## Vouchers.

cart-total-voucher = Your cart comes to { $total } with { $code }: { $sum } less { $saving }.

voucher-terms = { $code } takes { $off } off
voucher-percent = { $percent }%
voucher-fixed = { $amount }
voucher-of-brand = for products by { $brand } only
voucher-from = from { $threshold } on
voucher-at-most = at most { $cap }
voucher-until = until { $day }

voucher-kept =
    .one = I've noted your voucher for this cart.
    .two = Your voucher is noted for this cart.
voucher-price = With { $code }, { $titles } comes to { $price }: { $sum } less { $saving }.
voucher-price-alone = { $titles } comes to { $price }.
voucher-unpriced = The shop doesn't give a price for { $titles } online, so I can't work out what it saves.

voucher-unknown = I don't know a voucher “{ $code }”. Please check how it is written.
voucher-expired = { $code } ended on { $day }, so it takes nothing off any more.
voucher-not-yet = { $code } counts from { $day } on, not yet.
voucher-below-threshold =
    { $brand ->
        [none] { $code } counts from { $threshold } on: { $missing } more and it does.
       *[other] { $code } counts from { $threshold } of { $brand } on: { $missing } more and it does.
    }
voucher-other-brand = { $code } counts for products by { $brand } only, and there is none here.
voucher-other-currency = { $code } is for another currency, so it takes nothing off here.

voucher-list =
    { $count ->
        [one] There is one voucher at the moment:
       *[other] There are { $count } vouchers at the moment:
    }
voucher-none-public = I know of no voucher that is open to everybody at the moment.
voucher-which-code = What is your voucher's code? It looks like SAVE10.
voucher-none-kept = There is no voucher on your cart.
voucher-removed = I've taken { $code } off again.

## Quick replies: the customer sends these words, so each must be understood.

voucher-which = Do you have any vouchers?
voucher-use = Use code { $code }
add-it-to-cart = Add it to my cart
