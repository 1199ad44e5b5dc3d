## What was found. { $wish } is the search in words: wish.ftl.

found =
    { $count ->
        [one] I found one match for { $wish }:
       *[other] Here are { $count } matches for { $wish }{ in-order }:
    }
# Only where every result is what the words name: “Here are 3 kettles”.
found-all-of-it =
    { $count ->
        [one] I found one match for { $wish }:
       *[other] Here are { $count } { $wish }{ in-order }:
    }
in-order =
    { $order ->
        [cheapest] , the cheapest first
        [dearest] , the most expensive first
        [best_rated] , the best rated first
       *[none] { "" }
    }
first-look = Here is a first look around the shop:
more-found =
    { $count ->
        [one] Here is one more match for { $wish }:
       *[other] Here are { $count } more matches for { $wish }:
    }
nothing-more = That was everything I have for { $wish }.
closest = The closest I have to { $wish }:
none-mentions = No product that I found mentions “{ $words }”.
unsure =
    I'm not sure I have { $wish }. These come closest, or tell me in other words what you need:
already-cheapest = Those are already the cheapest I have for { $wish }.
already-finest = Those are already the finest I have for { $wish }.

## A wish that can't be met in full: what was left out, and how near to it there is something.

only-near = I have nothing for { $wish }; { $near }:
left-out = I have nothing for { $wish }. Leaving out { $names }, these come closest:
left-out-near = I have nothing for { $wish }. Leaving out { $names }, { $near }:

constraint-name =
    { $constraint ->
        [price_min] the lowest price
        [price_max] the price limit
        [brand] the brand
        [color] the colour
        [category] the kind of product
        [size] the size
        [gender] who it is for
        [material] the material
        [in_stock] that it must be in stock
        [rating_min] the rating
        [features] what it must have
        [measurements] the measures
       *[other] what you refused
    }
nearest =
    { $constraint ->
        [price_max] the least is { $value }
        [price_min] the most is { $value }
        [rating_min] the best rating is { $value } stars
        [size] the nearest size is { $value }
        [color] the nearest colour is { $value }
       *[measurements] the nearest is { $value }
    }

## Nothing to show.

empty-catalogue =
    The shop has no products online at the moment, so I have nothing to show you yet. I can still
    answer questions about shipping, returns and orders.
not-understood =
    I'm not sure what you mean by that. Tell me what kind of product you are looking for, for
    example “running shoes under $100”.
what-to-leave-out =
    I didn't catch what to leave out. Name a colour, a brand, a material or a word, for example
    “not black” or “no leather”.
no-such-price =
    Nothing can cost more than { $low } and less than { $high } at once. Which of the two counts?
only-over = Over { $amount }
only-under = Under { $amount }
no-search-yet = I haven't searched for anything yet. What are you looking for?

## Quick replies: the customer sends these words, so each must be understood.

start-products = Show me your products
start-returns = What is your return policy?
start-order = Where is my order?
start-abilities = What can you do?
go-on-more = Show more
go-on-cheaper = Cheaper
go-on-color = In { $color }
go-on-stock = Only in stock
go-on-first = Tell me more about the first one
any-price = Any price
any-color = Any colour
any-size = Any size
any-brand = Any brand
