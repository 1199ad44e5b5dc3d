"""Who asks: a number, an address, and the code that goes there."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.actions.act import Act
from bot.actions.open_question import asked
from bot.actions.reply import Answer, Reply
from bot.actions.support.contact import contact
from bot.actions.turn import Turn
from bot.identity.codes import MINUTES, Asked
from bot.identity.errors import CodeRefusedError, TooManyAttemptsError
from bot.identity.identity import VerifiedIdentity
from bot.shopping.english import notices
from bot.support import english, english_identity
from bot.support.english_identity import Reaction
from bot.support.task import SLOT, Task
from catalog.orders import order_numbers

ABOUT_WHO = frozenset({"", "number", "email", "code", "order", "list"})
"""The steps before an order is settled."""
_BY_ADDRESS = "by address"
"""The detail of a task whose customer has no order number."""


class IdentifyingAct(Act):
    """Proves first and looks afterwards: nothing of an order is told, not even that there is one,
    before the conversation has an identity.
    """

    speaks_of_products = False

    @abstractmethod
    def of_customer(self, turn: Turn, task: Task, identity: VerifiedIdentity) -> Answer:
        """What is done for somebody who is known now."""

    def ask(
        self,
        turn: Turn,
        task: Task,
        step: str,
        text: str,
        ways: Sequence[str] = (),
        again: str = "",
        *,
        missed: bool = False,
    ) -> Answer:
        """Asks one thing, and keeps the task until it is answered.

        Args:
            again: how it is asked again after something in between, if not in the same words.
            missed: whether it was asked before and the answer was none.
        """
        leave = () if step == "confirm" else (self.context.voice.say("never-mind"),)
        task = replace(task, step=step, question=again or text, ways=(*ways, *leave))
        slots = {SLOT: task.to_slot()}
        return Answer((asked(task, text),), turn.shopping, slots, missed)

    def done(self, turn: Turn, text: str, ways: Sequence[str] = ()) -> Answer:
        """Says the last word, and forgets the details: a shared screen should not keep them. What
        has waited for it comes next."""
        following = turn.task.next() if turn.goes_on and turn.task is not None else None
        slot = None if following is None else following.to_slot()
        return Answer((Reply(text, (), tuple(ways)),), turn.shopping, {SLOT: slot})

    def given_up(self, turn: Turn, text: str) -> Answer:
        """Says the last word of this, and of what waited for it."""
        return Answer((Reply(text),), turn.shopping, {SLOT: None})

    def identify(self, turn: Turn, task: Task) -> Answer:
        """Asks for number and address, and sends a code to who gave both, or the address alone."""
        reaction = english_identity.reaction(turn.text, task.step)
        if turn.goes_on and reaction and not _gave_details(turn):
            return self._reacted(turn, task, reaction)
        if self._awaits(turn, task):
            return self._awaited(turn, task)
        gave_address = task.step == "number" and notices.email(turn.text) is not None
        if not task.number and not gave_address and _BY_ADDRESS not in task.details:
            return self._ask_number(turn, task)
        if not task.email:
            missed = turn.goes_on and task.step == "email" and not order_numbers(turn.text)
            said = "order-no-email" if missed else "ask-order-email"
            return self._ask_email(turn, task, said, missed=missed)
        return self.send_code(turn, task, anew=False)

    def send_code(
        self, turn: Turn, task: Task, said: str = "code-sent", *, anew: bool = True
    ) -> Answer:
        if self._awaits(turn, task) and not anew:
            return self._awaited(turn, task)
        voice = self.context.voice
        now = datetime.now(UTC)
        self.context.codes.request(_here(turn), task.number, task.email, now, anew=anew)
        # The same sentence whether there is such an order or not.
        text = voice.say(said, minutes=MINUTES, by="order" if task.number else "address")
        return self._ask_code(turn, task, text)

    def is_code(self, turn: Turn) -> bool:
        """Whether it is the code that is awaited, though something else was asked."""
        is_code = english_identity.is_bare_code(turn.text)
        return is_code and self.context.codes.awaits(_here(turn), "", "", datetime.now(UTC))

    def checked(self, turn: Turn, task: Task) -> Answer:
        """What came of the code that was typed."""
        voice, now = self.context.voice, datetime.now(UTC)
        typed = english.code(turn.text)
        if typed is None:
            return self._without_code(turn, task)
        try:
            identity = self.context.codes.check(_here(turn), typed, now)
        except CodeRefusedError as refused:
            if refused.left:
                return self._ask_code(turn, task, voice.say("code-wrong", tries=refused.left))
            return self._spent(turn, task)
        except TooManyAttemptsError:
            return self._spent(turn, task)
        # The digits are no part of what comes next.
        return self._going_on(replace(turn, text=""), replace(task, step="", email=""), identity)

    def _going_on(self, turn: Turn, task: Task, identity: VerifiedIdentity) -> Answer:
        """The act for who has just proved who they are, with what they left on another channel."""
        continuing, here = self.context.continuing, turn.shopping
        if continuing is None:
            return self.of_customer(turn, task, identity)
        state = continuing.proved(turn.conversation, here, identity, datetime.now(UTC))
        answer = self.of_customer(replace(turn, shopping=state), task, identity)
        # What was looked for comes back by itself, and is nothing to speak of before an order.
        if (state.cart, state.saved) == (here.cart, here.saved):
            return answer
        said = Reply(self.context.voice.say("continued", cart=len(state.cart.lines)))
        return replace(answer, replies=(said, *answer.replies))

    def too_many(self, turn: Turn) -> Answer:
        """Nothing more is tried for now: people can help."""
        voice = self.context.voice
        text = f"{voice.say('order-too-many-tries')}\n\n{contact(self.context)}"
        return self.given_up(turn, text)

    def _without_code(self, turn: Turn, task: Task) -> Answer:
        voice = self.context.voice
        reaction = english_identity.reaction(turn.text, "code")
        if reaction and not _gave_details(turn):
            return self._reacted(turn, task, reaction)
        agrees = english.says_yes(turn.text) and not self._awaits(turn, task)
        wants_another = english.wants_another_code(turn.text)
        if agrees or wants_another or english_identity.asks_for_a_code(turn.text):
            if not task.email:  # asked for before something else came in between
                return self._ask_number(turn, replace(task, step=""))
            return self.send_code(turn, task)
        if turn.intent == self.name or _gave_details(turn):
            is_known = bool(task.email)
            return self.send_code(turn, task, anew=False) if is_known else self._awaited(turn, task)
        return self._ask_code(turn, task, voice.say("code-missing"), missed=True)

    def _spent(self, turn: Turn, task: Task) -> Answer:
        """After the last try of a code."""
        now = datetime.now(UTC)
        if not self.context.codes.may_ask(_here(turn), task.number, task.email, now):
            return self.too_many(turn)
        return self._ask_code(turn, task, self.context.voice.say("code-spent"))

    def _ask_number(self, turn: Turn, task: Task) -> Answer:
        voice, said = self.context.voice, "ask-order-number"
        missed = turn.goes_on and task.step == "number"
        if missed:
            is_code = english_identity.is_bare_code(turn.text)
            said = "order-number-is-code" if is_code else "order-no-number"
        ways = (voice.say("order-number-lost"),)
        text, again = voice.say(said), voice.say("ask-order-number")
        return self.ask(turn, task, "number", text, ways, again, missed=missed)

    def _ask_email(self, turn: Turn, task: Task, said: str, *, missed: bool = False) -> Answer:
        text, again = self.context.voice.say(said), self.context.voice.say("ask-order-email")
        return self.ask(turn, task, "email", text, (), again, missed=missed)

    def _ask_code(self, turn: Turn, task: Task, text: str, *, missed: bool = False) -> Answer:
        voice = self.context.voice
        if self.context.mailbox:
            text = f"{text} {voice.say('code-demo', page=self.context.mailbox)}"
        ways, again = (voice.say("code-again"),), voice.say("code-ask")
        return self.ask(turn, task, "code", text, ways, again, missed=missed)

    def _awaits(self, turn: Turn, task: Task) -> bool:
        """Whether a code is on its way already, and nobody has asked for another."""
        is_open = not task.email and bool(task.number or _BY_ADDRESS in task.details)
        now = datetime.now(UTC)
        return not is_open and self.context.codes.awaits(_here(turn), task.number, task.email, now)

    def _awaited(self, turn: Turn, task: Task) -> Answer:
        return self._ask_code(turn, task, self.context.voice.say("code-awaited"))

    def _reacted(self, turn: Turn, task: Task, reaction: Reaction) -> Answer:
        """To who does not answer what was asked, but says why."""
        voice = self.context.voice
        if reaction == "leaves":
            return self.given_up(turn, voice.say("order-left"))
        if reaction == "lost the mailbox":
            text = f"{voice.say('order-mailbox-lost')}\n\n{contact(self.context)}"
            return self.given_up(turn, text)
        if reaction == "lacks the number":
            task = task.with_detail(_BY_ADDRESS, "yes")
            if task.email:
                return self.send_code(turn, task, anew=False)
            return self._ask_email(turn, task, "order-without-number")
        step, ways = task.step or "code", task.ways[:-1]  # `ask` adds the way to leave
        text = voice.say("order-why", step=step)
        if step != "code":
            text = f"{text}\n\n{contact(self.context)}"
        return self.ask(turn, task, step, text, ways, task.question)


def begun(name: str, turn: Turn) -> Task:
    """A new task, with what was said for another one while it was asked who speaks."""
    before = turn.task
    if before is None or before.step not in ABOUT_WHO:
        return Task(name)
    return Task(name, number=before.number, email=before.email)


def _gave_details(turn: Turn) -> bool:
    if english_identity.is_bare_code(turn.text):
        return False
    return notices.email(turn.text) is not None or bool(order_numbers(turn.text))


def _here(turn: Turn) -> Asked:
    return Asked(turn.conversation, turn.device)
