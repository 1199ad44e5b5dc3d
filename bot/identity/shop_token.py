"""Tokens that the shop's site signs for a customer who is logged in there."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt
from email_validator import EmailNotValidError, validate_email

from bot.identity.errors import Refusal, TokenRefusedError
from bot.identity.identity import Identity
from bot.identity.keys import Key, KeySet
from bot.settings import Settings

LONGEST_TOKEN = 4096
LONGEST_LIFE_SECONDS = 15 * 60
"""From `iat`, or from now where it has none: a token is made when the page is, and used at once."""
CLOCK_SKEW_SECONDS = 60
_CUSTOMER_ID = re.compile(r"[^\s\x00-\x1f\x7f]{1,255}")
_LONGEST_NAME = 255

_REFUSALS: tuple[tuple[type[Exception], Refusal], ...] = (
    (jwt.ExpiredSignatureError, Refusal.EXPIRED),
    (jwt.ImmatureSignatureError, Refusal.NOT_YET_VALID),
    (jwt.InvalidAudienceError, Refusal.AUDIENCE),
    (jwt.InvalidIssuerError, Refusal.ISSUER),
    (jwt.MissingRequiredClaimError, Refusal.CLAIMS),
    (jwt.InvalidSignatureError, Refusal.SIGNATURE),
)


class ShopTokens:
    """Checks tokens by the keys, the audience and the issuer that a shop has configured."""

    def __init__(self, keys: KeySet, audience: str, issuer: str = "") -> None:
        self._keys = keys
        self._audience = audience
        self._issuer = issuer

    @classmethod
    def of(cls, settings: Settings) -> "ShopTokens":
        """
        Raises:
            KeysError: a key in the settings can't be used.
        """
        return cls(KeySet.of(settings), settings.shop_token_audience, settings.shop_token_issuer)

    def verify_shop_token(self, token: str, conversation_id: str, now: datetime) -> Identity:
        """The customer that the shop's site vouches for.

        A `cid` claim binds a token to one conversation; one without can be shown in any, while it
        lives.

        Raises:
            TokenRefusedError: it proves nothing; `refusal` says why.
        """
        claims = self._claims(token)
        self._check_life(claims, now)
        if "cid" in claims and claims["cid"] != conversation_id:
            raise TokenRefusedError(Refusal.CONVERSATION)
        return _identity(claims)

    def _claims(self, token: str) -> Mapping[str, Any]:
        if not self._keys.keys:
            raise TokenRefusedError(Refusal.NOT_CONFIGURED)
        if len(token) > LONGEST_TOKEN:
            raise TokenRefusedError(Refusal.TOO_LONG)
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError) as error:
            raise TokenRefusedError(Refusal.MALFORMED) from error
        algorithm, id = header.get("alg"), header.get("kid", "")
        if not isinstance(algorithm, str) or algorithm not in self._keys.algorithms:
            raise TokenRefusedError(Refusal.ALGORITHM)
        refusal = TokenRefusedError(Refusal.UNKNOWN_KEY)
        for key in self._keys.matching(id, algorithm):
            try:
                return self._decoded(token, key)
            except TokenRefusedError as error:
                if error.refusal is not Refusal.SIGNATURE:
                    raise
                refusal = error  # another key of the same algorithm may have signed it
        raise refusal

    def _decoded(self, token: str, key: Key) -> Mapping[str, Any]:
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key.value,
                algorithms=[key.algorithm],
                audience=self._audience,
                issuer=self._issuer or None,
                leeway=CLOCK_SKEW_SECONDS,
                options={"require": ["sub", "aud", "exp"], "strict_aud": True},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
            found = (refusal for kind, refusal in _REFUSALS if isinstance(error, kind))
            raise TokenRefusedError(next(found, Refusal.MALFORMED)) from error
        return claims

    @staticmethod
    def _check_life(claims: Mapping[str, Any], now: datetime) -> None:
        begins = claims.get("iat", now.timestamp())
        if not all(isinstance(at, int | float) for at in (begins, claims["exp"])):
            raise TokenRefusedError(Refusal.CLAIMS)
        if claims["exp"] - begins > LONGEST_LIFE_SECONDS + CLOCK_SKEW_SECONDS:
            raise TokenRefusedError(Refusal.LIVES_TOO_LONG)
        # An `iat` in the future is refused above, so this bounds what a made-up one can stretch.
        if claims["exp"] - now.timestamp() > LONGEST_LIFE_SECONDS + 2 * CLOCK_SKEW_SECONDS:
            raise TokenRefusedError(Refusal.LIVES_TOO_LONG)


def _identity(claims: Mapping[str, Any]) -> Identity:
    customer_id, email = claims["sub"], claims.get("email")
    name = claims.get("name", "")
    if not isinstance(customer_id, str) or not _CUSTOMER_ID.fullmatch(customer_id):
        raise TokenRefusedError(Refusal.CLAIMS)
    if not isinstance(email, str) or not isinstance(name, str) or len(name) > _LONGEST_NAME:
        raise TokenRefusedError(Refusal.CLAIMS)
    try:
        checked = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise TokenRefusedError(Refusal.CLAIMS) from error
    return Identity(customer_id, checked.normalized.lower(), name)
