"""Somebody who wants to be taken for Jane, with tokens that her shop did not make for them."""

import hashlib
import hmac
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.security.conftest import LeavesALine
from tests.signing import OTHER_RSA, RSA, pem, signed, unsigned


def claims(**changes: Any) -> dict[str, Any]:
    """Good ones but for the changes; they live ten minutes from now, so none is made early."""
    now = int(time.time())
    good = {
        "sub": "c1-of-jane",
        "email": "jane@example.com",
        "aud": "aisle",
        "iat": now,
        "exp": now + 600,
    }
    return {**good, **changes}


def in_seconds(seconds: int) -> int:
    return int(time.time()) + seconds


def by_public_key() -> str:
    """HS256 with the public key, which everybody has, as its secret."""
    signing_input = unsigned({"alg": "HS256", "kid": "first"}, claims()).rpartition(".")[0]
    signature = hmac.new(pem(RSA).encode(), signing_input.encode(), hashlib.sha256).digest()
    return unsigned({"alg": "HS256", "kid": "first"}, claims(), signature)


def with_other_claims() -> str:
    """A good signature under claims of one's own."""
    header, _, signature = signed().split(".")
    return ".".join((header, unsigned({}, claims()).split(".")[1], signature))


def attacks() -> dict[str, str]:
    """By what is wrong with it."""
    return {
        "unsigned": unsigned({"alg": "none"}, claims()),
        "unsigned, in capitals": unsigned({"alg": "NONE"}, claims()),
        "unsigned, without an algorithm": unsigned({}, claims()),
        "the algorithm is a list": unsigned({"alg": ["HS256", "none"]}, claims()),
        "the public key as a secret": by_public_key(),
        "another secret": signed("x" * 64, **claims()),
        "an empty signature": unsigned({"alg": "HS256"}, claims()),
        "another key under a known id": signed(OTHER_RSA, "RS256", "first", **claims()),
        "another key under an unknown id": signed(OTHER_RSA, "RS256", "second", **claims()),
        "an id that is a path": signed(OTHER_RSA, "RS256", "../../dev/null", **claims()),
        "an id that is SQL": signed(OTHER_RSA, "RS256", "' OR 1=1 --", **claims()),
        "another hash": signed(algorithm="HS384", **claims()),
        "another padding": signed(RSA, "PS256", "first", **claims()),
        "a key that it brings along": unsigned(
            {"alg": "RS256", "jku": "http://127.0.0.1/"}, claims()
        ),
        "other claims under a good signature": with_other_claims(),
        "expired": signed(**claims(exp=in_seconds(-600))),
        "never expires": signed(**claims(exp=None)),
        "expires in a year": signed(**claims(exp=in_seconds(31_536_000))),
        "expires at infinity": signed(**claims(exp=10**400)),
        "made in the future": signed(**claims(iat=in_seconds(9000), exp=in_seconds(9300))),
        "for another service": signed(**claims(aud="another")),
        "for several services": signed(**claims(aud=["aisle", "another"])),
        "of another conversation": signed(**claims(cid="of-somebody-else")),
        "of no conversation": signed(**claims(cid=None)) + ".x",
        "no customer": signed(**claims(sub=" ")),
        "an address with a header": signed(**claims(email="a@example.com\r\nBcc: x@x.example")),
        "no token": "nonsense",
        "dots": "...",
        "nul": "\x00",
    }


@pytest.mark.parametrize("name", attacks())
def test_it_is_not_believed(
    client: TestClient, rasa: dict[str, str], leaves_a_line: LeavesALine, name: str
) -> None:
    shown = {"conversation": "mallorys", "device": "d", "token": attacks()[name]}
    assert client.post("/identity", json=shown, headers=rasa).status_code == 403
    here = {"conversation": "mallorys", "device": "d"}
    assert client.post("/identity/of", json=here, headers=rasa).json()["until"] is None
    assert "refused: a token of the shop's site" in leaves_a_line()


def test_the_good_token_that_the_others_differ_from(
    client: TestClient, rasa: dict[str, str]
) -> None:
    shown = {"conversation": "janes", "device": "d", "token": signed(**claims())}
    answer = client.post("/identity", json=shown, headers=rasa)
    assert answer.status_code == 200
    assert "jane" not in answer.text


def test_a_token_that_is_not_believed_ends_what_was_known(
    client: TestClient, rasa: dict[str, str], leaves_a_line: LeavesALine
) -> None:
    here = {"conversation": "janes", "device": "d"}
    client.post("/identity", json={**here, "token": signed(**claims())}, headers=rasa)
    client.post("/identity", json={**here, "token": "nonsense"}, headers=rasa)
    assert client.post("/identity/of", json=here, headers=rasa).json()["until"] is None
    assert "malformed" in leaves_a_line()


@pytest.mark.parametrize(
    "speaker",
    [
        {"conversation": "mallorys", "device": "d"},
        {"conversation": "janes", "device": "mallorys"},
        {"conversation": "JANES", "device": "d"},
        {"conversation": "janes%", "device": "d"},
        {"conversation": "' OR '1'='1", "device": "d"},
    ],
)
def test_an_identity_shows_nowhere_else(
    client: TestClient, rasa: dict[str, str], speaker: dict[str, str]
) -> None:
    shown = {"conversation": "janes", "device": "d", "token": signed(**claims())}
    client.post("/identity", json=shown, headers=rasa)
    assert client.post("/identity/of", json=speaker, headers=rasa).json()["until"] is None
