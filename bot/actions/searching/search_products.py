"""Searching for what the customer wants."""

from bot.actions.act import Act
from bot.actions.products import product_details
from bot.actions.reply import Answer
from bot.actions.searching import contradiction, results
from bot.actions.turn import Turn
from bot.shopping import edits, english


class SearchProducts(Act):
    name = "search_products"

    def answer(self, turn: Turn) -> Answer:
        if english.asks_for_everything(turn.text):
            about = product_details.about_named(self.context, turn)
            if about is not None:
                return about
        text = english.without_dismissal(turn.text)
        if (asked := contradiction.asked(self.context, turn, text)) is not None:
            return asked
        understand = self.context.search.understand
        return results.show(self.context, edits.search_anew(turn.shopping, text, understand))
