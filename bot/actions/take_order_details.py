"""An order's number or an e-mail address by itself."""

from bot.actions.act import Act
from bot.actions.reply import Answer
from bot.actions.turn import Turn

FORM = "order_status_form"


class TakeOrderDetails(Act):
    """Opens the form for an order, where no open question takes the words: an address may be the
    one that a notice waits for."""

    name = "provide_order_details"

    def answer(self, turn: Turn) -> Answer:
        return Answer((), turn.shopping, followup=FORM)
