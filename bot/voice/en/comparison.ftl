## Products beside each other.

row =
    { $attribute ->
        [price] Price
        [rating] Rating
        [in_stock] Availability
        [brand] Brand
        [material] Material
        [gender] For
        [colors] Colours in stock
       *[sizes] Sizes in stock
    }
row-price = { $price }
row-rating = { $stars } stars
row-in-stock = In stock
row-sold-out = Sold out

compare-needs-two = It takes two products to compare. Name the other one too, or search for more.
compare-no-difference = The catalogue tells no difference between them.
compare-at-most = I put at most { $count } beside each other.

verdict-fits = { $title } fits more of what you asked for: { $reasons }.
verdict-alike =
    { $count ->
        [2] Both suit what you asked for.
       *[other] All of them suit what you asked for.
    }
verdict-in-stock = Only { $title } is in stock.
verdict-rated =
    { $count ->
        [2] { $title } is the better rated, with { $stars } stars.
       *[other] { $title } is the best rated, with { $stars } stars.
    }
verdict-unknown = The catalogue doesn't say which is { $quality }. This is what it tells of them.
verdict-no-ratings = The shop gives no ratings by which I could tell.
verdict-same-rating = The best ratings are equal.
verdict-cheaper =
    { $count ->
        [2] { $title } is the cheaper one, at { $price }.
       *[other] { $title } is the cheapest, at { $price }.
    }
verdict-dearer =
    { $count ->
        [2] { $title } is the more expensive one, at { $price }.
       *[other] { $title } is the most expensive, at { $price }.
    }
verdict-same-price = They cost the same.
verdict-no-prices = The shop doesn't give a price for each of them, so I can't tell.

## Others like one.

similar =
    { $but ->
        [none] { $count ->
            [one] This is the one most like { $title }:
           *[other] These { $count } are most like { $title }:
        }
       *[other] { $count ->
            [one] This is the one most like { $title } with what you added ({ $but }):
           *[other] These { $count } are most like { $title } with what you added ({ $but }):
        }
    }
similar-not-so =
    { $but ->
        [none] Beyond what you asked for, these are most like { $title }:
       *[other] I have nothing like { $title } with what you added ({ $but }). Without that, these come closest:
    }
similar-none = I have nothing else like { $title }.

## Why one was shown.

why =
    .one = I showed you { $title } because it fits what you asked for: { $reasons }.
    .two = { $title } fits what you asked for: { $reasons }.
why-words = You asked for { $words }, and the shop's text about { $title } says so.
why-words-too = The shop's text about it also says { $words }.
why-not = It does not meet everything, though: { $names }.
why-near = Nothing in the shop's text names { $wish }; { $title } came closest in meaning.
why-no-search = You haven't asked me for anything in particular yet, so { $title } was part of a first look around.

## Quick replies: the customer sends these words, so each must be understood.

add-cheaper = Add the cheaper one
