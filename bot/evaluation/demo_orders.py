"""The demo customers' orders, between one evaluated conversation and the next."""

from sqlalchemy import Engine, func, select

from catalog import demo
from catalog.models import OrderAudit


class DemoOrders:
    """Puts them back as they were, so that no conversation finds what another one has cancelled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._acts = self._count()

    def put_back(self) -> None:
        """Whatever was done to them since; nothing happens if nothing was asked for."""
        acts = self._count()
        if acts != self._acts:
            demo.put_back_orders(self._engine)
            self._acts = acts

    def _count(self) -> int:
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(OrderAudit)) or 0
