"""Why a product was shown: which of the customer's wishes it meets, and which it does not."""

from bot.actions.act import Act
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results
from bot.actions.searching.wish import wished
from bot.actions.turn import Turn
from bot.shopping import english
from catalog.models import Product, Variant
from recommender.explanation import explain
from recommender.query.english import ENGLISH

_MOST_WORDS = 4


class WhyThis(Act):
    name = "why_this"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        with self.context.sessions() as session:
            found = meant.one(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            title, currency = found.product.title, results.currency_of([found])
            texts = self._because(turn, found)
        after = state.focused_on(found.id)
        if not state.has_search:
            return Answer((Reply(voice.say("why-no-search", title=title)),), after)
        if not texts:
            wish = wished(voice, state.query, currency)
            texts = [voice.say("why-near", title=title, wish=wish)]
        return Answer((Reply(" ".join(texts), (), (voice.say("similar-to-it"),)),), after)

    def _because(self, turn: Turn, variant: Variant) -> list[str]:
        voice, state = self.context.voice, turn.shopping
        title, product = variant.product.title, variant.product
        reasons = list(explain(product, variant, state.filters, ENGLISH))
        words = _shared_words(state.text, product)
        unmet = self.context.search.unmet([variant.id], state.filters)[variant.id]
        texts = []
        if reasons:
            texts.append(voice.say("why", title=title, reasons="; ".join(reasons)))
        if words:
            words = [voice.say("wish-quoted", words=word) for word in words]
            id = "why-words-too" if reasons else "why-words"
            texts.append(voice.say(id, title=title, words=words))
        if unmet:
            names = [voice.say("constraint-name", constraint=name) for name in unmet]
            texts.append(voice.say("why-not", names=names))
        return texts


def _shared_words(text: str, product: Product) -> list[str]:
    """The words of the search that the shop's own text of the product says."""
    own = f"{product.title} {product.category} {product.description}"
    said = {ENGLISH.singular(word) for word in english.content_words(own)}
    asked = dict.fromkeys(english.content_words(text))
    return [word for word in asked if ENGLISH.singular(word) in said][:_MOST_WORDS]
