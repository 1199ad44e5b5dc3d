"""Questions about shipping, returns, warranty, payment and privacy, answered from the pages."""

from bot.actions.context import ActionContext
from bot.actions.policy_sections import Match, PolicySections
from bot.actions.reply import Answer, Reply
from bot.actions.shop_action import ShopAction
from bot.actions.turn import Turn
from catalog.policies import list_policies

# Below this cosine a sentence is about something else: docs/decisions/0004-unsure-searches.md
_NEAR = 0.38
_MOST_TEXT = 700
_OFFERED = 4


class AnswerPolicy(ShopAction):
    action_name = "action_answer_policy"

    def __init__(self, context: ActionContext, sections: PolicySections) -> None:
        super().__init__(context)
        self._sections = sections

    def answer(self, turn: Turn) -> Answer:
        with self.context.sessions() as session:
            policies = list_policies(session)
        match = self._sections.best(turn.text, policies)
        if match is None:
            return Answer((Reply("This shop hasn't published its policies here yet."),))
        if match.score < _NEAR:
            titles = tuple(policy.title for policy in policies[:_OFFERED])
            text = "I couldn't find that in the shop's policies. These pages are there:"
            return Answer((Reply(text, (), titles),))
        return Answer((Reply(_quoted(match)),))


def _quoted(match: Match) -> str:
    text, section = match.text, match.section
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT].rsplit(" ", 1)[0] + " …"
    return f"{text}\nMore on our page “{section.page}”: /policies/{section.slug}"
