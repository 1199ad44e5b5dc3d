"""English: superlatives, and ratings."""

from recommender.query.english.phrases import phrases, words
from recommender.query.language import RatingWords, SortWords

SORTING = SortWords(
    cheapest=phrases(
        "cheapest", "least expensive", "lowest price", "lowest priced", "lowest prices",
        "lowest cost", "least pricey", "most affordable", "most inexpensive", "lowest price first",
        "cheapest first", "least costly", "best price", "best priced",
        "sorted by price low to high", "sort by price low to high", "price low to high",
        "sorted by price", "sort by price", "from cheap to expensive", "by lowest price",
        "from cheapest to most expensive", "in order of price", "smallest price",
    ),
    priciest=phrases(
        "most expensive", "priciest", "most costly", "costliest", "dearest", "highest price",
        "highest priced", "highest prices", "most premium", "most luxurious", "fanciest",
        "sorted by price high to low", "sort by price high to low", "price high to low",
        "most expensive first", "highest price first",
    ),
    best_rated=phrases(
        "best rated", "top rated", "highest rated", "best reviewed", "highest rating",
        "highest ratings", "best rating", "best ratings", "best reviews", "highest reviews",
        "highest reviewed", "top reviewed", "most stars", "best customer reviews",
        "best customer ratings", "sorted by rating", "sort by rating", "by rating",
        "best user reviews", "highest customer rating", "highest scored",
    ),
    lead=phrases(
        "the", "your", "with the", "have the", "has the", "at the", "for the", "that has the",
        "that have the", "with", "by the",
    ),
)  # fmt: skip

RATINGS = RatingWords(
    attributes=words("rating stars ratings")
    | {
        "average rating", "avg rating", "review rating", "rating value", "customer rating",
        "star rating", "user rating", "review score", "mean rating", "rating average",
    },
    stars=("stars", "star"),
    rated=(
        "rated", "rating of", "rating", "ratings of", "ratings", "reviews of", "review score of",
        "scored", "score of", "a score",
    ),
    after=("rating", "ratings", "rated", "or better rating", "out of 5", "out of five", "/5"),
    well_rated=phrases(
        "highly rated", "well rated", "good reviews", "great reviews", "well reviewed",
        "good ratings", "good rating", "great ratings", "high ratings", "high rating",
        "high reviews", "positive reviews", "excellent reviews", "highly reviewed",
        "highly recommended", "well liked", "good customer reviews", "strong reviews",
    ),
    lead=(
        "with", "of", "has", "have", "having", "a", "an", "the", "is", "are", "that", "minimum",
        "min", "average", "that is", "customer",
    ),
    or_better=("or better", "and better"),
)  # fmt: skip
