"""Questions about shipping, returns, warranty, payment and privacy, answered from the pages."""

from bot.actions.act import Act
from bot.actions.context import ActionContext
from bot.actions.policy_sections import Match, PolicySections
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.voice.voice import Voice
from catalog.policies import list_policies

# Below this cosine a sentence is about something else: docs/decisions/0004-unsure-searches.md
_NEAR = 0.38
_MOST_TEXT = 700
_OFFERED = 4


class AnswerPolicy(Act):
    name = "answer_policy"
    speaks_of_products = False

    def __init__(self, context: ActionContext, sections: PolicySections) -> None:
        super().__init__(context)
        self._sections = sections

    def answer(self, turn: Turn) -> Answer:
        voice = self.context.voice
        with self.context.sessions() as session:
            policies = list_policies(session)
        match = self._sections.best(turn.text, policies)
        if match is None:
            return Answer((Reply(voice.say("policies-missing")),))
        if match.score < _NEAR:
            titles = tuple(policy.title for policy in policies[:_OFFERED])
            return Answer((Reply(voice.say("policy-not-found"), (), titles),))
        return Answer((Reply(_quoted(voice, match)),))


def _quoted(voice: Voice, match: Match) -> str:
    text, section = match.text, match.section
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT].rsplit(" ", 1)[0] + " …"
    address = f"/policies/{section.slug}"
    return voice.say("policy", text=text, page=section.page, address=address)
