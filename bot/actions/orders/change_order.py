"""An order that was placed can't be edited; what can be done instead."""

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.turn import Turn
from bot.orders.capability import Capability

_WAYS = {
    Capability.CHANGE_ADDRESS: "start-address",
    Capability.CANCEL: "start-cancel",
    Capability.EXCHANGE: "start-exchange",
}


class ChangeOrder(Act):
    name = "change_order"
    speaks_of_products = False

    def answer(self, turn: Turn) -> Answer:
        voice, able = self.context.voice, self.context.orders.capabilities
        ways = tuple(voice.say(id) for needed, id in _WAYS.items() if needed in able)
        return Answer((Reply(voice.say("change-order"), (), ways),), turn.shopping)
