"""Products beside each other: what differs, and which one suits."""

from dataclasses import replace

from bot.actions.act import Act
from bot.actions.products import compared, comparison_table, meant, verdict
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn


class Compare(Act):
    name = "compare"

    def answer(self, turn: Turn) -> Answer:
        voice, state = self.context.voice, turn.shopping
        with self.context.sessions() as session:
            found = compared.several(self.context, session, turn, self.name)
            if isinstance(found, Answer):
                return found
            if len(found) < 2:
                return Answer((Reply(voice.say("compare-needs-two")),), state)
            some = found[: compared.MOST]
            names = meant.labels(some)
            table = comparison_table.table(voice, names, some)
            said, winner = verdict.of(self.context, turn, some, names)
            texts = [voice.say("compare-no-difference") if table is None else "", said]
            if len(found) > len(some):
                texts.append(voice.say("compare-at-most", count=len(some)))
            state = state.having_told(some)
        ids = tuple(each.id for each in some)
        focus = winner.id if winner is not None else None
        ways = (voice.say("add-cheaper"),) if len({each.price for each in some}) > 1 else ()
        reply = Reply(" ".join(filter(None, texts)), (), ways, (), table)
        return Answer((reply,), replace(state, comparison=ids, focus=focus))
