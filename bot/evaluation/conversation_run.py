"""Runs conversation tests against an assistant, over the web channel."""

from dataclasses import dataclass, field
from typing import Any

from bot.chat_client import Conversation
from bot.evaluation.catalogue import Catalogue, UnknownProductError
from bot.evaluation.dialogue_test import DialogueTest
from bot.evaluation.judge import Judge, Observed
from bot.evaluation.tracker import TrackerStore


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
    test: DialogueTest, rasa_url: str, catalogue: Catalogue, trackers: TrackerStore
) -> Outcome:
    """Has the whole conversation, also after a turn that was not as expected.

    Raises:
        ChatError: the assistant does not answer.
    """
    outcome, judge = Outcome(test.name), Judge(catalogue)
    channel = Conversation(rasa_url)
    await channel.open()
    try:
        for turn in test.turns:
            try:
                said = judge.written_out(turn.say)
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
