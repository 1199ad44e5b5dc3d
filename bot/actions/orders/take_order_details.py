"""An order's number or an e-mail address by itself."""

from bot.actions.orders.order_status import OrderStatusAct


class TakeOrderDetails(OrderStatusAct):
    """Where is that order: what else could be meant, if no open question takes the words."""

    name = "provide_order_details"
