"""What all that is done with an order has in common: who asks, and which order is meant."""

import logging
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from bot.actions.orders import choosing, refusals
from bot.actions.orders.identifying_act import ABOUT_WHO, IdentifyingAct, begun
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.identity.errors import CodesUnavailableError, TooManyAttemptsError
from bot.identity.identity import VerifiedIdentity
from bot.orders.errors import OrderBackendError, RateLimitedError
from bot.orders.outcome import Refusal
from bot.orders.owner import Owner
from bot.orders.placed_order import PlacedOrder
from bot.orders.request import CustomerRequest
from bot.shopping.english import notices
from bot.support import english, english_identity, english_requests
from bot.support.task import Task
from catalog.orders import order_numbers

logger = logging.getLogger(__name__)

_LISTED = 4
"""Orders offered to choose from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn of somebody who has proved who they are, about one of their orders."""

    turn: Turn
    task: Task
    request: CustomerRequest
    order: PlacedOrder

    @property
    def is_answer(self) -> bool:
        """Whether the message answers a question about the order itself."""
        return self.turn.goes_on and self.task.step not in ABOUT_WHO


_CHOICES = frozenset({"order", "list"})


class OrderAct(IdentifyingAct):
    """Asks for what is missing, one thing at a time, and then does its work."""

    is_sensitive: ClassVar[bool] = False
    """Whether it changes something, and wants an identity that is fresh."""

    def answer(self, turn: Turn) -> Answer:
        task = turn.task if turn.goes_on and turn.task is not None else self.begun(turn)
        if turn.goes_on and self.leaves(turn):
            return self.given_up(turn, self.context.voice.say("order-left"))
        if not turn.goes_on and english_requests.refuses(turn.text, self.name):
            return self.given_up(turn, self.context.voice.say("order-untouched"))
        try:
            return self._answer(turn, _with_details(task, turn))
        except TooManyAttemptsError:
            return self.too_many(turn)
        except CodesUnavailableError:
            return self.given_up(turn, self.context.voice.say("code-unavailable"))
        except RateLimitedError:
            return self.given_up(turn, self.context.voice.say("orders-busy"))
        except OrderBackendError as error:
            logger.error("%s: %s", self.name, error)
            return self.given_up(
                turn, self.context.voice.say("orders-down", unsure=error.may_have_acted)
            )

    def begun(self, turn: Turn) -> Task:
        """The task as the customer begins it."""
        return begun(self.name, turn)

    def _answer(self, turn: Turn, task: Task) -> Answer:
        if task.step == "code" or self.is_code(turn):
            return self.checked(turn, task)
        now, continuing = datetime.now(UTC), self.context.continuing
        identity = self.context.identities.of(turn.conversation, turn.device, now)
        if identity is None and continuing is not None:
            identity = continuing.known_again(turn.conversation, turn.device, now)
        if identity is None:
            return self.identify(turn, task)
        return self.of_customer(turn, task, identity)

    @abstractmethod
    def of_order(self, asked: Asked) -> Answer:
        """The act itself, for its owner. May ask on with `ask`."""

    def fits(self, order: PlacedOrder) -> bool:
        """Whether it can be done with this order, to choose among several."""
        return True

    def helped(self) -> tuple[str, ...]:
        """To tell with one tap whether that was what was needed."""
        return (self.context.voice.say("helped-yes"), self.context.voice.say("helped-no"))

    def refused(self, turn: Turn, refusal: Refusal, order: PlacedOrder | None = None) -> Answer:
        voice = self.context.voice
        text = refusals.said(voice, self.name, refusal, order)
        return self.done(turn, text, refusals.ways_on(self.context, refusal))

    def leaves(self, turn: Turn) -> bool:
        """Whether an answer lets the whole matter rest."""
        return english.leaves(turn.text)

    def of_customer(self, turn: Turn, task: Task, identity: VerifiedIdentity) -> Answer:
        owner = Owner(identity.email, identity.customer_id or "")
        found = self._order(turn, task, owner)
        if isinstance(found, Answer):
            return found
        task = replace(task, number=found.number)
        turn = replace(turn, shopping=replace(turn.shopping, order=found.number))
        if self.is_sensitive and not identity.is_fresh(datetime.now(UTC)):
            if not identity.email:
                return self.given_up(turn, self.context.voice.say("identity-old"))
            return self.send_code(
                turn, replace(task, email=identity.email), "code-sent-again", anew=False
            )
        request = CustomerRequest(
            owner, identity.method, turn.conversation, f"{turn.conversation}:{turn.seed}"
        )
        return self.of_order(Asked(turn, task, request, found))

    def _order(self, turn: Turn, task: Task, owner: Owner) -> PlacedOrder | Answer:
        voice, desk = self.context.voice, self.context.orders
        every = choosing.wants_every(task)
        if not every and task.number and (order := desk.find(owner, task.number)) is not None:
            return order
        recent = desk.recent(owner, limit=choosing.MOST + 1)
        if not recent:
            return self.given_up(turn, voice.say("orders-none"))
        if every:
            return self.of_all(turn, replace(task, number=""), recent)
        found = choosing.chosen(turn.text, task, recent) if task.step in _CHOICES else None
        if found is not None:
            return found
        fitting = [order for order in recent if self.fits(order)]
        if not task.number:
            if english.means_the_latest(turn.text) or not fitting:
                return (fitting or recent)[0]
            if len(fitting) == 1:
                return fitting[0]
        listed = (fitting or recent)[:_LISTED]
        said = voice.say(
            "orders-not-yours" if task.number else "orders-which", number=task.number or "none"
        )
        return self._offer(turn, task, listed, f"{said}\n{choosing.titles(voice, listed)}")

    def of_all(self, turn: Turn, task: Task, recent: Sequence[PlacedOrder]) -> Answer:
        """What is said to who means all of their orders: it is done with one at a time."""
        voice = self.context.voice
        fitting = [order for order in recent[: choosing.MOST] if self.fits(order)]
        if not fitting:
            return self.done(turn, voice.say("orders-all-none", act=self.name))
        said = voice.say("orders-all-which", act=self.name)
        return self._offer(turn, task, fitting, f"{said}\n{choosing.titles(voice, fitting)}")

    def _offer(self, turn: Turn, task: Task, listed: Sequence[PlacedOrder], text: str) -> Answer:
        task = choosing.with_list(replace(task, number=""), listed)
        return self.ask(turn, task, "order", text, choosing.ways(self.context.voice, listed))


def _with_details(task: Task, turn: Turn) -> Task:
    """The task with the order and the address of this message."""
    if english_identity.is_bare_code(turn.text) or (
        task.step == "code" and english.code(turn.text)
    ):
        return task
    if turn.goes_on and task.step not in ABOUT_WHO:
        return task
    numbers, email = order_numbers(turn.text), notices.email(turn.text)
    if not numbers and english_requests.means_every(turn.text):
        task = choosing.of_every(task)
    return replace(
        task,
        number=numbers[0] if numbers else task.number,
        email=email.lower() if email else task.email,
    )
