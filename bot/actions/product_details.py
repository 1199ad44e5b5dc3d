"""Questions about one product that was shown: answered in the catalogue's own words."""

from bot.actions import english, product_facts, results, shown
from bot.actions.reply import Answer, Reply
from bot.actions.shop_action import ShopAction
from bot.actions.shopping_state import SLOT, ShoppingState
from bot.actions.turn import Turn
from catalog.products import find_variant, find_variants
from recommender.offer import Offer

_PLACES = ("The first one", "The second one", "The third one")

NOTHING_SHOWN = "I haven't shown you any product yet. What are you looking for?"
WHICH_ONE = "Which of them do you mean? You can say “the second one”, or its name."
UNKNOWN = "The shop has no product “{code}”. Tell me what it is, and I'll look for it."
GONE = "I'm sorry, the shop no longer has that product. Shall I look for others like it?"


class ProductDetails(ShopAction):
    action_name = "action_product_details"

    def answer(self, turn: Turn) -> Answer:
        state = turn.shopping
        if (code := english.product_code(turn.text)) and not self._is_known(code, turn):
            return Answer((Reply(UNKNOWN.format(code=code), (), results.STARTERS),))
        if not state.shown:
            return Answer((Reply(NOTHING_SHOWN, (), results.STARTERS),))
        parsed = self.context.search.understand(turn.text)
        with self.context.sessions() as session:
            on_screen = find_variants(session, state.shown)
            reference = shown.resolve(turn.text, parsed, state, on_screen)
            if reference.gone or not on_screen:
                return Answer((Reply(GONE, (), ("Show more",)),))
            if reference.variant is None:
                return Answer((Reply(_unclear(reference, len(state.shown)), (), _places(state)),))
            variant = reference.variant
            text = product_facts.answer(turn.text, parsed, variant)
            card = Offer.of(variant.product, variant, score=1.0, why=())
        after = state.focused_on(variant.id)
        return Answer((Reply(text, (card,), ("Show more",)),), {SLOT: after.to_slot()})

    def _is_known(self, code: str, turn: Turn) -> bool:
        """Whether it is an id of the catalogue, or stands in the words of one shown product."""
        with self.context.sessions() as session:
            if find_variant(session, code) is not None:
                return True
            shown = find_variants(session, turn.shopping.shown)
        return any(code.lower() in variant.product.title.lower() for variant in shown)


def _unclear(reference: shown.Reference, count: int) -> str:
    if reference.beyond is None:
        return WHICH_ONE
    products = "one product" if count == 1 else f"{count} products"
    return f"I've shown you {products}, so I can't tell which you mean. Which one is it?"


def _places(state: ShoppingState) -> tuple[str, ...]:
    return _PLACES[: len(state.shown)]
