"""Why somebody is not believed. Every message is a cause for the log, without personal data."""

from enum import StrEnum


class Refusal(StrEnum):
    """What is wrong with a token, or with a code."""

    MALFORMED = "malformed"
    TOO_LONG = "too long"
    ALGORITHM = "algorithm not allowed"
    UNKNOWN_KEY = "unknown key"
    SIGNATURE = "wrong signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    LIVES_TOO_LONG = "lives too long"
    AUDIENCE = "another audience"
    ISSUER = "another issuer"
    CLAIMS = "claims missing or unusable"
    CONVERSATION = "of another conversation"
    NOT_CONFIGURED = "the shop signs no tokens"
    USED = "used before"
    WRONG_CODE = "wrong code"
    TOO_MANY = "too many attempts"


class IdentityError(Exception):
    """Nothing was verified."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class TokenRefusedError(IdentityError):
    """The shop's token proves nothing."""


class CodeRefusedError(IdentityError):
    """The code proves nothing: wrong, expired or used, and never which of these to the customer.

    Args:
        left: How many tries the code that was sent still has.
    """

    def __init__(self, refusal: Refusal, left: int = 0) -> None:
        super().__init__(refusal)
        self.left = left


class TooManyAttemptsError(IdentityError):
    """Nothing more is tried for now, right or wrong."""

    def __init__(self) -> None:
        super().__init__(Refusal.TOO_MANY)


class CodesUnavailableError(Exception):
    """No code can be sent: the mail server is away, or none is configured."""


class KeysError(Exception):
    """The keys in the settings can't be used; the message says which and what to write."""
