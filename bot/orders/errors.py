"""What can go wrong with the system that keeps the orders. No message names a customer."""


class OrderBackendError(Exception):
    """The shop's system did not answer as it should; nothing is known of the order.

    `may_have_acted`: an act was on its way, and nobody knows whether it was done.
    """

    def __init__(self, message: str, *, may_have_acted: bool = False) -> None:
        super().__init__(message)
        self.may_have_acted = may_have_acted


class BackendUnavailableError(OrderBackendError):
    """It can't be reached, is too slow, or is broken for now. Later it may work."""


class BackendDeniedError(OrderBackendError):
    """It does not take our key, or the key lacks a right. The shop's engineer has to mend that."""


class BackendNonsenseError(OrderBackendError):
    """It answered something that is not what it documents."""


class RateLimitedError(OrderBackendError):
    """We asked too often."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """In seconds."""


class OrdersNotConfiguredError(Exception):
    """A setting is missing; the message says which."""
