"""Questions about shipping, returns, warranty, payment and privacy, answered from the pages."""

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.help.answers import Help, HelpAnswer, HelpDesk
from bot.voice.voice import Voice
from catalog.policies import list_policies

_MOST_TEXT = 700


class AnswerPolicy(Act):
    name = "answer_policy"
    speaks_of_products = False

    def __init__(self, context: ActionContext, desk: HelpDesk) -> None:
        super().__init__(context)
        self._desk = desk

    def known(self, turn: Turn) -> Answer | None:
        """What the pages say to it; None where they say nothing, for who isn't sure that they are
        asked at all."""
        found = self._found(turn)
        return self._told(found, turn) if found.answers or found.likely else None

    def answer(self, turn: Turn) -> Answer:
        return self._told(self._found(turn), turn)

    def _found(self, turn: Turn) -> Help:
        with self.context.sessions() as session:
            policies = list_policies(session)
        return self._desk.help(turn.text, policies)

    def _told(self, found: Help, turn: Turn) -> Answer:
        voice = self.context.voice
        if found.nearest is None:
            return Answer((Reply(voice.say("policies-missing")),))
        replies = [Reply(_quoted(voice, each)) for each in found.answers]
        if found.likely:
            replies.append(
                Reply(_quoted(voice, found.likely, "policy-likely"), (), found.suggestions)
            )
        elif found.unanswered:
            # Asked something about an order, the customer gets that question's ways instead.
            suggested = found.suggestions if turn.task is None else ()
            text = voice.say("policy-not-found", suggested=bool(suggested))
            replies.append(Reply(text, (), suggested))
        return Answer(tuple(replies))


def _quoted(voice: Voice, answer: HelpAnswer, message: str = "policy") -> str:
    text = answer.text
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT].rsplit(" ", 1)[0] + " …"
    return voice.say(message, text=text, page=answer.page, address=answer.address)
