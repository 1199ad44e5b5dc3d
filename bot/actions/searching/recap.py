"""What the customer is looking for, as the assistant has understood it."""

from bot.actions.act import Act
from bot.actions.cart import cart_words
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results, sentences
from bot.actions.searching.chips import chips
from bot.actions.searching.wish import wished
from bot.actions.turn import Turn
from bot.shopping.contents import contents
from catalog.products import find_variants


class Recap(Act):
    name = "recap"

    def answer(self, turn: Turn) -> Answer:
        state, voice = turn.shopping, self.context.voice
        with self.context.sessions() as session:
            currency = results.currency_of(find_variants(session, state.shown))
            cart = cart_words.in_short(voice, contents(session, state.cart))
        ways: tuple[str, ...]
        if state.has_search:
            said = voice.say("recap", wish=wished(voice, state.query, currency))
            ways = (voice.say("go-on-more"), voice.say("go-on-restart"))
        else:
            said, ways = voice.say("recap-nothing"), sentences.starters(voice)
        if state.saved:
            cart = f"{cart} {voice.say('recap-saved', count=len(state.saved))}"
        text = " ".join(f"{said} {cart}".split())
        return Answer((Reply(text, (), ways, chips(voice, state.query)),))
