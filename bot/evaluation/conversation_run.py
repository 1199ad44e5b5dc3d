"""Runs conversation tests against an assistant, over the web channel."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.chat_client import Conversation
from bot.evaluation.catalogue import Catalogue, UnknownProductError
from bot.evaluation.demo_mail import Mailbox
from bot.evaluation.dialogue_test import DialogueTest
from bot.evaluation.judge import Judge, Observed
from bot.evaluation.tracker import TrackerStore

_CODE = "{code}"
SignIn = Callable[[str], str]
"""The token that the shop's site would sign for the customer of an address."""


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    said: str
    problems: tuple[str, ...]
    took_ms: float

    def to_json(self) -> dict[str, Any]:
        return {"said": self.said, "problems": list(self.problems), "took_ms": self.took_ms}


@dataclass
class Outcome:
    """One test, as it went."""

    name: str
    turns: list[TurnOutcome] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not any(turn.problems for turn in self.turns)

    @property
    def problems(self) -> list[str]:
        """Every problem with the turn it came in."""
        return [
            f"turn {number}, {turn.said!r}: {problem}"
            for number, turn in enumerate(self.turns, start=1)
            for problem in turn.problems
        ]


async def run(
    test: DialogueTest,
    rasa_url: str,
    catalogue: Catalogue,
    trackers: TrackerStore,
    mailbox: Mailbox,
    sign_in: SignIn,
) -> Outcome:
    """Has the whole conversation, also after a turn that was not as expected.

    `{code}` in what the customer says is the code of the latest mail.

    Raises:
        ChatError: the assistant does not answer.
    """
    outcome, judge = Outcome(test.name), Judge(catalogue)
    channel = Conversation(rasa_url, takes_files=test.takes_files)
    await channel.open()
    mailbox.mark()
    try:
        if test.signed_in:
            await channel.identify(sign_in(test.signed_in))
        for turn in test.turns:
            try:
                words = turn.say
                if _CODE in words:
                    words = words.replace(_CODE, await mailbox.next_code())
                said = judge.written_out(words)
                heard = await channel.say(said)
                observed = Observed(heard, trackers.shopping(channel.token))
                problems = judge.problems(observed, turn.expect)
            except UnknownProductError as error:
                outcome.turns.append(TurnOutcome(turn.say, (str(error),), 0.0))
                break
            outcome.turns.append(TurnOutcome(said, tuple(problems), heard["took_ms"]))
    finally:
        await channel.close()
    return outcome
