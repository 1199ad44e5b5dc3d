"""A person, where the shop has people who answer chats; else how they are reached."""

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.open_question import asked
from bot.actions.reply import Answer, Reply
from bot.actions.support.contact import contact
from bot.actions.turn import Turn
from bot.desk.ticket import Reason
from bot.support.english_people import declines_a_person
from bot.support.handing_over import People
from bot.support.task import SLOT

_FAILURES = 2


class TalkToPerson(Act):
    name = "talk_to_person"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        voice, people = self.context.voice, self.context.people
        if declines_a_person(turn.text):
            return _gone_on(turn, voice.say("person-declined"))
        if people is None:
            text = f"{voice.say('person-elsewhere')}\n\n{contact(self.context)}"
            return Answer((Reply(text),), turn.shopping)
        reply = handed_over(self.context, people, turn, _reason(turn))
        return Answer((reply,), turn.shopping, {SLOT: None})


def handed_over(context: ActionContext, people: People, turn: Turn, reason: Reason) -> Reply:
    """What is said to a customer whose conversation a person gets."""
    people.take_over(turn.conversation, turn.device, reason, turn.shopping, turn.events)
    voice, back = context.voice, people.back_at()
    said = voice.say("person-coming") if back is None else voice.say("person-later", back=back)
    return Reply(said, (), (voice.say("person-back"),))


def _gone_on(turn: Turn, text: str) -> Answer:
    """With what was asked before, if anything was."""
    if turn.task is None:
        return Answer((Reply(text),), turn.shopping)
    return Answer((Reply(text), asked(turn.task)), turn.shopping, {SLOT: turn.task.to_slot()})


def _reason(turn: Turn) -> Reason:
    if "complaint" in turn.shopping.act:
        return Reason.UPSET
    return Reason.FAILED_TWICE if turn.shopping.failures >= _FAILURES else Reason.ASKED
