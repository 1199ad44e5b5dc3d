"""Photos of what goes back because something is wrong with it."""

from bot.actions.context import ActionContext
from bot.actions.orders.order_act import Asked
from bot.actions.orders.return_questions import ReturnQuestion
from bot.actions.turn import Turn
from bot.orders.capability import Capability
from bot.support import english_pictures as words
from bot.support import returning
from bot.support.task import Task

STEP = "picture"


class ReturnPictures:
    """Asks for them, where the customer's chat can send them and the shop's engine keeps them."""

    def __init__(self, context: ActionContext) -> None:
        self._context = context
        self._attachments = context.attachments

    def heard(self, task: Task, turn: Turn) -> Task:
        """The task with what an answer to the question says."""
        if task.step != STEP or self._attachments is None:
            return task
        if turn.attachment:
            count = self._attachments.count(turn.conversation, turn.device)
            task = task.with_detail(STEP, turn.attachment)  # an answer, whatever the count
            return _settled(task) if count >= self._attachments.limits.most else task
        if words.goes_on(turn.text):
            return _settled(task)
        return task.with_detail("how", "yes") if words.agrees(turn.text) else task

    def question(self, asked: Asked) -> ReturnQuestion | None:
        """What is to be asked of them now; None where nothing is."""
        attachments, turn, task = self._attachments, asked.turn, asked.task
        if attachments is None or not self._can_be_sent(turn) or not returning.is_fault(task):
            return None
        if task.details.get("pictured"):
            return None
        if "max bytes" not in task.details:  # those of an earlier try, that came to nothing
            attachments.forget(turn.conversation, turn.device)
        attachments.invite(turn.conversation, turn.device, asked.order.number)
        task = task.with_detail("max bytes", str(attachments.limits.most_bytes))
        voice, count = self._context.voice, attachments.count(turn.conversation, turn.device)
        if count:
            text = voice.say("return-picture-another", count=count)
            again = voice.say("return-picture-again")  # also if they are taken back meanwhile
            return ReturnQuestion(text, (voice.say("return-picture-all"),), task, again)
        text = voice.say("return-picture")
        if task.step == STEP and words.agrees(turn.text):
            text = voice.say("return-picture-how", megabytes=attachments.limits.megabytes)
        return ReturnQuestion(text, (voice.say("return-picture-none"),), task)

    def link(self, turn: Turn) -> str:
        """For the shop; empty where there are none."""
        if self._attachments is None or not turn.device:
            return ""
        return self._attachments.link(turn.conversation, turn.device)

    def kept(self, turn: Turn, return_number: str) -> str:
        """They belong to the return that is started now; what is said of it."""
        if self._attachments is None or not turn.device:
            return ""
        count = self._attachments.keep(turn.conversation, turn.device, return_number)
        return self._context.voice.say("return-pictures-kept", count=count) if count else ""

    def forget(self, turn: Turn) -> None:
        """Nothing goes back, so nobody needs them."""
        if self._attachments is not None:
            self._attachments.forget(turn.conversation, turn.device)

    def _can_be_sent(self, turn: Turn) -> bool:
        is_offered = Capability.RETURN_PICTURES in self._context.orders.capabilities
        has_room = self._attachments is not None and self._attachments.limits.most > 0
        return turn.takes_files and bool(turn.device) and is_offered and has_room


def _settled(task: Task) -> Task:
    return task.with_detail("pictured", "yes")
