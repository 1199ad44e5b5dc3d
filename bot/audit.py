"""One line for each attempt that was refused. Runs in both environments.

A line names what was refused, why, and a conversation by the first characters of its id: enough to
find the others of the same conversation, and never what the customer wrote.
"""

import logging

logger = logging.getLogger("aisle.audit")

_SHOWN = 8


def refused(what: str, reason: str, conversation_id: str = "") -> None:
    """Writes the line."""
    logger.warning("refused: %s: %s [%s]", what, reason, conversation_id[:_SHOWN] or "-")
