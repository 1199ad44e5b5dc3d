"""What an order cost, line by line."""

from bot.actions.orders import order_words
from bot.actions.orders.order_act import Asked, OrderAct
from bot.actions.reply import Answer
from bot.orders.outcome import Refusal
from bot.voice.values import Money


class ShowInvoice(OrderAct):
    name = "invoice"

    def of_order(self, asked: Asked) -> Answer:
        voice, order = self.context.voice, asked.order
        invoice = self.context.orders.invoice(asked.request.owner, order.number)
        if isinstance(invoice, Refusal):
            return self.refused(asked.turn, invoice, order)
        said = [voice.say("invoice-of", number=invoice.number, placed=invoice.placed_at)]
        said += [order_words.line(voice, order, line) for line in invoice.lines]
        for name, amount in (("discount", invoice.discount), ("shipping", invoice.shipping)):
            if amount:
                said.append(
                    voice.say("invoice-sum", of=name, amount=Money(amount, invoice.currency))
                )
        if invoice.tax is not None:
            name = "tax-included" if invoice.tax_is_included else "tax"
            said.append(
                voice.say("invoice-sum", of=name, amount=Money(invoice.tax, invoice.currency))
            )
        total = Money(invoice.total, invoice.currency)
        said.append(voice.say("invoice-total", total=total, paid=invoice.paid))
        if invoice.url:
            said.append(voice.say("invoice-page", address=invoice.url))
        return self.done(asked.turn, "\n".join(said))
