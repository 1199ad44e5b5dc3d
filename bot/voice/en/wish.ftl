## A search in words: “running shoes in red under $100 but not by Nike”.

# The phrases below in the order in which the language puts them; those that do not apply are empty.
wish =
    { $thing } { $brand } { $gender } { $material } { $color } { $size } { $price } { $rating } { $extra } { $stock } { $refused }

wish-anything = products
# Of a category that is no plural: “kitchen products”.
wish-shelf = { $shelf } products
wish-quoted = “{ $words }”
wish-brand = by { $brands }
wish-gender = for { $genders }
wish-material = made of { $materials }
wish-color = in { $colors }
wish-size = in size { $sizes }
wish-color-size = in { $colors }, size { $sizes }
wish-between = between { $low } and { $high }
wish-under = under { $high }
wish-over = over { $low }
wish-rating = with at least { $stars } stars
wish-extra = ({ $terms })
wish-in-stock = in stock

wish-refused = but not { $refused }
refused-brand = by { $brand }
refused-color = in { $color }
refused-size = size { $size }
refused-words = “{ $words }”

## The same piece by piece, as short as a label, and the words that take one away.

chip-price-min = over { $amount }
chip-price-max = under { $amount }
chip-rating = { $stars } stars or more
chip-size = size { $size }
chip-not = not { $value }
chip-remove = Remove: { $title }
