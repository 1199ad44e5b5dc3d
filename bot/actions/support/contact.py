"""How the shop's people are reached, in the words of its own pages."""

from collections.abc import Sequence

from bot.actions.context import ActionContext
from bot.support.english_identity import HOW_TO_REACH_PEOPLE
from catalog.policies import list_policies


def contact(context: ActionContext) -> str:
    """Telephone, hours and mail, as the pages have them; without pages, what `shop.toml` names."""
    return quoted(context, HOW_TO_REACH_PEOPLE) or context.voice.say("contact-unknown")


def ways_to_people(context: ActionContext) -> tuple[str, ...]:
    """The quick reply that leads to a person, or to how the shop's people are reached."""
    has_desk = context.people is not None
    return (context.voice.say("talk-to-person" if has_desk else "contact-hours"),)


def quoted(context: ActionContext, questions: Sequence[str]) -> str:
    """What the help pages say to these, with the address of the last; empty where they say nothing
    for sure."""
    if context.help is None:
        return ""
    with context.sessions() as session:
        policies = list_policies(session)
    found = [context.help.help(each, policies).answers for each in questions]
    answers = [answer for each in found for answer in each]
    if not answers:
        return ""
    text = "\n\n".join(dict.fromkeys(each.text for each in answers))
    return context.voice.say(
        "policy", text=text, page=answers[-1].page, address=answers[-1].address
    )
