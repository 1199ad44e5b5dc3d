"""Searching for what the customer wants."""

from bot.actions import refinement, results
from bot.actions.reply import Answer
from bot.actions.shop_action import ShopAction
from bot.actions.turn import Turn


class SearchProducts(ShopAction):
    action_name = "action_search_products"

    def answer(self, turn: Turn) -> Answer:
        parsed = self.context.search.understand(turn.text)
        return results.show(self.context.search, refinement.search_anew(turn.shopping, parsed))
