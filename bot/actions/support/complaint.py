"""Somebody who is unhappy: an apology, and the ways to put it right."""

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.support.contact import contact, ways_to_people
from bot.actions.turn import Turn
from bot.support.english_people import tells_of_harm


class Complaint(Act):
    name = "complaint"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        ways = (voice.say("start-order-status"), voice.say("start-return"))
        text = voice.say("complaint", people=self.context.people is not None)
        if tells_of_harm(turn.text):
            text = voice.say("complaint-harm", contact=contact(self.context))
        return Answer((Reply(text, (), (*ways_to_people(self.context), *ways)),), turn.shopping)
