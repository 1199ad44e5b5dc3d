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
voucher-not-yet = { $code } is valid from { $day }, not yet.
voucher-below-threshold =
    { $brand ->
        [none] { $code } works from { $threshold }: you're { $missing } short.
       *[other] { $code } works from { $threshold } of { $brand }: you're { $missing } short.
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

## The hand-off to the checkout.

checkout-empty = Your cart is empty, so there is nothing to pay yet. What can I find for you?
checkout-nothing-left = So there is nothing left to pay for.
checkout-link = { $total } You can pay here, the link is good for a day: { $link }

## Notices by e-mail.

notify-ask-email =
    { $kind ->
        [back] I'll write to you once when { $title } is back in stock. Which e-mail address shall I use?
       *[price] I'll write to you once when { $title } costs less than { $price }. Which e-mail address shall I use?
    }
notify-not-an-address = “{ $email }” doesn't look like an e-mail address. It should look like name@example.com.
notify-stored =
    { $kind ->
        [back] Done: I'll write to { $email } once when { $title } is back in stock.
       *[price] Done: I'll write to { $email } once when { $title } costs less than { $price }.
    }
notify-known = { $email } is on the list for that already, so you will hear from the shop.
notify-is-there = { $title } is in stock right now. Shall I tell you when it gets cheaper instead?
notify-no-price = The shop gives no price for { $title } online, so I can't watch it.
notify-cancelled =
    { $count ->
        [0] There is no e-mail from me that you asked for in this chat and are still waiting for. For older ones, please write to the shop.
        [one] Done: I won't send that e-mail.
       *[other] Done: I won't send those { $count } e-mails.
    }
notify-cheaper = Tell me when it gets cheaper

letter-subject =
    { $kind ->
        [back] { $title } is back in stock
       *[price] { $title } costs less now
    }
letter-text =
    Hello,

    { $kind ->
        [back] you asked { $shop } to tell you when { $title }{ $version ->
            [none] { "" }
           *[other] { " " }({ $version })
        } is back in stock. It is.
       *[price] you asked { $shop } to tell you when { $title }{ $version ->
            [none] { "" }
           *[other] { " " }({ $version })
        } gets cheaper. It costs { $price } now.
    }{ $url ->
        [none] { "" }
       *[other] { " " }You find it here: { $url }
    }

    This is the only message about it.

    { $shop }

## What goes with a product.

goes-together =
    { $sign ->
        [orders] Customers who bought { $title } also bought these:
        [kinds] Customers bought these together with things like { $title }:
       *[shelf] I don't know of anything bought together with { $title } yet. These stand beside it in our shop:
    }
goes-nothing = I know nothing that goes with { $title } in particular.

## Several things within one budget.

bundle-some =
    { $quantity ->
        [one] { $title } ({ $price })
       *[other] { $quantity } × { $title } ({ $price })
    }
bundle-found =
    { $count ->
        [one] That leaves { $some }.
       *[other] { $some } come to { $total } together.
    }
bundle-fits =
    { $count ->
        [one] That leaves { $some }, { $left } less than your { $budget }.
       *[other] { $some } come to { $total } together, { $left } less than your { $budget }.
    }
bundle-over =
    { $count ->
        [one] That leaves { $some }, { $over } more than your { $budget }.
       *[other] That is not enough for all of it: even the cheapest, { $some }, come to { $total } together, { $over } more than your { $budget }.
    }
bundle-none-cheaper = I have no cheaper { $things } of that kind.
bundle-no-other = I have no other { $things } of that kind within the budget.
bundle-is-cheapest = That is the cheapest I can put together.
bundle-is-over = { $said } That is over your budget.
bundle-saves = That counts { $saving } off with { $code }.
bundle-lacks = I found no { $things } in our shop.
bundle-nearly = For { $things } it is the nearest I have, not all that you asked for.
bundle-of-what = Which things shall it be together? For example: a desk and a chair under $300.
bundle-unpriced = The shop gives no price for them online, so I can't add them up.

## Quick replies: the customer sends these words, so each must be understood.

voucher-which = Do you have any vouchers?
voucher-use = Use code { $code }
add-it = Add it to my cart
add-all-to-cart = Add them all to my cart
compare-them = Compare them
