## Orders: who asks, which is meant, and what can be done with it.

ask-order-number = What is your order number? It's in the confirmation e-mail and looks like A1234.
ask-order-email = And which e-mail address did you order with?
never-mind = Never mind
order-left = All right, we'll leave the order. What else can I do for you?
order-untouched = All right, I won't: nothing about your orders has changed.

order-no-number =
    I don't see an order number in that. If you don't have it, I can find your orders by your e-mail
    address: say “I don't have the number”.
order-number-lost = I don't have the number
order-number-is-code =
    Six digits look like a code, and no code is awaited here. What is your order number? If it does
    have just six digits, write it with a # in front.
order-without-number =
    It's in the confirmation e-mail that you got. Without it, I can find your orders by your
    e-mail address and send a code there: which address did you order with?
order-why = { $step ->
        [number] The number tells me which order is meant, and only who placed it gets to see it.
        [email] So that nobody but you sees your order: I send a code to the address that it was
            placed with, and use it for nothing else.
       *[code] The code shows that it's really you, so that nobody else can see or change your order.
    } { $step ->
        [number] You can also give me just the e-mail address, or ask the shop's people:
        [email] If you'd rather not, the shop's people can help you as well:
       *[other] { "" }
    }
order-mailbox-lost =
    Then a code can't reach you, and without one I can't show an order. The shop's people can help:
order-no-email = I don't see an e-mail address in that. If you'd rather not, say “never mind”.
order-too-many-tries =
    For everyone's safety I can't check more details for now; in an hour I can again. Until then the
    shop's people can help:

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
order-stage = { $stage ->
        [ordered] Ordered
        [packed] Packed
        [shipped] On its way
        [delivered] Delivered
        [cancelled] Cancelled
        [return_requested] Coming back
       *[refunded] Refunded
    }
order-stage-date = { $date }
order-stage-by = by { $date }
order-goes-to = Order { $number } goes to { $address }.
order-carried = { $carrier } carries it, tracking number { $tracking }.
order-tracked = Its parcel is tracked, tracking number { $tracking }.
order-carrier = Carrier: { $carrier }, tracking number { $tracking }.
order-parcel = Parcel, tracking number { $tracking }.
order-line = • { $title }: { $quantity ->
        [one] { $price }
       *[other] { $quantity } × { $price } = { $sum }
    }
order-total = Total: { $total }.
order-total-shipping = Total: { $total }, with { $shipping } shipping.
order-track = Track it: { $address }

# The same sentence whether there is such an order or not: it must not tell which exist.
code-sent =
    Thanks. { $by ->
        [order] If that address belongs to that order, I've just sent a six-digit code to it.
       *[other] If there are orders under that address, I've just sent a six-digit code to it.
    } Please type the code here; it works for { $minutes } minutes.
code-awaited =
    A code is on its way to the address that you gave, if it has such an order. Please type the six
    digits here. If nothing has come after a minute or two, look among the spam, or ask for another.
code-sent-again =
    Some time has passed, so I need to be sure that it's still you. I've sent a new six-digit code
    to your e-mail address. Please type it here; it works for { $minutes } minutes.
code-demo = No mail leaves this demo: read it at { $page }
code-ask = And the six-digit code from the e-mail, please?
code-again = Send me another code
code-missing = I don't see six digits in that. The code is in the e-mail that I sent you.
code-wrong =
    That isn't the code that I sent. Please check the latest e-mail: { $tries ->
        [one] 1 try left
       *[other] { $tries } tries left
    }.
code-spent =
    That isn't the code that I sent, or it counts no more, and there are no tries left for it. Shall I
    send you a new one?
# A customer who has just proved who they are on a second channel. $cart: lines in the cart.
continued =
    { $cart ->
        [0] Welcome back! I have your wish list from our other chat.
       *[other] Welcome back! I have what you were looking at in our other chat, and your cart.
    }
code-unavailable =
    I can't send a code right now, and without one I can't show an order. Please try again in a few
    minutes.
identity-old =
    For this I need to be sure that it's still you. Please sign in to the shop once more, and ask
    me again.

orders-busy = The order system is very busy just now. Please try again in a minute.
orders-down = { $unsure ->
        [yes] The order system didn't answer in time, so I can't tell whether that was done.
            Please ask me for the order's status in a few minutes before you try again.
       *[other] I can't reach the order system right now, so nothing was changed. Please try again
            in a few minutes.
    }
orders-none = I couldn't find an order of yours. Was it placed with another e-mail address?
orders-which = Which order is it?
orders-not-yours =
    I couldn't find an order { $number } of yours. These are your latest:
orders-all = { $more ->
        [yes] Your { $count } latest orders, newest first. For an older one, tell me its number.
       *[other] { $count ->
            [one] You have one order:
           *[other] You have { $count } orders, newest first:
        }
    }
orders-all-which = { $act ->
        [cancel_order] These can still be cancelled, one at a time. Which one?
        [change_address] The address of these can still be changed, one at a time. Which one?
        [return_order] From these something can be sent back, one order at a time. Which one?
        [invoice] Each of these has an invoice. Which one shall I show?
       *[other] One order at a time, please. Which one?
    }
orders-all-none = { $act ->
        [cancel_order] None of your latest orders can be cancelled any more.
        [change_address] None of your latest orders can be sent somewhere else any more.
        [return_order] Nothing of your latest orders can be sent back now.
       *[other] There is none of your latest orders that I can do that for.
    }
orders-row = • { $number } of { $placed }: { $status ->
        [pending] waiting for your payment
        [paid] paid
        [processing] being packed
        [shipped] on its way
        [delivered] delivered
        [cancelled] cancelled
        [return_requested] coming back
       *[refunded] refunded
    }, { $total }
orders-listed = • { $number } of { $placed }: { $titles }
order-named = Order { $number }

order-refused = { $reason ->
        [not_found] I couldn't find an order { $number } of yours.
        [not_offered] I can't do that myself here, but one of us can.
        [in_progress] Something is being done to order { $number } at this very moment. Please try
            again in a minute.
        [declined] The order system declined that for order { $number }. One of us can have a look.
        [already_cancelled] Order { $number } is cancelled already.
        [already_shipped] { $act ->
            [cancel_order] Order { $number } is on its way, so it can't be cancelled any more. You
                can send it back once it has arrived.
           *[other] Order { $number } is on its way, so its address can't be changed any more.
        }
        [already_delivered] { $act ->
            [cancel_order] Order { $number } has been delivered, so it can't be cancelled. You may be
                able to send it back.
           *[other] Order { $number } has been delivered already.
        }
        [already_refunded] Order { $number } has been refunded already.
        [return_under_way] Order { $number } is on its way back to us already: we have your return
            request.
        [incomplete_address] That address isn't complete: I need street, city and postcode.
        [other_country] An order that was placed can't be sent to another country. You can cancel it
            and order again.
        [nothing_chosen] Nothing was chosen, so I've left order { $number } as it is.
        [unknown_line] That isn't part of order { $number }.
        [not_delivered] Order { $number } hasn't arrived yet. Once it has, I can start a return.
        [too_late] { $until ->
            [none] Order { $number } can't be sent back any more.
           *[other] Order { $number } could be sent back until { $until }, so it's too late for a
                return here.
        }
        [too_many] Only { $quantity } of { $title } can be sent back.
        [used] Used things can only come back if something is wrong with them.
        [unknown_variant] I couldn't find that version in the shop.
        [other_product] An exchange is for another size or colour of the same thing.
        [other_price] That version has another price, so it can't simply be exchanged. You can
            return this one and order the other.
       *[out_of_stock] There is no other version of { $title } in stock to exchange it for. You can
            return it for your money.
    }

start-order-status = Where is my order?
start-cancel = Cancel my order
start-address = Change the delivery address
start-return = Start a return
start-exchange = Exchange something
start-reorder = Order the same again
talk-to-person = Talk to a person

cancel-confirm =
    Order { $number }: { $titles }, { $total } in all. Shall I cancel it? That can't be undone.
cancel-only =
    I can only cancel all of an order, and only now: a plain “yes” does it, and until then nothing
    happens.
cancel-yes = Yes, cancel it
cancel-no = No, keep it
cancel-kept = All right, order { $number } stays as it is.
cancel-done = { $final ->
        [yes] Order { $number } is cancelled.
       *[other] The cancellation of order { $number } is under way; you'll get an e-mail.
    } { $money ->
        [under-way] { $refund } is on its way back to you.
        [to-come] { $refund } will be paid back to you.
       *[nothing] Nothing was paid, so there is nothing to pay back.
    }

address-ask = { $now ->
        [none] Where should order { $number } go instead? Please give street, city and postcode.
       *[other] Order { $number } goes to { $now }. Where should it go instead? Please give street,
            city and postcode.
    }
address-incomplete = { $example ->
        [none] I couldn't read a whole address in that: I need street, city and postcode, with commas
            between them.
       *[other] I couldn't read a whole address in that: I need street, city and postcode, with
            commas between them, as in “{ $example }”.
    }
address-confirm = Shall I send order { $number } to { $address }?
address-unclear =
    Please say “yes”, or tell me what is not right: the street, the place, or the name.
address-yes = Yes, send it there
address-no = No, another address
address-done = Done: order { $number } goes to { $address }.

refund-none = { $status ->
        [cancelled] Order { $number } was cancelled, and no refund is noted for it: nothing was paid, or
            it is still being looked at.
        [return_requested] No refund has been made for order { $number } yet: it's made once the parcel
            is back here.
       *[other] There's no return and no refund for order { $number }.
    }
refund-of = Refunds for order { $number }:
refund-line = { $status ->
        [done] • { $amount }, paid back on { $paid }
        [failed] • { $amount } of { $asked }: it didn't go through, and one of us will look at it
        [recorded] • { $amount } of { $asked }: noted, and paid by hand
       *[other] • { $amount } of { $asked }: on its way
    }

invoice-of = Invoice for order { $number } of { $placed }:
invoice-sum = { $of ->
        [discount] Discount
        [shipping] Shipping
        [tax-included] Including tax
       *[other] Tax
    }: { $amount }
invoice-total = Total: { $total }{ $paid ->
        [yes] , paid.
       *[other] , not paid yet.
    }
invoice-page = It's here to print: { $address }

reorder-done = In your cart: { $items }.{ $short ->
        [yes] { " " }Not in stock, or not as many: { $missing }.
       *[other] { "" }
    }
reorder-confirm = { $count ->
        [one] Put this into your cart: { $items }?
       *[other] Put these { $count } things into your cart: { $items }?
    }
reorder-yes = Yes, put it in
reorder-no = No, leave it
reorder-kept = All right, your cart stays as it is.
reorder-nothing = The shop has nothing of order { $number } any more.

change-order =
    An order that's placed can't be edited. Before it leaves, I can change where it goes, or cancel
    it so that you can order again; after it has arrived, I can exchange a size or colour.

helped-yes = 👍 That helped
helped-no = 👎 That didn't help
