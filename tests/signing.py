"""What a shop's site signs its customers' tokens with, and tokens that somebody else made."""

import base64
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SECRET = "a secret of the shop's own site, as long as HS512 would like its secrets to be"
RSA = generate_private_key(65537, 2048)
OTHER_RSA = generate_private_key(65537, 2048)
ED25519 = Ed25519PrivateKey.generate()


def pem(key: RSAPrivateKey | Ed25519PrivateKey) -> str:
    """Its public half."""
    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def jwks(**keys: RSAPrivateKey | Ed25519PrivateKey) -> str:
    """The public halves by `kid`."""
    entries = []
    for id, key in keys.items():
        algorithm = jwt.get_algorithm_by_name(
            "RS256" if isinstance(key, RSAPrivateKey) else "EdDSA"
        )
        entry: dict[str, Any] = json.loads(algorithm.to_jwk(key.public_key()))
        entries.append({**entry, "kid": id})
    return json.dumps({"keys": entries})


def signed(
    key: Any = SECRET, algorithm: str = "HS256", kid: str | None = None, **changes: Any
) -> str:
    """A token that only `changes` keep from being a good one; None takes a claim out."""
    now = int(time.time())
    claims = {
        "sub": "c1",
        "email": "Jane@Example.com",
        "name": "Jane",
        "aud": "aisle",
        "iat": now,
        "exp": now + 840,
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm, {"kid": kid} if kid else None)


def unsigned(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """A token made by hand, as no library would."""
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
