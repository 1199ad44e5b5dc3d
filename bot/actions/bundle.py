"""Several things within one budget: "a desk and a chair under $300 together"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.actions import meant, voucher_words
from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english
from bot.shopping.english import bundles as words
from bot.shopping.english import vouchers
from bot.shopping.state import ShoppingState
from bot.voice.values import Limit, Money
from catalog.models import Voucher
from catalog.pricing import Discount, PricedLine, Refusal, discount, subtotal, validity
from catalog.vouchers import find_voucher
from recommender import bundles
from recommender.bundles import Bundle, Candidates
from recommender.offer import Offer
from recommender.query.constraints import ParsedQuery


@dataclass(frozen=True, slots=True)
class _Thing:
    """One of the things wanted."""

    words: str
    quantity: int
    found: Candidates


class BundleThings(Act):
    name = "bundle"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        text = vouchers.without(turn.text)
        amount = words.budget(text)
        budget = None if amount is None else Decimal(amount)
        wanted = words.things(text)
        with self.context.sessions() as session:
            voucher, refused = self._voucher(session, turn)
            if len(wanted) < 2 and (english.has_plural_pronoun(text) or english.how_many(text)):
                return self._of_those(session, turn, budget, voucher)
        if voucher is not None:
            state = replace(state, voucher=voucher.code)
        if len(wanted) < 2:
            return Answer((Reply(voice.say("bundle-of-what")),), state)
        things = [self._thing(each, budget) for each in self._whole(wanted)[: bundles.MOST_THINGS]]
        answer = self._combined(state, things, budget, voucher)
        if refused:
            first, *others = answer.replies
            text = f"{refused} {first.text}"
            answer = replace(answer, replies=(replace(first, text=text), *others))
        return answer

    def _combined(
        self,
        state: ShoppingState,
        things: Sequence[_Thing],
        budget: Decimal | None,
        voucher: Voucher | None,
    ) -> Answer:
        voice = self.context.voice
        there = [each for each in things if each.found.offers]
        lacking = [each.words for each in things if not each.found.offers]
        text = voice.say("bundle-lacks", things=lacking) if lacking else ""
        if len(there) < 2:
            return Answer((Reply(text or voice.say("bundle-of-what")),), state)
        quantities = [each.quantity for each in there]

        def cost(offers: Sequence[Offer]) -> Decimal:
            lines = _lines(offers, quantities)
            return subtotal(lines) - _saving(voucher, lines)

        offers = [each.found.offers for each in there]
        bundle = bundles.best(offers, cost, budget)
        fits = bundle is not None
        bundle = bundle or bundles.cheapest(offers, cost)
        if bundle is None:
            return Answer((Reply(voice.say("bundle-of-what")),), state)
        said = self._said(bundle, quantities, budget, voucher, fits=fits)
        relaxed = [each.words for each in there if each.found.relaxed]
        near = voice.say("bundle-nearly", things=relaxed) if relaxed else ""
        after = state.after_showing([each.id for each in bundle.offers])
        ways = (voice.say("add-all-to-cart"), voice.say("compare-them"))
        reply = Reply(" ".join(filter(None, (text, said, near))), bundle.offers, ways)
        return Answer((reply,), after)

    def _said(
        self,
        bundle: Bundle,
        quantities: Sequence[int],
        budget: Decimal | None,
        voucher: Voucher | None,
        *,
        fits: bool,
    ) -> str:
        voice, currency = self.context.voice, bundle.offers[0].currency
        lines = _lines(bundle.offers, quantities)
        some = [
            voice.say(
                "bundle-some",
                quantity=quantity,
                title=offer.title,
                price=Money(line.total, currency),
            )
            for offer, quantity, line in zip(bundle.offers, quantities, lines, strict=True)
        ]
        total = Money(bundle.total, currency)
        if budget is None:
            said = voice.say("bundle-found", some=some, total=total)
        elif fits:
            said = voice.say(
                "bundle-fits",
                some=some,
                total=total,
                budget=Limit(budget, currency),
                left=Money(budget - bundle.total, currency),
            )
        else:
            said = voice.say(
                "bundle-over",
                some=some,
                total=total,
                budget=Limit(budget, currency),
                over=Money(bundle.total - budget, currency),
            )
        if voucher is None:
            return said
        outcome = discount(voucher, lines, datetime.now(UTC))
        if isinstance(outcome, Refusal):
            why = voucher_words.refused(voice, voucher.code, voucher, outcome, currency)
            return f"{said} {why}"
        saving = Money(outcome.amount, currency)
        return f"{said} {voice.say('bundle-saves', code=voucher.code, saving=saving)}"

    def _of_those(
        self, session: Session, turn: Turn, budget: Decimal | None, voucher: Voucher | None
    ) -> Answer:
        """What products that were shown come to together."""
        found = meant.several(self.context, session, turn, self.name)
        if isinstance(found, Answer):
            return found
        offers = tuple(Offer.of(each.product, each, score=1.0, why=()) for each in found)
        there = [offer for offer in offers if offer.price is not None]
        if not there:
            return Answer((Reply(self.context.voice.say("bundle-unpriced")),), turn.shopping)
        ones = [1] * len(there)
        lines = _lines(there, ones)
        bundle = Bundle(tuple(there), subtotal(lines) - _saving(voucher, lines))
        fits = budget is None or bundle.total <= budget
        text = self._said(bundle, ones, budget if fits else None, voucher, fits=fits)
        if not fits:
            text = self.context.voice.say("bundle-is-over", said=text)
        ways = (self.context.voice.say("add-all-to-cart"),)
        return Answer((Reply(text, (), ways),), turn.shopping.having_told(found))

    def _voucher(self, session: Session, turn: Turn) -> tuple[Voucher | None, str]:
        """The voucher that is said, or kept; and why one that is said does not count."""
        said = vouchers.code(turn.text)
        code = said or turn.shopping.voucher
        if code is None:
            return None, ""
        voucher = find_voucher(session, code)
        refusal = validity(voucher, datetime.now(UTC))
        if refusal is None:
            return voucher, ""
        if said is None:
            return None, ""
        return None, voucher_words.refused(self.context.voice, said, voucher, refusal, "")

    def _whole(self, parts: Sequence[str]) -> list[str]:
        """The things, where "black and white chair" is one."""
        whole: list[str] = []
        lead = ""
        for part in parts:
            parsed = self.context.search.understand(part)
            part = f"{lead} and {part}" if lead else part
            lead = "" if parsed.text else part
            if parsed.text:
                whole.append(part)
        return whole

    def _thing(self, said: str, budget: Decimal | None) -> _Thing:
        quantity, thing = words.counted(said)
        wanted: ParsedQuery = self.context.search.understand(thing)
        each = None if budget is None else budget / quantity
        return _Thing(thing, quantity, bundles.candidates(self.context.search, wanted, each))


def _lines(offers: Sequence[Offer], quantities: Sequence[int]) -> list[PricedLine]:
    return [
        PricedLine(offer.price or Decimal(0), quantity, offer.brand, offer.currency)
        for offer, quantity in zip(offers, quantities, strict=True)
    ]


def _saving(voucher: Voucher | None, lines: Sequence[PricedLine]) -> Decimal:
    if voucher is None:
        return Decimal(0)
    outcome = discount(voucher, lines, datetime.now(UTC))
    return outcome.amount if isinstance(outcome, Discount) else Decimal(0)
