"""The last look at an answer: what it says of products is compared with the catalogue.

It reads the text as the customer will, and trusts no act: a price must be one of the product that
the sentence names, an amount one that the customer said or that the cart and the cards add up to, a
name one of the catalogue, and what is in stock or left so at this moment. A reply that fails is
replaced by a sentence that claims nothing, and logged.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.reply import Answer, Reply
from bot.checking import amounts
from bot.shopping.english import claims, quantity
from bot.shopping.state import ShoppingState
from bot.voice.voice import Voice
from catalog.models import Policy, Product, Variant, Voucher
from catalog.products import find_variants
from recommender.offer import Offer

logger = logging.getLogger(__name__)


class Checker:
    """Checks the answers of one shop. Thread-safe."""

    def __init__(self, sessions: sessionmaker[Session], voice: Voice) -> None:
        self._sessions = sessions
        self._voice = voice

    def checked(self, text: str, before: ShoppingState, answer: Answer) -> Answer:
        """The answer with its cards as the catalogue has them now, and nothing untrue in it.

        Args:
            text: What the customer said.
            before: The state before the turn.
        """
        if not answer.replies:
            return answer
        after = answer.state or before
        offered = [offer.id for reply in answer.replies for offer in reply.offers]
        ids = list(dict.fromkeys([*offered, *after.known, *before.known]))
        with self._sessions() as session:
            known = find_variants(session, ids, with_versions=True)
            replies = tuple(
                self._reply(reply, _Facts(session, text, before, after, known, reply, self._voice))
                for reply in answer.replies
            )
        return replace(answer, replies=replies)

    def _reply(self, reply: Reply, facts: "_Facts") -> Reply:
        offers = facts.offers_as_now()
        reply = replace(reply, offers=offers)
        wrong = facts.wrong_in(reply.text) or _wrong_in_table(reply, facts)
        if not wrong:
            return reply
        logger.error("Blocked a reply, for it says %s: %r", wrong, reply.text)
        id = "rather-not-guess" if not offers else "see-for-yourself"
        return replace(reply, text=self._voice.say(id), table=None)


class _Facts:
    """What may be said in one reply."""

    def __init__(
        self,
        session: Session,
        heard: str,
        before: ShoppingState,
        after: ShoppingState,
        known: Sequence[Variant],
        reply: Reply,
        voice: Voice,
    ) -> None:
        self._session = session
        self._heard = heard
        self._before, self._after = before, after
        self._known, self._offers = known, reply.offers
        self._by_id = {each.id: each for each in known}
        self._shown = [self._by_id[e.id] for e in reply.offers if e.id in self._by_id]
        self._voice = voice
        self._customer = amounts.of_customer(heard, before) | amounts.of_customer("", after)
        carts = [line.quantity for state in (before, after) for line in state.cart.lines]
        sets = [thing.quantity for state in (before, after) for thing in state.wanted_set.things]
        self._quantities = {1, *carts, *sets, quantity(heard) or 1}
        self._computed: set[Decimal] | None = None

    def offers_as_now(self) -> tuple[Offer, ...]:
        """The cards as the catalogue has them at this moment; without those that it has no more."""
        now = []
        for offer in self._offers:
            variant = self._by_id.get(offer.id)
            if variant is None:
                logger.error("Left out a card of %s, which the catalogue does not have", offer.id)
                continue
            told = (offer.title, offer.price, offer.in_stock)
            if told != (variant.product.title, variant.price, variant.in_stock):
                offer = Offer.of(variant.product, variant, offer.score, ())
            now.append(offer)
        return tuple(now)

    def wrong_in(self, text: str) -> str:
        """What is wrong in a text, for the log; empty if nothing is."""
        spoken_of: list[Variant] = []
        for sentence in claims.sentences(text):
            named = self._named(sentence)
            spoken_of = named or spoken_of
            wrong = (
                self._wrong_amount(sentence, named, spoken_of)
                or _wrong_stock(sentence, spoken_of)
                or self._wrong_name(sentence)
            )
            if wrong:
                return wrong
        return ""

    def _named(self, sentence: str) -> list[Variant]:
        """The products whose title stands in a sentence."""
        return [each for each in self._known if each.product.title in sentence]

    def _wrong_amount(
        self, sentence: str, named: Sequence[Variant], spoken_of: Sequence[Variant]
    ) -> str:
        # What stands in quotation marks are the customer's words, or words to say.
        for amount in amounts.said(claims.without_quotes(sentence)):
            products = named or self._known
            prices = {
                price for each in products for price in amounts.of_product(each, self._before)
            }
            if amount in prices or amount in self._customer:
                continue
            if amount in amounts.multiples(prices, self._quantities):
                continue
            if amount in self._sums() or (spoken_of and amount in self._sums_of(spoken_of)):
                continue
            if not named and (self._is_a_price(amount) or self._is_in_a_text(amount)):
                continue
            if named and any(str(amount) in each.product.description for each in named):
                continue
            return f"the amount {amount}"
        return ""

    def _sums(self) -> set[Decimal]:
        if self._computed is None:
            self._computed = self._sums_of(self._shown)
        return self._computed

    def _sums_of(self, products: Sequence[Variant]) -> set[Decimal]:
        """What the cart and these products come to, before the turn and after it."""
        states = (self._before, self._after)
        return set().union(
            *(amounts.computed(self._session, each, products, self._customer) for each in states)
        )

    def _is_a_price(self, amount: Decimal) -> bool:
        """Whether anything costs so much: "the least is $64"."""
        return self._there_is(Variant.price.in_((amount, amount - Decimal("0.01"))))

    def _is_in_a_text(self, amount: Decimal) -> bool:
        """Whether the shop's own policies or vouchers say it."""
        written = f"{amount:f}".removesuffix(".00")
        policies = self._session.scalars(select(Policy.body)).all()
        if any(written in body for body in policies):
            return True
        # All of them: what is left unread of a result stays open in SQLite's connection.
        terms = self._session.execute(select(Voucher.value, Voucher.threshold, Voucher.cap)).all()
        return any(amount in row for row in terms)

    def _wrong_name(self, sentence: str) -> str:
        """A name that nothing in the catalogue has."""
        for name in claims.names(sentence):
            if not self._is_known_name(name):
                return f"the name {name!r}"
        return ""

    def _is_known_name(self, name: str) -> bool:
        texts = [self._heard, self._before.text, self._after.text, self._voice.shop.name]
        texts += [self._voice.shop.assistant_name, *self._known_texts()]
        if any(name.casefold() in each.casefold() for each in texts):
            return True
        written = (
            (Product.title, Product.brand, Product.category, Product.material, Product.description),
            (Policy.title, Policy.body),
        )
        return any(
            self._there_is(or_(*(each.icontains(name, autoescape=True) for each in columns)))
            for columns in written
        )

    def _there_is(self, condition: ColumnElement[bool]) -> bool:
        return self._session.scalar(select(exists().where(condition))) is True

    def _known_texts(self) -> Iterable[str]:
        for each in self._known:
            product = each.product
            attributes = each.all_attributes
            yield f"{product.title} {product.brand} {product.category} {product.description}"
            yield " ".join((each.color, each.size, *attributes, *map(str, attributes.values())))


def _wrong_stock(sentence: str, products: Sequence[Variant]) -> str:
    """A claim on stock that no version of the products bears out."""
    versions = [version for each in products for version in each.product.variants]
    if not versions:
        return ""
    left = claims.how_many_left(sentence)
    if left is not None and left not in {each.stock for each in versions}:
        return f"that {left} are left"
    if claims.claims_in_stock(sentence) and not any(each.in_stock for each in versions):
        return "that it is in stock"
    sold_out = any(each.in_stock is False for each in versions)
    if claims.claims_out_of_stock(sentence) and not sold_out:
        return "that it is out of stock"
    return ""


def _wrong_in_table(reply: Reply, facts: _Facts) -> str:
    if reply.table is None:
        return ""
    texts = [*reply.table.columns, *(v for _, values in reply.table.rows for v in values)]
    return next((wrong for text in texts if (wrong := facts.wrong_in(text))), "")
