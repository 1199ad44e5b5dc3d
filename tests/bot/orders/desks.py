"""What tests of a desk ask it, and how they read what it wrote down."""

from collections.abc import Callable

from bot.orders.desk import OrderDesk
from bot.orders.port import OrderBackend
from bot.orders.request import CustomerRequest
from tests.bot.orders.sold import ADA

MakeDesk = Callable[[OrderBackend], OrderDesk]
Audit = Callable[[], list[tuple[str, str, str, str]]]
"""Order, act, outcome and reason of each row."""


def asked(id: str = "m1", conversation: str = "c1") -> CustomerRequest:
    return CustomerRequest(ADA.owner, "one_time_code", conversation, id)
