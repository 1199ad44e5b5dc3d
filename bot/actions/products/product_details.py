"""Questions about one product that was shown: answered in the catalogue's own words."""

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.products import meant, named, product_facts
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results, sentences
from bot.actions.turn import Turn
from bot.shopping import edits, english
from catalog.models import Variant
from catalog.products import find_variant, find_variants
from recommender.offer import Offer
from recommender.query.constraints import Constraints, ParsedQuery

_MOST = 4


class ProductDetails(Act):
    name = "product_details"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        if (code := english.product_code(turn.text)) and not self._is_known(code, turn):
            text = voice.say("unknown-product", code=code)
            return Answer((Reply(text, (), sentences.starters(voice)),))
        if (asked := about_named(self.context, turn)) is not None:
            return asked
        parsed = self.context.search.understand(turn.text)
        if edits.first_of_the_shop(parsed, turn.text):
            return results.show(self.context, state.for_query(parsed))
        with self.context.sessions() as session:
            if state.shown and (first := self._first_of_the_match(turn, session)) is not None:
                return self._about(turn, parsed, (first,))
            found = meant.several(self.context, session, turn, self.name, of_its_parts=True)
            return found if isinstance(found, Answer) else self._about(turn, parsed, found)

    def _about(self, turn: Turn, parsed: ParsedQuery, found: Sequence[Variant]) -> Answer:
        """What is asked of one product, or of each."""
        voice, state = self.context.voice, turn.shopping
        if english.picks_some(turn.text) and len(found) > 1:
            if "stock" in english.aspects(turn.text):
                found = [each for each in found if each.in_stock]
            else:
                found = [e for e in found if product_facts.evidence(voice, turn.text, e)]
            if not found:
                return Answer((Reply(voice.say("none-says-so")),), state)
        found = found[:_MOST]
        texts = [product_facts.answer(voice, turn.text, parsed, each) for each in found]
        offers = [Offer.of(each.product, each, score=1.0, why=()) for each in found]
        if len(found) == 1:
            state = state.focused_on(found[0].id)
            if found[0].id not in state.shown:
                state = state.after_showing([found[0].id])
        reply = Reply("\n".join(texts), tuple(offers), (voice.say("go-on-more"),))
        return Answer((reply,), state)

    def _first_of_the_match(self, turn: Turn, session: Session) -> Variant | None:
        """The cheapest, or dearest, of all that was searched for, and not only of what is shown."""
        text, state = turn.text, turn.shopping
        dearest = english.wants_priciest(text)
        if not (dearest or english.wants_cheapest(text)) or not state.has_search:
            return None
        if english.position(text) is not None or english.among_those_shown(text):
            return None
        order = Constraints(sort="-price" if dearest else "price")
        query = ParsedQuery(state.text, state.filters.merged_with(order))
        response = self.context.search.search(query, k=1, rerank=False)
        if response.relaxed or not response.results:
            return None
        return find_variant(session, response.results[0].id)

    def _is_known(self, code: str, turn: Turn) -> bool:
        """Whether it is an id of the catalogue, or stands in the words of one shown product."""
        with self.context.sessions() as session:
            if find_variant(session, code) is not None:
                return True
            shown = find_variants(session, turn.shopping.shown)
        return any(code.lower() in variant.product.title.lower() for variant in shown)


def about_named(context: ActionContext, turn: Turn) -> Answer | None:
    """What is asked about the product whose title stands in the message, which "it" then means.

    None if no title does.
    """
    offer = named.find(context.search, turn.text)
    if offer is None:
        return None
    with context.sessions() as session:
        variant = find_variant(session, offer.id)
        if variant is None:
            return None
        # The words of the title are no question: neither "3-layer" nor "for women".
        question = re.sub(re.escape(offer.title), "it", turn.text, flags=re.IGNORECASE)
        parsed = context.search.understand(question)
        text = product_facts.answer(context.voice, question, parsed, variant)
        card = Offer.of(variant.product, variant, score=1.0, why=())
    after = turn.shopping.focused_on(variant.id)
    if variant.id not in after.shown:
        after = after.after_showing([variant.id])
    return Answer((Reply(text, (card,)),), after)
