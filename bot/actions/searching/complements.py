"""What goes with a product."""

from bot.actions.act import Act
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results
from bot.actions.turn import Turn
from recommender.complements import complements
from recommender.offer import Offer

_MOST = 4


class ShowComplements(Act):
    name = "complements"

    def answer(self, turn: Turn) -> Answer:
        """What is bought together with it, said to be that only where orders say so."""
        voice = self.context.voice
        with self.context.sessions() as session:
            found = meant.one(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            title = found.product.title
            with_it = complements(session, found.product, most=_MOST)
            if with_it is None:
                text = voice.say("goes-nothing", title=title)
                state = turn.shopping.focused_on(found.id)
                return Answer((Reply(text, (), (voice.say("similar-to-it"),)),), state)
            offers = [Offer.of(e.product, e, score=1.0, why=()) for e in with_it.variants]
        text = voice.say("goes-together", title=title, sign=with_it.sign)
        ways = (voice.say("go-on-first"),)
        shown = results.cards(self.context, text, offers, turn.shopping, ways)
        (reply,) = shown.replies
        # What is looked for has nothing to do with these.
        return Answer((Reply(reply.text, reply.offers, ways),), shown.state)
