"""More like one of the products, with what the customer adds: in red, cheaper."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.act import Act
from bot.actions.cart import wanted
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.searching import chips, results
from bot.actions.turn import Turn
from bot.shopping import english
from bot.shopping.state import ShoppingState
from catalog.models import Variant
from catalog.products import SEPARATOR
from recommender.candidates import MATCHES
from recommender.offer import Offer
from recommender.query.constraints import Constraints, ParsedQuery

_OF_A_KIND = ("category", "sort")
_NAMING = ("brand", "color", "material")


class Similar(Act):
    name = "similar"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        with self.context.sessions() as session:
            pointing = replace(turn, text=english.before_difference(turn.text))
            found = meant.one(self.context, session, pointing, self.name)
            if isinstance(found, Answer):
                return wanted.asked_of(turn, found)
            title, added = found.product.title, self._added(turn, found)
            kept = state.filters.without(*_OF_A_KIND) if found.id in state.seen else Constraints()
            query = _query(state, found, added)
            offers = self._like(found, state, kept.merged_with(added))
        pieces = [piece.title for piece in chips.pieces(voice, added)]
        if offers:
            text = voice.say("similar", title=title, but=pieces or "none", count=len(offers))
        else:
            # Nothing is shown as if it were what was asked for.
            query = _query(state, found, Constraints())
            offers = self._like(found, state, kept)
            text = voice.say("similar-not-so", title=title, but=pieces or "none")
        if not offers:
            text = voice.say("similar-none", title=title)
            return Answer(
                (Reply(text, (), (voice.say("go-on-more"),)),), state.focused_on(found.id)
            )
        after = state.for_query(query) if query != state.query else state
        ways = (voice.say("go-on-cheaper"), voice.say("go-on-first"))
        return results.cards(self.context, text, offers, after, ways)

    def _like(self, variant: Variant, state: ShoppingState, filters: Constraints) -> list[Offer]:
        shown = (*state.shown, variant.id)
        offers = self.context.search.similar(
            variant.id, k=results.PAGE, filters=filters, exclude=shown
        )
        return [each for each in offers if _is_alike(each, variant)]

    def _added(self, turn: Turn, variant: Variant) -> Constraints:
        """What the others should be, beside like this one."""
        different = english.what_differs(turn.text)
        words = turn.text if different is None else different
        said = self.context.search.understand(words).filters.without(*_OF_A_KIND)
        if different is None:
            # "Like the blue Sony" names it.
            said = said.without(*(name for name in _NAMING if _is_its(said, name, variant)))
        if variant.price is not None and said.price_max is None and said.price_min is None:
            if english.asks_for_cheaper(turn.text):
                return said.merged_with(Constraints(price_max=variant.price - results.CENT))
            if english.asks_for_pricier(turn.text):
                return said.merged_with(Constraints(price_min=variant.price + results.CENT))
        return said


def _query(state: ShoppingState, variant: Variant, added: Constraints) -> ParsedQuery:
    """The search that the customer is in then: the one before, or one for things of its kind."""
    if variant.id in state.seen and state.has_search:
        return ParsedQuery(state.text, state.filters.merged_with(added))
    category = variant.product.category
    if not category:
        return ParsedQuery(variant.product.title, added)
    return ParsedQuery("", Constraints(category=(category,)).merged_with(added))


def _is_alike(offer: Offer, variant: Variant) -> bool:
    """Whether it is of a kind: the nearest below half the price of a lamp may be a notebook."""
    own, other = variant.product.category, offer.category
    if own and own == other:
        return True
    same_shelf = own.split(SEPARATOR)[0] == other.split(SEPARATOR)[0]
    return same_shelf and offer.score >= MATCHES


def _is_its(said: Constraints, name: str, variant: Variant) -> bool:
    own: Sequence[str] = (variant.product.brand, variant.color, variant.product.material)
    values = [value.casefold() for value in own]
    return any(each.casefold() in value for each in getattr(said, name) for value in values)
