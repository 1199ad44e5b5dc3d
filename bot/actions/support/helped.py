"""Whether it helped: one tap, and one line for who wants to say more."""

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.support.contact import ways_to_people
from bot.actions.turn import Turn
from bot.desk.satisfaction import DOWN, UP, comment_on, rate
from bot.redaction import redact
from bot.support import english
from bot.support.task import SLOT, Task
from catalog.models import SupportKind


class Helped(Act):
    name = "helped"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        if turn.goes_on and turn.task is not None:
            if not english.leaves(turn.text):
                id = int(turn.task.details["id"])
                with self.context.sessions.begin() as session:
                    comment_on(session, id, turn.text, redact=redact)
            return Answer((Reply(voice.say("helped-thanks")),), turn.shopping, {SLOT: None})
        is_happy = turn.text.strip() == voice.say("helped-yes")
        topic = next(iter(turn.shopping.act), "")
        with self.context.sessions.begin() as session:
            given = rate(
                session,
                turn.conversation,
                UP if is_happy else DOWN,
                kind=SupportKind.ASSISTANT,
                topic=topic,
                redact=redact,
            )
            session.flush()
            id = given.id
        if is_happy:
            return Answer((Reply(voice.say("helped-thanks")),), turn.shopping, {SLOT: None})
        question = voice.say("helped-why")
        ways = (*ways_to_people(self.context), voice.say("never-mind"))
        task = Task(self.name, "comment", question, ways[1:], details={"id": str(id)})
        return Answer((Reply(question, (), ways),), turn.shopping, {SLOT: task.to_slot()})
