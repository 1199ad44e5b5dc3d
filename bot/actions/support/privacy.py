"""What is kept of a customer, and who is signed in."""

from datetime import UTC, datetime

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.support.contact import quoted
from bot.actions.turn import Turn
from bot.support.english_identity import WHO_ERASES_DATA
from bot.support.task import SLOT


class DeleteConversation(Act):
    """Says where it is done: by the customer's own hand, with a question whether they are sure."""

    name = "delete_conversation"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        return Answer((Reply(self.context.voice.say("delete-conversation")),))


class PersonalData(Act):
    """Says who shows and erases it: the shop's people, who make sure whose it is."""

    name = "personal_data"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        page = quoted(self.context, WHO_ERASES_DATA) or voice.say("contact-unknown")
        return Answer((Reply(f"{voice.say('personal-data')}\n\n{page}"),))


class SignOut(Act):
    """Forgets who speaks from this device."""

    name = "sign_out"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        identities, now = self.context.identities, datetime.now(UTC)
        was_known = identities.revoke(turn.conversation, turn.device, now)
        if self.context.continuing is not None:
            # Or a messaging channel's sender would be known again at the next question.
            was_known |= self.context.continuing.forget(turn.conversation)
        text = self.context.voice.say("signed-out", known=was_known)
        return Answer((Reply(text),), turn.shopping, {SLOT: None})
