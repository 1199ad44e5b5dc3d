"""Customers who are logged in to the shop: what its site would sign for them."""

import time

import jwt

from bot.settings import Settings

_SECONDS = 300


def shop_token(settings: Settings, email: str) -> str:
    """A token as the shop's own site makes it (docs/identity.md), with its shared secret."""
    now = int(time.time())
    claims = {
        "sub": email,
        "email": email,
        "aud": settings.shop_token_audience,
        "iat": now,
        "exp": now + _SECONDS,
    }
    return jwt.encode(claims, settings.shop_token_secret, algorithm="HS256")
