"""The base of whatever the assistant can do in a turn."""

from abc import ABC, abstractmethod
from typing import ClassVar

from bot.actions.context import ActionContext
from bot.actions.reply import Answer
from bot.actions.turn import Turn


class Act(ABC):
    """Rasa knows it as the action `action_<name>`."""

    name: ClassVar[str]
    speaks_of_products: ClassVar[bool] = True
    """Whether its answers are compared with the catalogue; not those that quote other papers of the
    shop's: policies, and orders with the prices of then."""

    def __init__(self, context: ActionContext) -> None:
        self.context = context

    @abstractmethod
    def answer(self, turn: Turn) -> Answer:
        """What to say to this turn. May take its time: it does not run on the event loop."""
