"""The keys that the shop's site signs its customers' tokens with."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from bot.identity.errors import KeysError
from bot.settings import Settings

SHORTEST_SECRET = 32
"""In bytes: what RFC 7518 asks of HS256."""
SHORTEST_RSA = 2048
"""In bits: what RFC 7518 asks of RS256."""

VerifyingKey = bytes | RSAPublicKey | Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the one algorithm it serves: a token can't choose another for it."""

    id: str
    """The token's `kid`; empty is the key of a shop that has one and names it nowhere."""
    algorithm: str
    value: VerifyingKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeySet:
    """All that count now: while a shop rotates, the old and the new one."""

    keys: tuple[Key, ...]

    @classmethod
    def of(cls, settings: Settings) -> "KeySet":
        """The shared secret and the public keys in the settings.

        Raises:
            KeysError: something there is no key, or one too weak.
        """
        keys: list[Key] = []
        if settings.shop_token_secret:
            keys.append(Key("", "HS256", _secret(settings.shop_token_secret.encode())))
        if settings.shop_token_keys:
            keys += _read(_text(settings.shop_token_keys))
        ids = [key.id for key in keys if key.id]
        if len(set(ids)) < len(ids):
            raise KeysError("AISLE_SHOP_TOKEN_KEYS has two keys of one `kid`.")
        return cls(tuple(keys))

    def matching(self, id: str, algorithm: str) -> list[Key]:
        """Those that may have signed: of this algorithm, and of this id where both name one."""
        return [
            key
            for key in self.keys
            if key.algorithm == algorithm and (key.id == id or not key.id or not id)
        ]

    @property
    def algorithms(self) -> frozenset[str]:
        return frozenset(key.algorithm for key in self.keys)


def _text(setting: str) -> str:
    """What is in the setting itself, or in the file that it names."""
    if setting.lstrip().startswith(("{", "-----BEGIN")):
        return setting.replace("\\n", "\n")
    try:
        return Path(setting).expanduser().read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise KeysError(
            f"AISLE_SHOP_TOKEN_KEYS names a file that can't be read: {setting} "
            "(write a path, a PEM public key or a JWKS)."
        ) from error


def _read(text: str) -> Iterator[Key]:
    if text.lstrip().startswith("{"):
        yield from _jwks(text)
        return
    end = "-----END PUBLIC KEY-----"
    blocks = [block.strip() + f"\n{end}\n" for block in text.split(end)[:-1]]
    if not blocks:
        raise KeysError("AISLE_SHOP_TOKEN_KEYS holds no `BEGIN PUBLIC KEY` block and no JWKS.")
    for block in blocks:
        try:
            yield _public("", load_pem_public_key(block.encode()))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeysError("AISLE_SHOP_TOKEN_KEYS has a PEM block that is no key.") from error


def _jwks(text: str) -> Iterator[Key]:
    try:
        entries = json.loads(text)["keys"]
        for entry in entries:
            yield _jwk(entry)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise KeysError(
            'AISLE_SHOP_TOKEN_KEYS is no JWKS; it looks like {"keys": [{"kty": …, "kid": …}]}.'
        ) from error


def _jwk(entry: Mapping[str, Any]) -> Key:
    id = str(entry.get("kid", ""))
    if entry.get("kty") == "oct":
        return Key(id, "HS256", _secret(jwt.PyJWK(dict(entry), "HS256").key))
    return _public(id, jwt.PyJWK(dict(entry)).key)


def _public(id: str, key: object) -> Key:
    if isinstance(key, RSAPublicKey):
        if key.key_size < SHORTEST_RSA:
            raise KeysError(f"An RSA key for tokens needs {SHORTEST_RSA} bits at least.")
        return Key(id, "RS256", key)
    if isinstance(key, Ed25519PublicKey):
        return Key(id, "EdDSA", key)
    raise KeysError("AISLE_SHOP_TOKEN_KEYS takes public RSA and Ed25519 keys, and JWKS secrets.")


def _secret(value: bytes) -> bytes:
    if len(value) < SHORTEST_SECRET:
        raise KeysError(f"A secret for tokens needs {SHORTEST_SECRET} bytes at least.")
    return value
