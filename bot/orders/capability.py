"""What an engine can do beyond telling where an order is."""

from enum import StrEnum


class Capability(StrEnum):
    """What is not among an engine's is not offered to its customers."""

    TRACKING = "tracking"
    CANCEL = "cancel"
    CHANGE_ADDRESS = "change_address"
    RETURN = "return"
    RETURN_PICTURES = "return_pictures"
    """It takes a link to what the customer has added to a return."""
    EXCHANGE = "exchange"
    FOLLOW_RETURNS = "follow_returns"
    """It tells where a return is."""
    REFUNDS = "refunds"
    INVOICE = "invoice"
    REORDER = "reorder"
