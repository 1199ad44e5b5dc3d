"""English: the words with which customers change a search, point at a product, or ask about one.

What names a product or a constraint ("red", "under $80") is the parser's, in
`recommender.query.english`; here stands only what depends on the conversation.
"""

from bot.shopping.english.asking import asks_for_everything, asks_which, aspects, picks_some
from bot.shopping.english.changing import asks_for_another_value, asks_for_cheaper, asks_for_pricier, asks_to_exclude, dropped_fields, means_the_whole_shop, only_a_number, withdrawn, without_dismissal
from bot.shopping.english.keeping import empties, exchanges, moves, puts_in_cart, puts_on_wish_list, sees_wish_list, takes_off_wish_list
from bot.shopping.english.pointing import among_those_shown, has_plural_pronoun, has_pronoun, how_many, means_earlier, means_the_other, parts, points_by_description, position, positions, price_named, product_code, step, thing_named, wants_best_rated, wants_cheaper_one, wants_cheapest, wants_pricier_one, wants_priciest
from bot.shopping.english.quantities import means_each, quantity, quantity_change, without_quantity
from bot.shopping.english.restarting import without_restart
from bot.shopping.english.words import adds_to_wish, answer_words, content_words, joined, without, without_amount

__all__ = ["adds_to_wish", "among_those_shown", "answer_words", "asks_for_another_value", "asks_for_cheaper", "asks_for_everything", "asks_for_pricier", "asks_to_exclude", "asks_which", "aspects", "content_words", "dropped_fields", "empties", "exchanges", "has_plural_pronoun", "has_pronoun", "how_many", "joined", "means_each", "means_earlier", "means_the_other", "means_the_whole_shop", "moves", "only_a_number", "parts", "picks_some", "points_by_description", "position", "positions", "price_named", "product_code", "puts_in_cart", "puts_on_wish_list", "quantity", "quantity_change", "sees_wish_list", "step", "takes_off_wish_list", "thing_named", "wants_best_rated", "wants_cheaper_one", "wants_cheapest", "wants_pricier_one", "wants_priciest", "withdrawn", "without", "without_amount", "without_dismissal", "without_quantity", "without_restart"]
