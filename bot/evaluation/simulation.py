"""Many simulated customers, one after the other, and what came of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from statistics import mean
from typing import Any

from bot.chat_client import Conversation
from bot.evaluation.catalogue import Catalogue, Item
from bot.evaluation.customer import Customer
from bot.evaluation.facts import Memory
from bot.evaluation.judge import has_failed
from bot.evaluation.persona import Persona
from bot.evaluation.requirement import Requirement

MOST_TURNS = 6
_MOST_TOLD = 40
"""Conversations that went badly and are told in full."""


@dataclass
class Visit:
    """One customer's conversation."""

    number: int
    persona: Persona
    target: Item
    said: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    shown: int = 0
    wrong: list[str] = field(default_factory=list)
    """Cards that break what the customer had said, with what."""
    failures: int = 0
    found: bool = False
    took_ms: list[float] = field(default_factory=list)

    @property
    def turns(self) -> int:
        return len(self.said)

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "persona": self.persona.value,
            "target": self.target.title,
            "found": self.found,
            "turns": [
                {"said": said, "heard": heard}
                for said, heard in zip(self.said, self.heard, strict=True)
            ],
            "wrong": self.wrong,
            "failures": self.failures,
        }


async def visit(
    number: int, seed: int, rasa_url: str, catalogue: Catalogue, memory: Memory
) -> Visit:
    """The customer of this number, who is the same for every run of a seed.

    Raises:
        ChatError: the assistant does not answer.
    """
    random = Random(f"{seed}-{number}")  # noqa: S311  # nothing secret about a customer
    persona = list(Persona)[number % len(Persona)]
    customer = Customer(persona, random.choice(memory.targets()), memory, random)
    outcome = Visit(number, persona, customer.target)
    channel = Conversation(rasa_url)
    await channel.open()
    try:
        replies: list[dict[str, Any]] = []
        while not outcome.found and outcome.turns < MOST_TURNS:
            outcome.said.append(customer.says(replies))
            turn = await channel.say(outcome.said[-1])
            replies = turn["replies"]
            _note(outcome, turn, customer.required, catalogue)
            outcome.found = customer.sees_it(replies)
    finally:
        await channel.close()
    return outcome


def _note(
    outcome: Visit, turn: dict[str, Any], required: Requirement, catalogue: Catalogue
) -> None:
    cards = [card for reply in turn["replies"] for card in reply["products"]]
    text = "\n".join(reply["text"] for reply in turn["replies"])
    titles = " | ".join(card["title"] for card in cards)
    outcome.heard.append(f"{text} [{titles}]" if titles else text)
    outcome.took_ms.append(turn["took_ms"])
    outcome.failures += has_failed(text)
    outcome.shown += len(cards)
    if not _can_be_met(required, outcome.target, catalogue):
        return  # what comes nearest is then shown, and said to be that
    for card in cards:
        item = catalogue.items.get(card["id"])
        broken = required.broken_by(item) if item else ("existence",)
        if broken:
            outcome.wrong.append(
                f"turn {outcome.turns}: {card['title']} ({card['id']}) against {', '.join(broken)}"
            )


def _can_be_met(required: Requirement, target: Item, catalogue: Catalogue) -> bool:
    """Whether the shop has anything of the kind that is as the customer said."""
    return any(
        required.is_met_by(item)
        for item in catalogue.items.values()
        if item.category == target.category
    )


async def visits(
    count: int, seed: int, rasa_url: str, catalogue: Catalogue, on_visit: Callable[[], None]
) -> list[Visit]:
    """So many customers, each persona as often.

    Raises:
        ChatError: the assistant does not answer.
    """
    made, memory = [], Memory(catalogue)
    for number in range(count):
        made.append(await visit(number, seed, rasa_url, catalogue, memory))
        on_visit()
    return made


def report(visits: list[Visit], seed: int) -> dict[str, Any]:
    """What `aisle evaluate dialogue --runs` prints."""
    bad = [each for each in visits if not each.found or each.wrong or each.failures]
    return {
        "runs": len(visits),
        "seed": seed,
        "most_turns": MOST_TURNS,
        **_figures(visits),
        "personas": {
            persona.value: _figures([each for each in visits if each.persona is persona])
            for persona in Persona
            if any(each.persona is persona for each in visits)
        },
        "went_badly": [each.to_json() for each in bad[:_MOST_TOLD]],
    }


def _figures(visits: list[Visit]) -> dict[str, Any]:
    found = [each.turns for each in visits if each.found]
    return {
        "success": round(len(found) / len(visits), 4),
        "turns_to_success": round(mean(found), 2) if found else None,
        "shown": sum(each.shown for each in visits),
        "wrong_products": sum(len(each.wrong) for each in visits),
        "failures": sum(each.failures for each in visits),
    }
