import hashlib
import hmac
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.identity.errors import KeysError, Refusal, TokenRefusedError
from bot.identity.identity import Identity
from bot.identity.shop_token import ShopTokens
from bot.settings import Settings
from tests.signing import ED25519, OTHER_RSA, RSA, SECRET, jwks, pem, signed, unsigned

ROOT = Path(__file__).resolve().parents[3]
JANE = Identity("c1", "jane@example.com", "Jane")


def verify(token: str, conversation_id: str = "here", **settings: Any) -> Identity:
    configured = Settings(**(settings or {"shop_token_secret": SECRET}))
    return ShopTokens.of(configured).verify_shop_token(token, conversation_id, datetime.now(UTC))


def refused(token: str, **settings: str) -> Refusal:
    with pytest.raises(TokenRefusedError) as caught:
        verify(token, **settings)
    return caught.value.refusal


def test_a_secret() -> None:
    assert verify(signed()) == JANE


def test_a_pem_of_either_kind() -> None:
    assert verify(signed(RSA, "RS256"), shop_token_keys=pem(RSA)) == JANE
    assert verify(signed(ED25519, "EdDSA"), shop_token_keys=pem(ED25519)) == JANE


def test_a_file_of_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys.pem"
    file.write_text(pem(RSA) + pem(ED25519))
    assert verify(signed(ED25519, "EdDSA"), shop_token_keys=str(file)) == JANE


def test_old_and_new_key_count_while_a_shop_rotates() -> None:
    keys = jwks(old=RSA, new=OTHER_RSA)
    assert verify(signed(RSA, "RS256", "old"), shop_token_keys=keys) == JANE
    assert verify(signed(OTHER_RSA, "RS256", "new"), shop_token_keys=keys) == JANE
    assert refused(signed(OTHER_RSA, "RS256", "old"), shop_token_keys=keys) is Refusal.SIGNATURE
    assert refused(signed(RSA, "RS256", "gone"), shop_token_keys=keys) is Refusal.UNKNOWN_KEY


def test_a_token_may_be_of_one_conversation() -> None:
    assert verify(signed(cid="here")) == JANE
    assert refused(signed(cid="elsewhere")) is Refusal.CONVERSATION


def test_the_issuer_is_asked_for_where_it_is_configured() -> None:
    settings = {"shop_token_secret": SECRET, "shop_token_issuer": "https://shop.example"}
    assert verify(signed(iss="https://shop.example"), **settings) == JANE
    assert refused(signed(iss="https://evil.example"), **settings) is Refusal.ISSUER
    assert refused(signed(), **settings) is Refusal.CLAIMS


def test_clocks_may_differ_by_a_minute() -> None:
    now = int(time.time())
    assert verify(signed(iat=now + 30)) == JANE
    assert verify(signed(iat=now - 300, exp=now - 30)) == JANE


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: signed(key="x" * 40), Refusal.SIGNATURE),
        (lambda: signed(exp=int(time.time()) - 120), Refusal.EXPIRED),
        (
            lambda: signed(iat=int(time.time()) + 3600, exp=int(time.time()) + 3700),
            Refusal.NOT_YET_VALID,
        ),
        (lambda: signed(nbf=int(time.time()) + 3600), Refusal.NOT_YET_VALID),
        (lambda: signed(exp=int(time.time()) + 86400), Refusal.LIVES_TOO_LONG),
        (lambda: signed(iat=None, exp=int(time.time()) + 86400), Refusal.LIVES_TOO_LONG),
        (lambda: signed(exp=None), Refusal.CLAIMS),
        (lambda: signed(aud="another"), Refusal.AUDIENCE),
        (lambda: signed(aud=["aisle", "another"]), Refusal.AUDIENCE),
        (lambda: signed(aud=None), Refusal.CLAIMS),
        (lambda: signed(sub=None), Refusal.CLAIMS),
        (lambda: signed(sub=""), Refusal.CLAIMS),
        (lambda: signed(sub="c1\r\nX: y"), Refusal.CLAIMS),
        (lambda: signed(sub="x" * 256), Refusal.CLAIMS),
        (lambda: signed(email=None), Refusal.CLAIMS),
        (lambda: signed(email=7), Refusal.CLAIMS),
        (lambda: signed(email="no address"), Refusal.CLAIMS),
        (lambda: signed(email="a@example.com\nBcc: b@example.com"), Refusal.CLAIMS),
        (lambda: signed(name="x" * 256), Refusal.CLAIMS),
        (lambda: signed(name={"first": "Jane"}), Refusal.CLAIMS),
        (lambda: signed(algorithm="HS512"), Refusal.ALGORITHM),
        (lambda: signed(RSA, "RS256"), Refusal.ALGORITHM),
        (lambda: signed(key="", algorithm="none"), Refusal.ALGORITHM),
        (lambda: unsigned({"alg": "None"}, {"sub": "c1"}), Refusal.ALGORITHM),
        (lambda: unsigned({"alg": ["HS256"]}, {"sub": "c1"}), Refusal.ALGORITHM),
        (lambda: unsigned({}, {"sub": "c1"}), Refusal.ALGORITHM),
        (lambda: signed().rpartition(".")[0] + "." + "A" * 43, Refusal.SIGNATURE),
        (lambda: signed() + "x" * 5000, Refusal.TOO_LONG),
        (lambda: "nonsense", Refusal.MALFORMED),
        (lambda: "", Refusal.MALFORMED),
        (lambda: "\ud800", Refusal.MALFORMED),
        (lambda: "a.b.c", Refusal.MALFORMED),
    ],
)
def test_what_proves_nothing(make: Callable[[], str], refusal: Refusal) -> None:
    """Made in the test: a token that was made when the tests were gathered may be over by now."""
    assert refused(make()) is refusal


def test_a_public_key_is_no_secret() -> None:
    """The oldest trick: HS256 over the public key, which everybody has."""
    public = pem(RSA)
    signing_input = unsigned({"alg": "HS256"}, {"sub": "c1"}).rpartition(".")[0]
    signature = hmac.new(public.encode(), signing_input.encode(), hashlib.sha256).digest()
    token = unsigned({"alg": "HS256"}, {"sub": "c1"}, signature)
    assert refused(token, shop_token_keys=public) is Refusal.ALGORITHM
    both = {"shop_token_keys": public, "shop_token_secret": SECRET}
    assert refused(token, **both) is Refusal.SIGNATURE


def test_a_key_that_the_token_brings_along_is_not_looked_at() -> None:
    own = json.loads(jwks(x=OTHER_RSA))["keys"][0]
    token = unsigned({"alg": "RS256", "jwk": own, "jku": "https://evil.example/"}, {"sub": "c1"})
    assert refused(token, shop_token_keys=pem(RSA)) is Refusal.SIGNATURE


def test_a_shop_that_signs_nothing_believes_nothing() -> None:
    tokens = ShopTokens.of(Settings())
    with pytest.raises(TokenRefusedError) as caught:
        tokens.verify_shop_token(signed(), "here", datetime.now(UTC))
    assert caught.value.refusal is Refusal.NOT_CONFIGURED


@pytest.mark.parametrize(
    "settings",
    [
        {"shop_token_secret": "short"},
        {"shop_token_keys": "/nowhere/keys.pem"},
        {"shop_token_keys": "{}"},
        {"shop_token_keys": '{"keys": [{"kty": "oct", "k": "c2hvcnQ"}]}'},
        {"shop_token_keys": '{"keys": ["x"]}'},
        {"shop_token_keys": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"},
        {"shop_token_keys": "-----BEGIN CERTIFICATE-----"},
    ],
)
def test_unusable_keys_are_told_at_the_start(settings: dict[str, Any]) -> None:
    with pytest.raises(KeysError, match=r"AISLE_SHOP_TOKEN_KEYS|bytes at least"):
        ShopTokens.of(Settings(**settings))


def test_two_keys_of_one_id_are_told() -> None:
    twice = json.loads(jwks(a=RSA))["keys"] * 2
    with pytest.raises(KeysError, match="one `kid`"):
        ShopTokens.of(Settings(shop_token_keys=json.dumps({"keys": twice})))


def test_the_secret_is_in_no_representation() -> None:
    assert SECRET not in repr(Settings(shop_token_secret=SECRET))


def test_the_recipe_of_the_documentation_makes_a_good_token() -> None:
    page = (ROOT / "docs" / "identity.md").read_text()
    recipe = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert recipe is not None
    program = recipe[1] + "\nprint(shop_token('c1', 'jane@example.com', 'Jane'))"
    environment = {"AISLE_SHOP_TOKEN_SECRET": SECRET, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert verify(done.stdout.strip()) == JANE
