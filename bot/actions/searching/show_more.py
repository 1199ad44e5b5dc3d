"""The next page of the same search."""

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results, sentences
from bot.actions.turn import Turn
from catalog.products import find_variants
from recommender.candidates import MEANT


class ShowMore(Act):
    name = "show_more"

    def answer(self, turn: Turn) -> Answer:
        state, search, voice = turn.shopping, self.context.search, self.context.voice
        if not state.seen:
            return Answer((Reply(voice.say("no-search-yet"), (), sentences.starters(voice)),))
        response = results.look_up(search, state)
        offers = response.results[: results.PAGE]
        with self.context.sessions() as session:
            currency = results.currency_of(find_variants(session, state.shown))
        # The nearest of what is left may be another thing altogether.
        if not offers or response.relaxed or results.relevance(response) < MEANT:
            text = sentences.nothing_more(voice, state.query, currency)
            return Answer((Reply(text, (), results.wider(voice, state)),))
        text = sentences.more(voice, len(offers), state.query, currency)
        return results.cards(
            self.context, text, offers, state, results.ways_on(self.context, response, state)
        )
