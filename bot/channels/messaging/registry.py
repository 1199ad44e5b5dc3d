"""The platforms that this shop has keys for: `AISLE_<PLATFORM>_<KEY>` in the environment."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from bot.channels.messaging.platform import Channel, Platform
from bot.channels.messaging.platforms.bot_framework import BotFramework
from bot.channels.messaging.platforms.instagram import Instagram
from bot.channels.messaging.platforms.line import Line
from bot.channels.messaging.platforms.mattermost import Mattermost
from bot.channels.messaging.platforms.messenger import Messenger
from bot.channels.messaging.platforms.rocketchat import RocketChat
from bot.channels.messaging.platforms.slack import Slack
from bot.channels.messaging.platforms.telegram import Telegram
from bot.channels.messaging.platforms.twilio import Twilio
from bot.channels.messaging.platforms.wechat import WeChat
from bot.channels.messaging.platforms.whatsapp import WhatsApp

Kind = TypeVar("Kind", bound=Channel)
PLATFORMS: tuple[type[Platform], ...] = (
    WhatsApp,
    Messenger,
    Instagram,
    Line,
    Telegram,
    Slack,
    WeChat,
    Twilio,
    RocketChat,
    Mattermost,
    BotFramework,
)


class MissingKeyError(Exception):
    """A platform can't be opened; names the variable that it needs."""


def configured(environment: Mapping[str, str]) -> list[Platform]:
    """Those with keys.

    Raises:
        MissingKeyError: a platform has some of its keys and lacks another; names the variable.
    """
    found = (of_environment(each, environment) for each in PLATFORMS)
    return [each for each in found if each is not None]


def of_environment(kind: type[Kind], environment: Mapping[str, str]) -> Kind | None:
    """
    Raises:
        MissingKeyError: as above.
    """
    given: dict[str, Any] = {}
    missing = []
    for each in fields(kind):  # type: ignore[arg-type]  # every engine is a dataclass
        variable = f"AISLE_{kind.name}_{each.name}".upper()
        value = environment.get(variable, "").strip()
        if value:
            given[each.name] = value
        elif each.default is MISSING:
            missing.append(variable)
    if len(missing) and not given:
        return None
    if missing:
        raise MissingKeyError(f"{missing[0]} is missing: {kind.name} needs it (docs/channels.md).")
    return kind(**given)
