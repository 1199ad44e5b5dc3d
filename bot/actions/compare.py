"""Products beside each other: what differs, and which one suits."""

from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions import comparison_table, meant, named, verdict
from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.shopping import english
from catalog.models import Variant
from catalog.products import find_variants

_MOST = 4
_UNNAMED = 3
"""Of those on the screen, where it is not said which."""


class Compare(Act):
    name = "compare"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        with self.context.sessions() as session:
            found = self._compared(turn, session)
            if isinstance(found, Answer):
                return found
            if len(found) < 2:
                return Answer((Reply(voice.say("compare-needs-two")),), state)
            compared = found[:_MOST]
            names = meant.labels(compared)
            table = comparison_table.table(voice, names, compared)
            said, winner = verdict.of(self.context, turn, compared, names)
            texts = [voice.say("compare-no-difference") if table is None else "", said]
            if len(found) > _MOST:
                texts.append(voice.say("compare-at-most", count=_MOST))
            state = state.having_told(compared)
        ids = tuple(each.id for each in compared)
        focus = winner.id if winner is not None else None
        ways = (voice.say("add-cheaper"),) if len({each.price for each in compared}) > 1 else ()
        reply = Reply(" ".join(filter(None, texts)), (), ways, (), table)
        return Answer((reply,), replace(state, comparison=ids, focus=focus))

    def _compared(self, turn: Turn, session: Session) -> tuple[Variant, ...] | Answer:
        """Those named; one with the one spoken of before, or with the others; else those shown."""
        state = turn.shopping
        text = english.without_judgement(turn.text)
        if english.wants_cheapest(text) and english.wants_priciest(text):
            return self._extremes(find_variants(session, state.shown))
        means_each = english.means_each(text)
        ids = state.shown if means_each else state.comparison or state.shown
        shown = tuple(find_variants(session, ids))[: _MOST + 1 if means_each else _UNNAMED]
        places = english.positions(text)
        # Of "those two", where there are three, nobody knows which.
        may_be_shown = len(shown) > 1 and not places and english.how_many(text) is None
        names_none = not english.content_words(english.comparing_words(text))
        if may_be_shown and names_none and not english.has_pronoun(text) and turn.chosen is None:
            return shown
        found = meant.several(self.context, session, replace(turn, text=text), self.name)
        if isinstance(found, Answer):
            question = found.state.question if found.state else None
            is_unclear = question is not None and question.options == state.shown
            return shown if is_unclear and may_be_shown else found
        if len(found) != 1:
            return found
        if named_too := self._named_too(text, session, found[0]):
            return (found[0], *named_too)
        on_screen = find_variants(session, state.shown)
        focused = [each for each in on_screen if each.id == state.focus]
        if english.has_pronoun(text) and focused and focused[0].id != found[0].id:
            return (focused[0], found[0])
        others = [each for each in on_screen if each.id != found[0].id]
        if len(others) == len(on_screen):
            return found
        return (found[0], *others)[:_UNNAMED]

    def _named_too(self, text: str, session: Session, one: Variant) -> list[Variant]:
        """What is named in full beside it, though it was not shown yet."""
        found = [named.find(self.context.search, part) for part in english.parts(text)]
        ids = dict.fromkeys(offer.id for offer in found if offer is not None)
        variants = find_variants(session, list(ids))
        return [each for each in variants if each.product_pk != one.product_pk]

    def _extremes(self, shown: list[Variant]) -> tuple[Variant, ...]:
        """The cheapest and the dearest."""
        priced = sorted((e for e in shown if e.price is not None), key=lambda e: e.price or 0)
        return (priced[0], priced[-1]) if len(priced) > 1 else tuple(priced)
