"""Forgetting in time."""

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from bot.privacy.customer_data import CustomerData
from bot.settings import Settings

logger = logging.getLogger(__name__)


class Retention:
    """Deletes what is older than the shop keeps it."""

    def __init__(self, settings: Settings, sessions: sessionmaker[Session]) -> None:
        self._settings = settings
        self._sessions = sessions

    def prune(self, now: datetime | None = None) -> dict[str, int]:
        """What was deleted, by store; nothing where everything is kept.

        Raises:
            StoreError: the conversations are somewhere that nobody here can look into.
        """
        if not self._settings.retention_days:
            return {}
        before = (now or datetime.now(UTC)) - timedelta(days=self._settings.retention_days)
        erased = CustomerData.of(self._settings, self._sessions).prune(before)
        logger.info("Older than %d days: %s", self._settings.retention_days, erased)
        return erased
