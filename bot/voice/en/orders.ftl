## Where an order is.

ask-order-number = What is your order number? It stands in the confirmation e-mail and looks like A1001.
ask-order-email = And which e-mail address did you order with?
never-mind = Never mind
order-left = All right, we'll leave the order. What else can I do for you?

# One sentence, whether the number or the e-mail is wrong: it must not tell which exists.
order-no-match =
    I couldn't find an order with that number and e-mail address together. Please check both in
    your confirmation e-mail.
order-no-number = I don't see an order number in that. If you don't have it, say “never mind”.
order-no-email = I don't see an e-mail address in that. If you'd rather not, say “never mind”.
order-too-many-tries =
    I couldn't match those details to an order, so for everyone's safety I'll stop asking for now.
    Please try again in an hour, or contact { $shop }{ $contact ->
        [none] { "" }
       *[other] { " " }at { $contact }
    }.

order-state =
    Your order { $number } of { $placed } { $status ->
        [pending] is waiting for your payment
        [paid] is paid and will be packed soon
        [processing] is being packed
        [shipped] is on its way
        [delivered] was delivered
        [cancelled] was cancelled
        [return_requested] is coming back: we have your return request
       *[refunded] was refunded
    }.
order-delivered =
    Your order { $number } of { $placed } was delivered on { $delivered }.
order-expected = It should arrive by { $expected }.
order-carried = { $carrier } carries it, tracking number { $tracking }.
order-tracked = Its parcel is tracked, tracking number { $tracking }.
order-carrier = Carrier: { $carrier }, tracking number { $tracking }.
order-parcel = Parcel, tracking number { $tracking }.
order-line = • { $quantity } × { $title }, { $price }
order-total = Total: { $total }.
order-total-shipping = Total: { $total }, with { $shipping } shipping.
order-track = Track it: { $address }
