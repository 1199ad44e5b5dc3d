"""Sending things back: for the money, for another size or colour, or for the same again."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions.context import ActionContext
from bot.actions.orders import return_pictures, return_questions, return_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.orders.return_pictures import ReturnPictures
from bot.actions.orders.return_questions import ReturnQuestion
from bot.actions.reply import Answer
from bot.actions.turn import Turn
from bot.orders.capability import Capability
from bot.orders.outcome import Refusal, RefusalReason, ReturnStarted
from bot.orders.placed_order import PlacedLine, PlacedOrder
from bot.orders.returns import PlacedReturn, ReturnItem
from bot.orders.rules import returnable
from bot.support import choices, english, english_pictures, exchanges, returning
from bot.support import english_returns as words
from bot.support.choices import Choice
from bot.support.steps import order_spoken_of
from bot.support.task import Task
from catalog.models import ReturnCondition, ReturnReason


class ReturnOrder(OrderAct):
    name = "return_order"
    is_sensitive = True

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context)
        self._pictures = ReturnPictures(context)

    def fits(self, order: PlacedOrder) -> bool:
        return self.context.orders.refuses_return(order) is None

    def begun(self, turn: Turn) -> Task:
        """With the words that begin it: who has to prove who they are need not say them again."""
        task = super().begun(turn)
        number = task.number or order_spoken_of(turn.shopping)
        return replace(task, number=number, details={"said": turn.text})

    def leaves(self, turn: Turn) -> bool:
        """ "No, thanks" to a photo is about the photo."""
        is_of_a_picture = turn.task is not None and turn.task.step == return_pictures.STEP
        is_declined = is_of_a_picture and english_pictures.declines(turn.text)
        return not is_declined and super().leaves(turn)

    def given_up(self, turn: Turn, text: str) -> Answer:
        self._pictures.forget(turn)
        return super().given_up(turn, text)

    def _nothing(self, turn: Turn) -> Answer:
        """Nothing goes back."""
        self._pictures.forget(turn)
        return self.done(turn, self.context.voice.say("return-kept"))

    def of_order(self, asked: Asked) -> Answer:
        """Asks which, how many, why, and in what state, and then whether to go on."""
        asked = _with_first_words(asked)
        if asked.is_answer and words.cancels_a_return(asked.turn.text):
            return self._nothing(asked.turn)
        if (told := self._told_before(asked)) is not None:
            return told
        lines = _returnable(asked.order)
        with self.context.sessions() as session:
            offered = choices.choices(session, lines)
        task = returning.heard(
            asked.task, asked.turn.text, lines, offered, self.context.search.knows
        )
        task = self._pictures.heard(task, asked.turn)
        asked = replace(asked, task=returning.counting_misses(asked.task, task))
        return self._next(asked, lines, offered)

    def _told_before(self, asked: Asked) -> Answer | None:
        """What there is to say before anything is asked: of a return that was started earlier, or
        why there can be none."""
        order, turn = asked.order, asked.turn
        refusal = self.context.orders.refuses_return(order)
        if not asked.is_answer:
            returns = self.context.orders.returns(asked.request.owner, order.number)
            under_way = [each for each in returns if each.is_open]
            if under_way and words.asks_how_to_send(turn.text):
                return self.done(turn, self._directions_of(order, under_way[0]))
            if refusal is not None and refusal.reason is RefusalReason.RETURN_UNDER_WAY:
                meant = list(returns)
            else:
                meant = self._sent_before(turn.text, order, returns)
            if meant:
                return self._already(turn, order, meant)
        return None if refusal is None else self.refused(turn, refusal, order)

    def _sent_before(
        self, text: str, order: PlacedOrder, returns: Sequence[PlacedReturn]
    ) -> list[PlacedReturn]:
        """The returns of the lines that the words name, where none of those is left to return."""
        with self.context.sessions() as session:
            ids = choices.mentioned(text, choices.choices(session, order.lines)).ids
        gone = {line.id for line in order.lines if not returnable(line)}
        if not ids or not gone.issuperset(ids):
            return []
        return [each for each in returns if each.lines.keys() & set(ids)]

    def _already(self, turn: Turn, order: PlacedOrder, returns: Sequence[PlacedReturn]) -> Answer:
        voice = self.context.voice
        said = [voice.say("return-already"), *return_words.states(voice, order, returns)]
        said += [self._directions_of(order, each) for each in returns if each.is_open][:1]
        return self.done(turn, "\n".join(said), self.helped())

    def _next(self, asked: Asked, lines: Sequence[PlacedLine], offered: Sequence[Choice]) -> Answer:
        voice, order = self.context.voice, asked.order
        task = asked.task
        step = returning.missing(task, lines)
        if step == "items":
            return self._ask(asked, step, return_questions.which(voice, task, order, offered))
        if step == "quantity" and (line := returning.uncounted(task, lines)) is not None:
            return self._ask(asked, step, return_questions.how_many(voice, task, line))
        if step == "reason":
            return self._ask(asked, step, return_questions.why(voice, task, lines))
        if step == "condition":
            return self._ask(asked, step, return_questions.in_what_state(voice, task))
        line, *others = returning.chosen(task, lines)
        if step == "remedy":
            can_replace = not others and self._can_replace(task, line)
            if can_replace and "exchange" not in task.details:
                return self._ask(asked, step, return_questions.new_or_money(voice, task, line))
            task = task.with_detail("remedy", "replacement" if can_replace else "money")
            return self._next(replace(asked, task=task), lines, offered)
        if step == "version":
            return self._ask_version(asked, line, lines, offered, alone=not others)
        if (question := self._pictures.question(asked)) is not None:
            return self._ask(asked, return_pictures.STEP, question)
        return self._whether(asked, lines)

    def _ask_version(
        self,
        asked: Asked,
        line: PlacedLine,
        lines: Sequence[PlacedLine],
        offered: Sequence[Choice],
        *,
        alone: bool,
    ) -> Answer:
        task = asked.task
        if not alone or Capability.EXCHANGE not in self.context.orders.capabilities:
            task = task.with_detail("version", "")
            return self._next(replace(asked, task=task), lines, offered)
        if not exchanges.offered(task):
            with self.context.sessions() as session:
                quantity = returning.count_of(task, line) or 1
                task = exchanges.offer(task, exchanges.versions(session, line, quantity))
        if not exchanges.offered(task):
            refusal = Refusal(RefusalReason.OUT_OF_STOCK, asked.order.number, line.id)
            return self.refused(asked.turn, refusal, asked.order)
        question = return_questions.which_version(self.context.voice, task, line)
        return self._ask(asked, "version", question)

    def _whether(self, asked: Asked, lines: Sequence[PlacedLine]) -> Answer:
        """Asks whether to go on, and goes on."""
        voice, order, turn, task = self.context.voice, asked.order, asked.turn, asked.task
        items = _items(task, lines)
        if (refusal := self.context.orders.refuses_return(order, items)) is not None:
            return self.refused(turn, refusal, order)
        if asked.is_answer and task.step == "confirm":
            if english.says_yes(turn.text):
                return self._started(asked, items)
            if english.says_no(turn.text):
                return self._nothing(turn)
        return self._ask(asked, "confirm", return_questions.confirm(voice, task, order, lines))

    def _ask(self, asked: Asked, step: str, question: ReturnQuestion) -> Answer:
        voice, has_desk = self.context.voice, self.context.people is not None
        text = return_questions.again(voice, question, has_desk=has_desk)
        answer = self.ask(
            asked.turn, question.task, step, text, question.ways, question.asked_again
        )
        if not has_desk or not return_questions.is_stuck(question.task):
            return answer
        [reply] = answer.replies
        ways = (*reply.quick_replies, voice.say("talk-to-person"))
        return replace(answer, replies=(replace(reply, quick_replies=ways),))

    def _can_replace(self, task: Task, line: PlacedLine) -> bool:
        """Whether the same can be sent once more."""
        if Capability.EXCHANGE not in self.context.orders.capabilities:
            return False
        with self.context.sessions() as session:
            return exchanges.is_left(session, line, returning.count_of(task, line) or 1)

    def _started(self, asked: Asked, items: Sequence[ReturnItem]) -> Answer:
        voice, order = self.context.voice, asked.order
        link = self._pictures.link(asked.turn)
        outcome = self.context.orders.start_return(asked.request, order.number, items, link)
        if isinstance(outcome, Refusal):
            return self.refused(asked.turn, outcome, order)
        kind = "exchange" if outcome.is_exchange else "return"
        if asked.task.details.get("remedy") == "replacement":
            kind = "replacement"
        said = (
            voice.say("return-done", kind=kind, number=outcome.return_number),
            self._pictures.kept(asked.turn, outcome.return_number),
            self._how_to_send(order, outcome),
            voice.say("return-then", kind=kind),
        )
        return self.done(asked.turn, " ".join(filter(None, said)), self.helped())

    def _how_to_send(self, order: PlacedOrder, started: ReturnStarted) -> str:
        if started.needs_approval:
            return self.context.voice.say("return-approval")
        return self._directions(order, started.return_number, started.label_url, started.send_to)

    def _directions_of(self, order: PlacedOrder, placed: PlacedReturn) -> str:
        address = self.context.orders.terms.send_to
        return self._directions(order, placed.number, placed.label_url, address)

    def _directions(self, order: PlacedOrder, number: str, label: str, address: str) -> str:
        until = self.context.orders.terms.last_day(order)
        return return_words.directions(
            self.context.voice, self.context.sessions, number, label, address, until
        )


def _returnable(order: PlacedOrder) -> list[PlacedLine]:
    return [line for line in order.lines if returnable(line)]


def _with_first_words(asked: Asked) -> Asked:
    """The turn with the words that asked for the return, where this one only says of which order,
    or who asks."""
    if asked.is_answer:
        return asked
    said = asked.task.details.get("said", "")
    details = {name: value for name, value in asked.task.details.items() if name != "said"}
    task = replace(asked.task, step="", details=details)
    return replace(asked, task=task, turn=replace(asked.turn, text=said))


def _items(task: Task, lines: Sequence[PlacedLine]) -> tuple[ReturnItem, ...]:
    details = task.details
    is_replaced = details.get("remedy") == "replacement"
    return tuple(
        ReturnItem(
            line.id,
            returning.count_of(task, line) or returnable(line),
            ReturnReason(details["reason"]),
            ReturnCondition(details.get("condition", ReturnCondition.UNUSED)),
            note=details.get("note", ""),
            exchange_for=(line.variant_id if is_replaced else details.get("version")) or None,
        )
        for line in returning.chosen(task, lines)
    )
