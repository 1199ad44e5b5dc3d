"""Changing the search: "in red", "under $80", "cheaper", "any colour"."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median_low

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.searching import chips, contradiction, results
from bot.actions.searching.results import CENT
from bot.actions.searching.wish import wished
from bot.actions.turn import Turn
from bot.shopping import edits, english
from bot.shopping.state import ShoppingState
from catalog.products import find_variants
from recommender.query.constraints import EXCLUSIONS, Constraints, ParsedQuery

_MOST_COLORS = 4


class RefineSearch(Act):
    name = "refine_search"

    def answer(self, turn: Turn) -> Answer:
        state, understand = turn.shopping, self.context.search.understand
        voice = self.context.voice
        if (kept := chips.removed(voice, turn.text, state.query)) is not None:
            return results.show(self.context, edits.with_filters(state, kept))
        if (asked := contradiction.asked(self.context, turn, turn.text)) is not None:
            return asked
        parsed = understand(turn.text)
        state = edits.refine(turn.shopping, turn.text, understand)
        if "brand" in english.dropped_fields(turn.text):
            state = self._without_names(state)
        state = self._with_must(turn.shopping, state)
        says_price = parsed.filters.price_min is not None or parsed.filters.price_max is not None
        if turn.shopping.shown and not says_price:
            if english.asks_for_cheaper(turn.text):
                return self._in_price(state, turn.shopping, cheaper=True)
            if english.asks_for_pricier(turn.text):
                return self._in_price(state, turn.shopping, cheaper=False)
        refuses = says_price or not set(EXCLUSIONS).isdisjoint(parsed.filters.names())
        takes_back = english.dropped_fields(turn.text) or english.withdrawn(turn.text)[1]
        if not takes_back and not refuses and english.asks_to_exclude(turn.text):
            return Answer((Reply(voice.say("what-to-leave-out"), (), self._other_colors(turn)),))
        return results.show(self.context, state)

    def _with_must(self, before: ShoppingState, state: ShoppingState) -> ShoppingState:
        """What was added must be said of each product, where it is said of any: "wireless"."""
        added = english.without(state.text, [before.text]) if before.text else ""
        if not added or added == state.text or before.text not in state.text:
            return state
        must = state.filters.merged_with(Constraints(features=(added.lower(),)))
        query = ParsedQuery(state.text, must)
        response = self.context.search.search(query, k=1, rerank=False)
        kept = response.results and not response.relaxed
        return replace(state, filters=must) if kept else state

    def _without_names(self, state: ShoppingState) -> ShoppingState:
        """Without words that the shop does not know: a brand that it does not sell is in none of
        its constraints."""
        words = english.content_words(state.text)
        unknown = [word for word in words if not self.context.search.knows(word)]
        return replace(state, text=english.without(state.text, unknown))

    def _other_colors(self, turn: Turn) -> tuple[str, ...]:
        """The colours on the screen that the customer did not name."""
        with self.context.sessions() as session:
            variants = find_variants(session, turn.shopping.shown)
        colors = sorted({variant.color.lower() for variant in variants if variant.color})
        others = [color for color in colors if color not in turn.text.lower()]
        return tuple(
            self.context.voice.say("go-on-color", color=color) for color in others[:_MOST_COLORS]
        )

    def _in_price(self, state: ShoppingState, before: ShoppingState, *, cheaper: bool) -> Answer:
        """Below the cheapest shown; if nothing is, below the middle. Upwards just so."""
        with self.context.sessions() as session:
            variants = find_variants(session, before.shown)
        prices = sorted(variant.price for variant in variants if variant.price is not None)
        currency = results.currency_of(variants)
        limits = price_limits(prices, cheaper=cheaper)
        for limit in limits:
            narrowed = state.for_query(ParsedQuery(state.text, state.filters.merged_with(limit)))
            response = results.look_up(self.context.search, narrowed)
            if response.results and not response.relaxed:
                return results.present(self.context, narrowed, response)
        voice = self.context.voice
        wish = wished(voice, state.query, currency)
        text = voice.say("already-cheapest" if cheaper else "already-finest", wish=wish)
        kept = replace(state, shown=before.shown, seen=before.seen, focus=before.focus)
        return Answer((Reply(text, (), results.wider(voice, kept)),))


def price_limits(prices: Sequence[Decimal], *, cheaper: bool) -> list[Constraints]:
    """What "cheaper" than these prices, in ascending order, may mean, the most wanted first."""
    if not prices:
        return []
    middle = Decimal(median_low(prices))
    if cheaper:
        below = [prices[0] - CENT, middle - CENT]
        return [Constraints(price_max=limit) for limit in below if limit > 0]
    return [Constraints(price_min=limit + CENT) for limit in (prices[-1], middle)]
