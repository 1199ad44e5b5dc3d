"""English: how reasons are put."""

from recommender.query.language import Wording

WORDING = Wording(
    under="{price}, under {limit}",
    at_most="{price}, at most {limit}",
    at_least="{price}, at least {limit}",
    over="{price}, over {limit}",
    between="{price}, between {low} and {high}",
    in_stock="in stock",
    size="size {size}",
    size_in_stock="size {size} in stock",
    shade="{value} ({asked})",
    rating="{rating} stars",
    without="no {word}",
    cheapest="the cheapest of {count}",
    priciest="the most expensive of {count}",
    best_rated="the best rated of {count}",
)
