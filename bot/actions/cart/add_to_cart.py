"""Putting products into the cart: which version, how many, and no more than there are."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.act import Act
from bot.actions.cart import cart_words, version_question, wanted
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import adding, english, versions
from bot.shopping.adding import Addition
from bot.shopping.contents import contents
from bot.shopping.state import ShoppingState
from bot.shopping.versions import Choice
from bot.voice.values import Money
from catalog.models import Variant
from catalog.products import find_variant, find_variants
from recommender.query.constraints import Constraints


class AddToCart(Act):
    name = "add_to_cart"

    def answer(self, turn: Turn) -> Answer:
        turn = _by_place(turn)
        requests = self._requests(turn)
        answer = self._added(replace(turn, text=requests[0]))
        for text in requests[1:]:
            shopping = answer.state or turn.shopping
            answer = answer.and_then(self._added(replace(turn, text=text, shopping=shopping)))
        state = answer.state or turn.shopping
        if state.cart != turn.shopping.cart:
            # "Undo that" takes back all that the turn added.
            state = replace(state, cart_before=turn.shopping.cart)
        return replace(answer, state=state)

    def _requests(self, turn: Turn) -> tuple[str, ...]:
        """One for each product with its own size or number: "the first in M, the third in S"."""
        parts = english.parts(turn.text)
        own = {(english.quantity(part), self._size(part)) for part in parts}
        is_one = len(own) < 2 or (None, ()) in own or turn.chosen is not None
        return (turn.text,) if is_one else parts

    def _size(self, text: str) -> tuple[str, ...]:
        return self.context.search.understand(text).filters.size

    def _added(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        with self.context.sessions() as session:
            found, said, waiting = self._wanted(turn, session)
            if isinstance(found, Answer):
                return found
            quantity = english.quantity(said)
            if quantity == 0:
                state = state.focused_on(found[0].id)
                return Answer((Reply(voice.say("cart-how-many")),), state)
            chosen, out, undecided = self._sorted(turn, found, waiting)
            additions = []
            for variant in chosen:
                state, addition = adding.add(state, variant, quantity or 1)
                additions.append(addition)
            texts, ways = self._told(turn, additions), cart_words.ways_on(voice)
            for variant in out:
                text, ways = self._sold_out(variant)
                texts.append(text)
                state = state.focused_on(variant.id)
            if chosen:
                items = contents(session, state.cart)
                texts.append(cart_words.total(voice, session, items, state.voucher))
                ways = (voice.say("cart-see"), *ways)
            if english.moves(said):
                gone = {each.id for each in (*found, *chosen)} if chosen else set()
                state = replace(state, saved=tuple(id for id in state.saved if id not in gone))
            if undecided:
                variant, choice = undecided[0]
                text, question = version_question.ask(voice, self.name, said, variant, choice)
                texts.append(text)
                later = tuple(each.id for each, _ in undecided[1:])
                question = replace(question, waiting=later)
                state = replace(state.focused_on(variant.id), question=question)
                ways = question.options
        return Answer((Reply(" ".join(filter(None, texts)), (), ways),), state)

    def _wanted(
        self, turn: Turn, session: Session
    ) -> tuple[tuple[Variant, ...] | Answer, str, list[Variant]]:
        """The products, the words that say how many, and the products of the next questions."""
        if (asked := version_question.answered(turn, self.name)) is not None:
            # "Size 9" answers for the product that the question was about.
            variant = find_variant(session, turn.shopping.focus or "")
            if variant is not None:
                return (variant,), asked.text, find_variants(session, asked.waiting)
        return wanted.several(self.context, session, turn, self.name), turn.text, []

    def _sorted(
        self, turn: Turn, found: Sequence[Variant], waiting: Sequence[Variant]
    ) -> tuple[list[Variant], list[Variant], list[tuple[Variant, Choice]]]:
        """The versions that can be bought, those that are sold out, and what is to be asked."""
        parsed = self.context.search.understand(turn.text).filters
        chosen, out, undecided = [], [], []
        for variant in (*found, *waiting):
            said = versions.said(variant, parsed, turn.text)
            if variant in waiting and not english.means_each(turn.text):
                said = Constraints()  # "34" was the answer for the one before
            choice = versions.choose(variant, said, _wished(turn.shopping, variant))
            if choice.variant is None:
                undecided.append((variant, choice))
            elif choice.variant.in_stock is False:
                out.append(choice.variant)
            else:
                chosen.append(choice.variant)
        return chosen, out, undecided

    def _told(self, turn: Turn, additions: Sequence[Addition]) -> list[str]:
        """What was added, and what there is to know of it."""
        voice = self.context.voice
        added = [cart_words.priced(voice, e.variant, e.added) for e in additions if e.added]
        texts = [voice.say("cart-added", items=added)] if added else []
        for each in additions:
            title, most = cart_words.product(voice, each.variant), adding.most(each.variant)
            if each.is_full:
                texts.append(voice.say("cart-full", title=title))
            elif not each.added:
                texts.append(voice.say("cart-has-all", title=title, count=most))
            elif each.is_short:
                texts.append(cart_words.no_more(voice, most))
            elif each.already:
                texts.append(voice.say("cart-now", count=each.total))
            if each.added:
                texts.append(self._new_price(turn.shopping, each.variant))
        return texts

    def _new_price(self, before: ShoppingState, variant: Variant) -> str:
        told, price = before.prices.get(variant.id), variant.price
        if told is None or price is None or told == price:
            return ""
        was, now = Money(told, variant.currency), Money(price, variant.currency)
        title = variant.product.title
        return self.context.voice.say("price-changed", title=title, was=was, now=now)

    def _sold_out(self, variant: Variant) -> tuple[str, tuple[str, ...]]:
        """That it can't be bought now, and what can be done instead."""
        voice = self.context.voice
        text = voice.say("cart-sold-out", title=cart_words.product(voice, variant))
        ways = [voice.say("notify-back"), voice.say("similar-to-it")]
        if colors := versions.in_other_colors(variant):
            text = f"{text} {voice.say('version-in-colors', colors=colors)}"
            ways.insert(0, voice.say("add-in-color", color=colors[0], size=variant.size or "none"))
        elif sizes := versions.in_other_sizes(variant):
            text = f"{text} {voice.say('version-in-sizes', sizes=sizes)}"
            ways.insert(0, voice.say("add-in-size", size=sizes[0]))
        return text, tuple(ways)


def _by_place(turn: Turn) -> Turn:
    """After "compare 1 and 3", "I'll take 3" is about the third and not about three of one."""
    number = english.number_taken(turn.text)
    if number is None or turn.shopping.act[-1:] != ("compare",):
        return turn
    return replace(turn, text=f"#{number}")


def _wished(state: ShoppingState, variant: Variant) -> Constraints:
    """The size that needs no question: that of the search, or of the one in the cart already."""
    is_in_cart = variant.id in state.cart.ids and variant.size
    return Constraints(size=(variant.size,)) if is_in_cart else state.filters
