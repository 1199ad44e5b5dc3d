## One product's facts. Values are the catalogue's own words.

facts = { $title }: { $facts }
about = { $title }. { $facts }
not-said = { $title }: the catalogue doesn't say. { $description }

price = It costs { $price }.
price-of-versions = It costs { $price }. Its versions cost from { $low } to { $high }.
price-unknown = The shop doesn't give a price for it online.

stock =
    { $version ->
        [none] It is in stock.
       *[other] It is in stock ({ $version }).
    }
stock-left =
    { $version ->
        [none] It is in stock: { $count } left.
       *[other] It is in stock ({ $version }): { $count } left.
    }
stock-none =
    { $version ->
        [none] It is out of stock at the moment.
       *[other] It is out of stock at the moment ({ $version }).
    }
stock-unknown =
    { $version ->
        [none] The shop doesn't say how many of it are left.
       *[other] The shop doesn't say how many of it ({ $version }) are left.
    }
version-size = in size { $size }
version-color-size = { $color } in size { $size }

sizes =
    { $count ->
        [one] It comes in one size: { $values }.
       *[other] It comes in these sizes: { $values }.
    }
colors =
    { $count ->
        [one] It comes in one colour: { $values }.
       *[other] It comes in these colours: { $values }.
    }
material = It is made of { $material }.
brand = It is made by { $brand }.
link = Its card opens its page, to look closer or to buy it.
attribute = { $name }: { $value }.
made-of = Made of { $material }.

offered = Yes, it comes in { $asked }.
offered-sold-out = It comes in { $asked }, but that is out of stock at the moment.
not-offered = No, it doesn't come in { $asked }.
asked-size = size { $size }

none-says-so = The catalogue says so of none of them.

## What changed while the customer was thinking.

price-changed = The price of { $title } has changed since I showed it: it was { $was } and is { $now } now.
sold-out-since = { $title } has sold out since I showed it.

## Which product is meant.

nothing-shown = I haven't shown you any product yet. What are you looking for?
which-one = Which of them do you mean? You can say “the second one”, or its name.
which-of = Which one do you mean: { $names }?
not-shown = I haven't shown you “{ $thing }” in this chat. Shall I look for it?
yes-please = Yes, please
beyond =
    { $count ->
        [one] I've shown you one product, so I can't tell which you mean. Which one is it?
       *[other] I've shown you { $count } products, so I can't tell which you mean. Which one is it?
    }
unknown-product = The shop has no product “{ $code }”. Tell me what it is, and I'll look for it.
product-gone = I'm sorry, the shop no longer has that product. Shall I look for others like it?
place-first = The first one
place-second = The second one
place-third = The third one

## Where an answer can't be borne out by the catalogue.

rather-not-guess = I'm not certain about that, and I would rather not guess. What else can I look up for you?
see-for-yourself = Here is what the shop has; each card opens the product's own page.
