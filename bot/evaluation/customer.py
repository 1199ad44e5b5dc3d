"""A simulated customer: knows what they want, sees what the assistant shows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.evaluation.catalogue import Item
from bot.evaluation.english import CORRECTIONS, IN_OTHER_WORDS, MORE, OPENINGS, asking
from bot.evaluation.facts import Fact, Field, Memory
from bot.evaluation.persona import Persona
from bot.evaluation.requirement import Requirement

_CHANGEABLE: tuple[Field, ...] = ("color", "price_max", "brand")
_WEIGHTS: dict[Field, float] = {
    "detail": 3,
    "color": 3,
    "price_max": 2,
    "says": 2,
    "gender": 2,
    "brand": 1.5,
    "size": 1,
    "material": 1,
}
"""What people narrow by, the likelier first."""
_PAGES_ON = 0.25
"""How often somebody looks at the next page of several rather than saying more."""
_ANSWERS = 0.7
"""How often a question under the cards is answered; one without cards always is, if it can be."""
_TWO_AT_ONCE = 0.3
_TURN_OF_CHANGE = 2


@dataclass
class Customer:
    """Their side of one conversation."""

    persona: Persona
    target: Item
    memory: Memory
    random: Random
    stated: dict[Field, str] = field(default_factory=dict)
    """The constraints said so far, as they hold now."""
    _unsaid: list[Fact] = field(init=False)
    _correction: Fact | None = None
    _turn: int = 0

    def __post_init__(self) -> None:
        self.kind = self.memory.kind(self.target)
        self._unsaid = self.memory.facts(self.target)

    def sees_it(self, replies: Sequence[dict[str, Any]]) -> bool:
        """Whether the product is on the screen: by what its card says."""
        return any(
            card["title"] == self.target.title
            for reply in replies
            for card in reply.get("products") or ()
        )

    @property
    def required(self) -> Requirement:
        """What no card may break from now on."""
        return Requirement.model_validate(
            {name: value for name, value in self.stated.items() if name != "detail"}
        )

    def says(self, replies: Sequence[dict[str, Any]]) -> str:
        """The next message, after what the assistant said last; at first that is nothing."""
        self._turn += 1
        cards = [card for reply in replies for card in reply.get("products") or ()]
        answers = not cards or self.random.random() < _ANSWERS
        if answers and self._correction is None and (tapped := self._tapped(replies)):
            return tapped  # and nothing is misspelt
        return self.persona.typed(self._sentence(replies, cards), self.random)

    def _sentence(self, replies: Sequence[dict[str, Any]], cards: Sequence[dict[str, Any]]) -> str:
        if self._turn == 1:
            return self._opening()
        if self._correction is not None:
            return self._corrected(self._correction)
        buttons = [button for reply in replies for button in reply.get("buttons") or ()]
        if len(cards) > 1 and len(buttons) > 1 and self.random.random() < _PAGES_ON:
            return self._pick(MORE[self.persona.manner])
        if self.persona is Persona.CHANGING and (wrong := self._wrong_wish()):
            return wrong
        if self._unsaid:
            return self._narrowed()
        if cards:
            return self._pick(MORE[self.persona.manner])
        return self._said_anew()

    def _said_anew(self) -> str:
        """Everything in one sentence; what it leaves out is wished no longer."""
        self.stated = {
            name: value for name, value in self.stated.items() if name in ("color", "detail")
        }
        words = " ".join((*self.stated.values(), self.kind))
        return self._pick(IN_OTHER_WORDS[self.persona.manner]).format(words=words)

    def _opening(self) -> str:
        kind = self.kind
        details = [fact for fact in self._unsaid if fact.field in ("detail", "gender", "color")]
        if details and self.random.random() < _TWO_AT_ONCE:
            fact = self.random.choice(details)
            self._state(fact)
            kind = f"{kind} for {fact.value}" if fact.field == "gender" else f"{fact.value} {kind}"
        return self._pick(OPENINGS[self.persona.manner]).format(kind=kind)

    def _narrowed(self) -> str:
        fact = self._next_fact()
        sentence = self._asked(fact)
        if self.persona is Persona.CHATTY and self._unsaid and self.random.random() < _TWO_AT_ONCE:
            sentence = f"{sentence}. {self._asked(self._next_fact())}"
        return sentence

    def _wrong_wish(self) -> str | None:
        """Something they will think better of in the next turn, once."""
        wrong: list[tuple[Fact, str]] = []
        for fact in self._unsaid:
            is_due = self._turn == _TURN_OF_CHANGE and fact.field in _CHANGEABLE
            if is_due and (others := self.memory.others(self.target, fact.field)):
                wrong.append((fact, self.random.choice(others)))
        if not wrong:
            return None
        right, value = self.random.choice(wrong)
        self._correction = right
        return self._asked(Fact(right.field, value))

    def _corrected(self, fact: Fact) -> str:
        self._correction = None
        self._state(fact)
        return self._pick(CORRECTIONS[fact.field]).format(value=fact.value)

    def _tapped(self, replies: Sequence[dict[str, Any]]) -> str | None:
        """A quick reply that is true of the product, to a question of the assistant."""
        for reply in replies:
            if "?" not in reply["text"]:
                continue
            for button in reply.get("buttons") or ():
                for fact in self._unsaid:
                    if (value := self._answered(fact, button["title"].lower())) is not None:
                        self._state(fact)
                        self.stated[fact.field] = value
                        return str(button["payload"])
        return None

    def _answered(self, fact: Fact, title: str) -> str | None:
        """The value that the quick reply gives to the fact's field; None if that is not true.

        Of "In organic cotton" all must be true, not the cotton alone.
        """
        said = title.removeprefix("in ").removeprefix("for ").removeprefix("size ")
        if fact.field == "material":
            is_true = fact.value in said and said in self.target.material.lower()
            return said if is_true else None
        return fact.value if said == fact.value.lower() else None

    def _next_fact(self) -> Fact:
        weights = [_WEIGHTS[fact.field] for fact in self._unsaid]
        return self.random.choices(self._unsaid, weights)[0]

    def _asked(self, fact: Fact) -> str:
        self._state(fact)
        sentence = self._pick(asking(fact.field, fact.value, self.persona.manner))
        return sentence.format(value=fact.value)

    def _state(self, fact: Fact) -> None:
        if fact in self._unsaid:
            self._unsaid.remove(fact)
        self.stated[fact.field] = fact.value

    def _pick(self, sentences: Sequence[str]) -> str:
        return self.random.choice(sentences)
