"""Somebody who writes about their orders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.actions.act import Act
from bot.actions.cart.view_cart import ViewCart
from bot.actions.context import ActionContext
from bot.actions.conversation import Conversation
from bot.actions.fallback import Fallback
from bot.actions.orders.cancel_order import CancelOrder
from bot.actions.orders.change_address import ChangeAddress
from bot.actions.orders.invoice import ShowInvoice
from bot.actions.orders.order_status import OrderStatusAct
from bot.actions.orders.refund_status import RefundStatusAct
from bot.actions.orders.reorder import Reorder
from bot.actions.orders.return_order import ReturnOrder
from bot.actions.orders.take_order_details import TakeOrderDetails
from bot.actions.reply import Answer
from bot.actions.searching.deny import Deny
from bot.actions.searching.recap import Recap
from bot.actions.support import small_talk
from bot.actions.support.answer_policy import AnswerPolicy
from bot.actions.turn import Turn
from bot.help.answers import HelpDesk
from bot.identity.identity import Identity, Method
from bot.shopping.state import ShoppingState
from bot.support.task import SLOT, Task
from catalog.models import Order, OrderStatus
from tests.bot.conftest import WordEncoder

JANE = Identity("c1", "jane@example.com")
_FALLBACK = "nlu_fallback"
_ORDER_ACTS = (
    CancelOrder,
    ChangeAddress,
    OrderStatusAct,
    RefundStatusAct,
    Reorder,
    ReturnOrder,
    ShowInvoice,
    TakeOrderDetails,
)


@dataclass
class Person:
    """Somebody at one device of a conversation."""

    context: ActionContext
    device: str = "phone"
    conversation: str = "c" * 32
    state: ShoppingState = field(default_factory=ShoppingState)
    task: Task | None = None
    takes_files: bool = False
    """Whether their chat can send files."""
    _turns: Iterator[int] = field(default_factory=lambda: count(1))

    def says(
        self,
        text: str,
        intent: str = _FALLBACK,
        *clauses: Mapping[str, object],
        confidence: float = 1.0,
        attachment: str = "",
    ) -> Answer:
        turn = Turn(
            text,
            self.state,
            intent=intent,
            confidence=confidence,
            clauses=clauses,
            seed=next(self._turns),
            conversation=self.conversation,
            device=self.device,
            task=self.task,
            takes_files=self.takes_files,
            attachment=attachment,
        )
        act = {_FALLBACK: "fallback", "ask_policy": "answer_policy"}.get(intent, intent)
        policies = AnswerPolicy(self.context, HelpDesk.open(WordEncoder()))
        known: list[Act] = [
            policies,
            *small_talk.every(self.context),
            *(each(self.context) for each in (*_ORDER_ACTS, ViewCart, Deny, Recap)),
            Fallback(self.context, policies),
        ]
        acts = {each.name: each for each in known}
        answer = Conversation(self.context, acts).answer(turn, act)
        if SLOT in (answer.slots or {}):
            self.task = Task.from_slot((answer.slots or {})[SLOT])
        self.state = answer.state or self.state
        return answer

    def hears(
        self,
        text: str,
        intent: str = _FALLBACK,
        *clauses: Mapping[str, object],
        confidence: float = 1.0,
    ) -> str:
        answer = self.says(text, intent, *clauses, confidence=confidence)
        return "\n".join(reply.text for reply in answer.replies)

    def adds(self, data: bytes, message: str) -> Answer:
        """A file, as the web channel takes it and then says so.

        Raises:
            AttachmentError: it is not taken.
        """
        assert self.context.attachments is not None
        taken = self.context.attachments.add(self.conversation, self.device, message, "a.jpg", data)
        return self.says("Here's a photo.", "search_products", attachment=taken.id)

    def is_verified(self, who: Identity = JANE, ago: timedelta = timedelta(0)) -> "Person":
        self.context.identities.remember(
            self.conversation, self.device, who, Method.SHOP_TOKEN, datetime.now(UTC) - ago
        )
        return self


def status_of(context: ActionContext, number: str) -> OrderStatus:
    with context.sessions() as session:
        return session.get_one(Order, number).status
