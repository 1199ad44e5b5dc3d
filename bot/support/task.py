"""Something that a customer wants done with an order, and what they were asked for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

SLOT = "support"


@dataclass(frozen=True, slots=True)
class Task:
    act: str
    """Whose it is, and who goes on with the answer."""
    step: str = ""
    """What was asked last; what may answer it says `bot.support.steps`."""
    question: str = ""
    """In the words it was asked in, to ask again after a question in between."""
    ways: tuple[str, ...] = ()
    """The quick replies under it."""
    number: str = ""
    """The order's, as the customer wrote it."""
    email: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    """What else was said, by the step that asked for it."""
    said: str = ""
    """The words that ask for it, where it waits its turn."""
    later: tuple["Task", ...] = ()
    """What else the customer wants, one after the other, once this is done."""

    def with_detail(self, name: str, value: str) -> "Task":
        return replace(self, details={**self.details, name: value})

    @property
    def waits(self) -> bool:
        """Whether nothing has been asked or done yet."""
        return not self.step

    def and_then(self, later: Sequence["Task"]) -> "Task":
        return replace(self, later=(*self.later, *later))

    def next(self) -> "Task | None":
        """What comes once this is done."""
        if not self.later:
            return None
        first, *others = self.later
        return first.and_then(others)

    def to_slot(self) -> dict[str, Any]:
        return {
            "act": self.act,
            "step": self.step,
            "question": self.question,
            "ways": list(self.ways),
            "number": self.number,
            "email": self.email,
            "details": dict(self.details),
            "said": self.said,
            "later": [each.to_slot() for each in self.later],
        }

    @classmethod
    def from_slot(cls, value: object) -> "Task | None":
        """The inverse of `to_slot`; None where there is none, or one that can't be read."""
        if not isinstance(value, Mapping) or not isinstance(value.get("act"), str):
            return None
        details = value.get("details")
        ways = value.get("ways")
        later = value.get("later")
        return cls(
            act=value["act"],
            step=str(value.get("step") or ""),
            question=str(value.get("question") or ""),
            ways=tuple(map(str, ways)) if isinstance(ways, list) else (),
            number=str(value.get("number") or ""),
            email=str(value.get("email") or ""),
            details=(
                {str(name): str(each) for name, each in details.items()}
                if isinstance(details, Mapping)
                else {}
            ),
            said=str(value.get("said") or ""),
            later=tuple(
                task
                for each in (later if isinstance(later, list) else ())
                if (task := cls.from_slot(each)) is not None
            ),
        )
