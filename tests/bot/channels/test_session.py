import time
from pathlib import Path
from typing import Any

import jwt
import pytest

from bot.channels.session import AUDIENCE, BrokenKeyError, SessionIssuer, load_key

KEY = "k" * 64
ISSUER = SessionIssuer(KEY)


def signed(key: str = KEY, algorithm: str = "HS256", **changes: Any) -> str:
    """A token that only `changes` keep from being a good one."""
    now = int(time.time())
    claims = {"sub": "c" * 32, "aud": AUDIENCE, "iat": now, "exp": now + 60, **changes}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm=algorithm)


def test_a_token_opens_its_conversation_again() -> None:
    first = ISSUER.open(None)
    again = ISSUER.open(first.token)
    assert first.is_new
    assert not again.is_new
    assert again.conversation_id == first.conversation_id


def test_conversations_are_unguessable() -> None:
    ids = {ISSUER.open(None).conversation_id for _ in range(100)}
    assert len(ids) == 100
    assert all(len(conversation_id) == 32 for conversation_id in ids)  # 192 bits in base 64


def test_a_visit_starts_the_lifetime_anew() -> None:
    almost_over = signed(iat=int(time.time()) - 80 * 86400, exp=int(time.time()) + 86400)
    renewed = jwt.decode(
        ISSUER.open(almost_over).token, KEY, algorithms=["HS256"], audience=AUDIENCE
    )
    assert renewed["sub"] == "c" * 32
    assert renewed["exp"] - time.time() == pytest.approx(90 * 86400, abs=5)


def test_the_good_token_that_the_bad_ones_differ_from() -> None:
    assert ISSUER.open(signed()).conversation_id == "c" * 32


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(signed(key="x" * 64), id="another key"),
        pytest.param(signed(exp=int(time.time()) - 3600), id="expired"),
        pytest.param(signed(iat=int(time.time()) + 3600), id="from the future"),
        pytest.param(signed(aud="another-service"), id="another audience"),
        pytest.param(signed(aud=None), id="no audience"),
        pytest.param(signed(exp=None), id="no expiry"),
        pytest.param(signed(sub=None), id="no subject"),
        pytest.param(signed(sub="default"), id="a subject that we never issue"),
        pytest.param(signed(algorithm="HS512"), id="another algorithm"),
        pytest.param(signed(key="", algorithm="none"), id="unsigned"),
        pytest.param(signed()[:-4], id="cut off"),
        pytest.param("nonsense", id="nonsense"),
        pytest.param("\ud800", id="a lone surrogate"),
        pytest.param("a" * 100_000, id="huge"),
        pytest.param("", id="empty"),
        pytest.param(17, id="a number"),
        pytest.param({"sub": "c" * 32}, id="an object"),
    ],
)
def test_a_bad_token_gets_a_new_conversation(token: object) -> None:
    session = ISSUER.open(token)
    assert session.is_new
    assert session.conversation_id != "c" * 32


def test_the_key_outlives_the_process(tmp_path: Path) -> None:
    token = SessionIssuer(load_key(tmp_path)).open(None).token
    assert not SessionIssuer(load_key(tmp_path)).open(token).is_new


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    load_key(tmp_path)
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets" / "session.key").stat().st_mode & 0o777 == 0o600


def test_an_empty_key_signs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "session.key"
    path.parent.mkdir()
    path.write_text("")
    with pytest.raises(BrokenKeyError, match="Delete it"):
        load_key(tmp_path)
