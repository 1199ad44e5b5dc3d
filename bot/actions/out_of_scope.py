"""What no shop's assistant has business with, unless it names something the shop sells."""

from bot.actions import results
from bot.actions.reply import Answer, Reply
from bot.actions.shop_action import ShopAction
from bot.actions.turn import Turn
from bot.shopping import edits

DECLINED = (
    "That's beyond me: I only know this shop. I can find products, explain our rules, "
    "or look up an order."
)


class OutOfScope(ShopAction):
    action_name = "action_out_of_scope"

    def answer(self, turn: Turn) -> Answer:
        search = self.context.search
        parsed = search.understand(turn.text)
        # "What about cats?" is small talk anywhere but in a shop with a shelf for cats, and who
        # names a price wants to buy.
        if parsed.filters:
            return results.show(search, edits.search_anew(turn.shopping, parsed, turn.text))
        return Answer((Reply(DECLINED, (), results.STARTERS),))
