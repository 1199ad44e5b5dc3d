## The cart.

cart-in-short = In your cart: { $items }.
cart-some =
    { $quantity ->
        [one] { $title }
       *[other] { $quantity } × { $title }
    }
