## The cart.

cart-product =
    { $version ->
        [none] { $title }
       *[other] { $title } ({ $version })
    }
cart-some =
    { $quantity ->
        [one] { $title }
       *[other] { $quantity } × { $title }
    }
cart-some-product = A product
cart-in-short = In your cart: { $items }.
cart-total = Your cart comes to { $total }.
cart-empty = Your cart is empty so far.
cart-now-empty = Your cart is empty now.
cart-emptied = I've emptied your cart.
cart-lacks = “{ $thing }” isn't in your cart.

cart-begin = Your cart:
cart-line = • { $quantity } × { $title }, { $price } each: { $sum }.
cart-line-unpriced = • { $quantity } × { $title }: the shop doesn't give a price for it online.
cart-line-sold-out = • { $quantity } × { $title }: sold out at the moment, so it isn't counted in the total.
cart-line-gone = • { $title }: the shop no longer has it, so I've taken it out.

# Follows a line.
cart-few-left =
    { $count ->
        [one] There is only one left.
       *[other] There are only { $count } left.
    }

cart-added =
    .one = Added to your cart: { $items }.
    .two = Done, in your cart: { $items }.
cart-priced = { $some } for { $price }
cart-unpriced = { $some } (the shop gives no price for it online)
cart-now = You have { $count } of it in your cart now.
cart-all-there-are =
    { $count ->
        [one] There is only one of it, so that is all I could put in.
       *[other] There are only { $count } of it, so your cart now has all of them.
    }
cart-most-of-one = I can put at most { $count } of one product in a cart here; for more, please ask { $shop }.
cart-has-all =
    { $count ->
        [one] The only { $title } that there is, is in your cart already.
       *[other] All { $count } of { $title } that I can give you are in your cart already.
    }
cart-full = Your cart is full, so I couldn't put { $title } in. Take something out first, or check out.
cart-how-many = How many would you like?
cart-changed = Changed: now { $quantity } × { $title }.
cart-removed =
    .one = I've taken { $titles } out of your cart.
    .two = Removed from your cart: { $titles }.
cart-no-such-size =
    { $count ->
        [0] No other size of { $title } is in stock.
       *[other] That size of { $title } isn't in stock. There is { $sizes }.
    }
cart-change-what = What shall I change about { $title }?
cart-restored = Your cart is as it was before.
cart-sold-out = I'm sorry, { $title } is sold out at the moment.

## Which version of a product.

which-size =
    { $lacks ->
        [none] Which size of { $title } would you like: { $sizes }?
       *[size] { $title } doesn't come in size { $lacking }. Which size would you like: { $sizes }?
    }
which-color =
    { $lacks ->
        [size] Size { $lacking } of { $title } is only there in another colour. Would you like it in { $colors }?
       *[color] { $title } doesn't come in { $lacking }. Would you like it in { $colors }?
    }
version-in-colors = The same is in stock in { $colors }.
version-in-sizes = It is in stock in size { $sizes }.

## The wish list.

saved =
    .one = Saved for later: { $titles }.
    .two = { $titles }: on your wish list.
saved-already = Already on your wish list: { $titles }.
saved-removed = Taken off your wish list: { $titles }.
saved-lacks = Not on your wish list: { $titles }.
saved-empty = Your wish list is empty so far. Say “save it for later” about anything I show you.
saved-begin =
    { $count ->
        [one] On your wish list is one product:
       *[other] On your wish list are { $count } products:
    }
saved-sold-out = { $title } is sold out at the moment.
saved-gone =
    { $count ->
        [one] One product of your list is no longer in the shop, so I've taken it off.
       *[other] { $count } products of your list are no longer in the shop, so I've taken them off.
    }

## Quick replies: the customer sends these words, so each must be understood.

cart-see = View my cart
cart-checkout = Checkout
cart-go-on = Keep shopping
cart-undo = Undo that
one-more = One more
one-less = One less
option-size = Size { $size }
option-color = In { $color }
add-in-color =
    { $size ->
        [none] Add it in { $color }
       *[other] Add it in { $color }, size { $size }
    }
add-in-size = Add it in size { $size }
notify-back = Tell me when it's back
similar-to-it = Show me something like it
saved-see = Show my wish list
saved-first-to-cart = Move the first one to my cart
