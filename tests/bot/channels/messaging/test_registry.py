"""Which platforms the environment opens."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from sanic import Sanic

from bot.channels.messaging import platforms
from bot.channels.messaging.input import MessagingInput
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.platform import Platform
from bot.channels.messaging.registry import (
    PLATFORMS,
    MissingKeyError,
    configured,
    of_environment,
)

KINDS: tuple[Any, ...] = (*PLATFORMS, Email)


def keys(kind: Any) -> dict[str, str]:
    """The variables that a platform needs."""
    required = [each for each in dataclasses.fields(kind) if each.default is dataclasses.MISSING]
    return {f"AISLE_{kind.name}_{each.name}".upper(): f"a {each.name}" for each in required}


@pytest.mark.parametrize("kind", KINDS)
def test_all_of_its_keys_open_a_platform(kind: Any) -> None:
    assert of_environment(kind, {}) is None
    assert of_environment(kind, dict.fromkeys(keys(kind), " ")) is None
    opened = of_environment(kind, keys(kind))
    assert opened is not None and opened.name == kind.name


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_key_is_named(kind: Any) -> None:
    for missing in keys(kind):
        rest = {name: value for name, value in keys(kind).items() if name != missing}
        if rest:
            with pytest.raises(MissingKeyError, match=missing):
                of_environment(kind, rest)


@pytest.mark.parametrize("kind", KINDS)
def test_no_secret_is_shown(kind: Any) -> None:
    shown = repr(of_environment(kind, keys(kind)))
    for name, value in keys(kind).items():
        is_secret = name.endswith(("TOKEN", "SECRET", "PASSWORD", "IMAP_URL", "SMTP_URL"))
        assert (value not in shown) == is_secret, name


def test_every_engine_is_registered() -> None:
    files = {each.stem for each in Path(platforms.__path__[0]).glob("*.py")}
    shared = {"__init__", "meta", "direct_messages"}
    assert files - shared == {each.__module__.rsplit(".", 1)[-1] for each in PLATFORMS}
    assert len({each.name for each in PLATFORMS}) == len(PLATFORMS)


def test_without_keys_nothing_is_opened_and_no_file_made(tmp_path: Path) -> None:
    assert configured({}) == []
    MessagingInput([], tmp_path).blueprint(_nobody)
    assert list(tmp_path.iterdir()) == []


async def _nobody(message: object) -> None:
    raise AssertionError


def test_all_together_have_a_route_each(tmp_path: Path) -> None:
    environment = {name: value for kind in PLATFORMS for name, value in keys(kind).items()}
    opened: list[Platform] = configured(environment)
    assert [each.name for each in opened] == [each.name for each in PLATFORMS]
    app = Sanic("all_platforms", configure_logging=False)
    blueprint = MessagingInput(opened, tmp_path).blueprint(_nobody)
    app.blueprint(blueprint, url_prefix="/webhooks/messaging")
    assert set(blueprint.ctx.routes) == {each.name for each in PLATFORMS}
    blueprint.ctx.store.close()
