"""English: the words with which customers change a search, point at a product, or ask about one.

What names a product or a constraint ("red", "under $80") is the parser's, in
`recommender.query.english`; here stands only what depends on the conversation.
"""

from bot.shopping.english.asking import asks_for_everything, asks_which, aspects
from bot.shopping.english.changing import (
    asks_for_cheaper,
    asks_for_pricier,
    asks_to_exclude,
    dropped_fields,
    means_the_whole_shop,
    without_dismissal,
)
from bot.shopping.english.pointing import (
    among_those_shown,
    has_pronoun,
    position,
    product_code,
    wants_cheapest,
    wants_priciest,
)
from bot.shopping.english.restarting import without_restart
from bot.shopping.english.words import adds_to_wish, content_words, joined

__all__ = [
    "adds_to_wish",
    "among_those_shown",
    "asks_for_cheaper",
    "asks_for_everything",
    "asks_for_pricier",
    "asks_to_exclude",
    "asks_which",
    "aspects",
    "content_words",
    "dropped_fields",
    "has_pronoun",
    "joined",
    "means_the_whole_shop",
    "position",
    "product_code",
    "wants_cheapest",
    "wants_priciest",
    "without_dismissal",
    "without_restart",
]
