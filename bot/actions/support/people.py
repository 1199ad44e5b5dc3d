"""When a conversation goes to the shop's people, or is with them, without being asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.support.talk_to_person import handed_over
from bot.actions.turn import Turn
from bot.desk.ticket import Reason
from bot.support.english_people import declines_a_person
from bot.support.task import SLOT

_PERSON = "talk_to_person"
_COMPLAINT = "complaint"
_OFFERED_AFTER, _HANDED_OVER_AFTER = 2, 3
"""Turns in a row in which the assistant understood nothing."""
_PAUSE_SECONDS = 120.0


def with_people(context: ActionContext, turn: Turn, answer: Answer) -> Answer:
    """Gives the conversation to a person where an upset customer complains, or was not understood
    three times; offers one to who only sounds upset, after two, and where nobody is at the desk.

    Few messages are upset, so many that sound so are not: "go back".
    """
    people, state = context.people, answer.state
    if people is None or not answer.replies or state is None or _PERSON in state.act:
        return answer
    is_upset = people.is_upset(turn.text) and not declines_a_person(turn.text)
    *before, last = answer.replies
    complains = is_upset and _COMPLAINT in state.act
    if people.back_at() is None and (complains or state.failures >= _HANDED_OVER_AFTER):
        reason = Reason.UPSET if complains else Reason.FAILED_TWICE
        reply = handed_over(context, people, turn, reason)
        said = [replace(each, quick_replies=()) for each in answer.replies if complains]
        slots = {**(answer.slots or {}), SLOT: None}
        after = replace(state, failures=0)
        return replace(answer, replies=(*said, reply), slots=slots, state=after)
    if not is_upset and state.failures < _OFFERED_AFTER:
        return answer
    way = context.voice.say("talk-to-person")
    if way not in last.quick_replies:
        last = replace(last, quick_replies=(way, *last.quick_replies))
    return replace(answer, replies=(*before, last))


def is_to_be_told(note: str, events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether who writes to a person should hear once that a person has it: after a pause, or when
    something is asked."""
    for event in reversed(events):
        if event.get("event") == "action" and event.get("name") == f"action_{_PERSON}":
            break
        if event.get("event") == "bot" and event.get("text") == note:
            return False
    said = [each for each in events if each.get("event") in ("user", "bot") and each.get("text")]
    if not said:
        return False
    *earlier, latest = said
    if str(latest["text"]).rstrip().endswith("?"):
        return True
    waited = _time(latest) - _time(earlier[-1]) if earlier else 0.0
    return waited >= _PAUSE_SECONDS


def _time(event: Mapping[str, Any]) -> float:
    return float(event.get("timestamp") or 0.0)
