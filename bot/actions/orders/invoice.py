"""What an order cost, line by line."""

from bot.actions.orders import order_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.reply import Answer
from bot.voice.values import Money


class ShowInvoice(OrderAct):
    name = "invoice"

    def of_order(self, asked: Asked) -> Answer:
        voice, order = self.context.voice, asked.order
        if (refusal := self.context.orders.refuses_invoice(order)) is not None:
            return self.refused(asked.turn, refusal, order)
        said = [voice.say("invoice-of", number=order.number, placed=order.placed_at)]
        said += [order_words.line(voice, order, line) for line in order.lines]
        beside = (("discount", order.discount), ("shipping", order.shipping))
        sums = [(name, amount) for name, amount in beside if amount]
        if order.tax is not None:
            sums.append(("tax-included" if order.tax_is_included else "tax", order.tax))
        said += [
            voice.say("invoice-sum", of=name, amount=Money(amount, order.currency))
            for name, amount in sums
        ]
        total = Money(order.total, order.currency)
        said.append(voice.say("invoice-total", total=total, paid=order.paid))
        if order.page_url:
            said.append(voice.say("invoice-page", address=order.page_url))
        return self.done(asked.turn, "\n".join(said))
