"""Several things within one budget: "a desk and a chair under $300 together"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from bot.actions.act import Act
from bot.actions.cart import voucher_words
from bot.actions.products import meant
from bot.actions.reply import Answer, Reply
from bot.actions.searching import bundle_words
from bot.actions.turn import Turn
from bot.shopping import english, set_edits
from bot.shopping.english import bundles as words
from bot.shopping.english import vouchers
from bot.shopping.english.set_changes import SetChange, change
from bot.shopping.state import ShoppingState
from bot.shopping.wanted_set import WantedSet, WantedThing
from catalog.models import Voucher
from catalog.pricing import Discount, PricedLine, discount, reach, subtotal, validity
from catalog.vouchers import find_voucher
from recommender import bundles
from recommender.bundles import Bundle, Candidates
from recommender.offer import Offer


class BundleThings(Act):
    name = "bundle"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        text = vouchers.without(turn.text)
        changed = change(text, state.wanted_set.words) if state.wanted_set else None
        wanted = self._changed(turn, changed) if changed else self._wanted(text)
        with self.context.sessions() as session:
            voucher, refused = self._voucher(session, turn)
            if len(wanted.things) < 2 and (
                english.has_plural_pronoun(text) or english.how_many(text)
            ):
                return self._of_those(session, turn, wanted.budget, voucher)
        if voucher is not None:
            state = replace(state, voucher=voucher.code)
        if not wanted.things or (len(wanted.things) < 2 and changed is None):
            return Answer((Reply(voice.say("bundle-of-what")),), state)
        answer = self._combined(state, wanted, voucher, changed)
        if refused:
            first, *others = answer.replies
            text = f"{refused} {first.text}"
            answer = replace(answer, replies=(replace(first, text=text), *others))
        return answer

    def _combined(
        self,
        state: ShoppingState,
        wanted: WantedSet,
        voucher: Voucher | None,
        changed: SetChange | None,
    ) -> Answer:
        voice = self.context.voice
        found = [self._found(each, wanted.limit, voucher) for each in wanted.things]
        there = [place for place, each in enumerate(found) if each.offers]
        lacking = [each.words for place, each in enumerate(wanted.things) if place not in there]
        if lacking and changed and changed.kind in ("cheaper", "another"):
            # What was chosen for it stands, and so does the rest.
            lacks = "bundle-none-cheaper" if changed.kind == "cheaper" else "bundle-no-other"
            return Answer((Reply(voice.say(lacks, things=lacking)),), state)
        text = voice.say("bundle-lacks", things=lacking) if lacking else ""
        if not there or (len(there) < 2 and changed is None):
            return Answer((Reply(text or voice.say("bundle-of-what")),), state)
        # What the shop lacks is told once.
        wanted = replace(wanted, things=tuple(wanted.things[place] for place in there))
        found = [found[place] for place in there]
        quantities = [thing.quantity for thing in wanted.things]

        def cost(offers: Sequence[Offer]) -> Decimal:
            lines = bundle_words.lines(offers, quantities)
            return subtotal(lines) - _saving(voucher, lines)

        offers: list[Sequence[Offer]] = [each.offers for each in found]
        if changed and changed.kind in ("cheaper", "another") and changed.place is not None:
            # The others stay as they are, if that fits.
            kept = _kept(offers, wanted.chosen, changed.place)
            offers = offers if bundles.best(kept, cost, wanted.limit) is None else kept
        bundle = bundles.best(offers, cost, wanted.limit)
        fits = bundle is not None
        if bundle is None and changed and changed.kind == "cheaper":
            return Answer((Reply(voice.say("bundle-is-cheapest")),), state)
        bundle = bundle or bundles.cheapest(offers, cost)
        if bundle is None:
            return Answer((Reply(voice.say("bundle-of-what")),), state)
        said = bundle_words.said(voice, bundle, quantities, wanted.budget, voucher, fits=fits)
        relaxed = [
            thing.words for thing, each in zip(wanted.things, found, strict=True) if each.relaxed
        ]
        near = voice.say("bundle-nearly", things=relaxed) if relaxed else ""
        ids = tuple(offer.id for offer in bundle.offers)
        after = replace(state.after_showing(ids), wanted_set=replace(wanted, chosen=ids))
        ways = (voice.say("add-all-to-cart"), voice.say("compare-them")) if len(ids) > 1 else ()
        reply = Reply(" ".join(filter(None, (text, said, near))), bundle.offers, ways)
        return Answer((reply,), after)

    def _of_those(
        self, session: Session, turn: Turn, budget: Decimal | None, voucher: Voucher | None
    ) -> Answer:
        """What products that were shown come to together."""
        voice = self.context.voice
        found = meant.several(self.context, session, turn, self.name)
        if isinstance(found, Answer):
            return found
        offers = tuple(Offer.of(each.product, each, score=1.0, why=()) for each in found)
        there = [offer for offer in offers if offer.price is not None]
        if not there:
            return Answer((Reply(voice.say("bundle-unpriced")),), turn.shopping)
        ones = [1] * len(there)
        lines = bundle_words.lines(there, ones)
        bundle = Bundle(tuple(there), subtotal(lines) - _saving(voucher, lines))
        fits = budget is None or bundle.total <= budget
        text = bundle_words.said(voice, bundle, ones, budget if fits else None, voucher, fits=fits)
        if not fits:
            text = voice.say("bundle-is-over", said=text)
        ways = (voice.say("add-all-to-cart"),)
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

    def _wanted(self, text: str) -> WantedSet:
        amount = words.budget(text)
        things = [words.counted(each) for each in self._whole(words.things(text))]
        return WantedSet(
            tuple(
                WantedThing(thing, quantity) for quantity, thing in things[: bundles.MOST_THINGS]
            ),
            None if amount is None else Decimal(amount),
        )

    def _changed(self, turn: Turn, changed: SetChange) -> WantedSet:
        wanted = turn.shopping.wanted_set
        with self.context.sessions() as session:
            return set_edits.applied(session, wanted, changed)

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

    def _found(
        self, thing: WantedThing, limit: Decimal | None, voucher: Voucher | None
    ) -> Candidates:
        wanted = self.context.search.understand(thing.words)
        limits = [] if limit is None else [reach(voucher, limit) / thing.quantity]
        if thing.below is not None:
            limits.append(thing.below)
        limit = min(limits, default=None)
        found = bundles.candidates(
            self.context.search,
            wanted,
            None if limit is None or limit.is_infinite() else limit,
            exclude=thing.passed,
        )
        if thing.below is None:
            return found
        # The cheapest of all are candidates too, also where the limit had to be dropped.
        below = [each for each in found.offers if each.price and each.price <= thing.below]
        return replace(found, offers=tuple(below))


def _kept(
    offers: Sequence[Sequence[Offer]], chosen: Sequence[str], but: int
) -> list[Sequence[Offer]]:
    """Of each thing only what was chosen, but for the one at the place `but`."""
    return [
        each if place == but else [offer for offer in each if offer.id == chosen[place]] or each
        for place, each in enumerate(offers)
    ]


def _saving(voucher: Voucher | None, lines: Sequence[PricedLine]) -> Decimal:
    if voucher is None:
        return Decimal(0)
    outcome = discount(voucher, lines, datetime.now(UTC))
    return outcome.amount if isinstance(outcome, Discount) else Decimal(0)
