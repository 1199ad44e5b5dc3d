"""What the assistant has asked, and waits to hear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["which", "choose", "offer", "code", "email"]
_KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Question:
    """An open question. Whoever says something else instead is not held to it."""

    kind: Kind
    """`which` of some products is meant; `choose` one of some wishes; `offer` of an act, to be
    taken or left; the `code` of a voucher; an `email` address."""
    act: str
    """Whose question it is, and who goes on with the answer."""
    text: str = ""
    """What the customer had said, which the answer completes."""
    options: tuple[str, ...] = ()
    """Of `which` and `email` the ids of variants, in the order named; of `choose` the sentences
    offered."""
    waiting: tuple[str, ...] = ()
    """Ids of variants of which the same has to be asked next."""

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "act": self.act,
            "text": self.text,
            "options": list(self.options),
            "waiting": list(self.waiting),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Question":
        """The inverse of `to_json`.

        Raises:
            ValueError: there is no such kind of question.
        """
        kind = data.get("kind")
        if kind not in _KINDS:
            raise ValueError(f"there is no question of the kind {kind!r}")
        return cls(
            kind,
            str(data.get("act", "")),
            str(data.get("text", "")),
            tuple(map(str, data.get("options", ()))),
            tuple(map(str, data.get("waiting", ()))),
        )
