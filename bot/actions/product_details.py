"""Questions about one product that was shown: answered in the catalogue's own words."""

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions import named, product_facts, results, sentences
from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import edits, english, references
from bot.shopping.state import ShoppingState
from bot.voice.voice import Voice
from catalog.products import find_variant, find_variants
from recommender.offer import Offer
from recommender.query.constraints import Constraints, ParsedQuery


class ProductDetails(Act):
    name = "product_details"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        starters, more = sentences.starters(voice), (voice.say("go-on-more"),)
        if (code := english.product_code(turn.text)) and not self._is_known(code, turn):
            return Answer((Reply(voice.say("unknown-product", code=code), (), starters),))
        if not state.shown:
            if (asked := about_named(self.context, turn)) is not None:
                return asked
            return Answer((Reply(voice.say("nothing-shown"), (), starters),))
        parsed = self.context.search.understand(turn.text)
        if edits.first_of_the_shop(parsed, turn.text):
            return results.show(self.context, state.for_query(parsed))
        with self.context.sessions() as session:
            on_screen = find_variants(session, state.shown)
            first = self._first_of_the_match(turn, session)
            reference = first or references.resolve(turn.text, parsed, state, on_screen)
            if english.position(turn.text) is None and not _has_title_of(reference, turn.text):
                asked = about_named(self.context, turn)
                if asked is not None:
                    return asked
            if reference.gone or not on_screen:
                return Answer((Reply(voice.say("product-gone"), (), more),))
            if reference.variant is None:
                return Answer((_unclear(voice, reference, state),))
            variant = reference.variant
            text = product_facts.answer(voice, turn.text, parsed, variant)
            card = Offer.of(variant.product, variant, score=1.0, why=())
        if variant.id not in state.shown:
            state = replace(state, shown=(variant.id,))
        after = state.focused_on(variant.id)
        return Answer((Reply(text, (card,), more),), after)

    def _first_of_the_match(self, turn: Turn, session: Session) -> references.Reference | None:
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
        return references.Reference(find_variant(session, response.results[0].id))

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
    after = replace(turn.shopping, shown=(variant.id,), focus=variant.id)
    return Answer((Reply(text, (card,)),), after)


def _has_title_of(reference: references.Reference, text: str) -> bool:
    variant = reference.variant
    return variant is not None and variant.product.title.lower() in text.lower()


def _unclear(voice: Voice, reference: references.Reference, state: ShoppingState) -> Reply:
    count = len(state.shown)
    text = voice.say("which-one") if reference.beyond is None else voice.say("beyond", count=count)
    places = (voice.say("place-first"), voice.say("place-second"), voice.say("place-third"))
    return Reply(text, (), places[:count])
