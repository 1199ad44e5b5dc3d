"""Direct messages of Instagram, by its API with Instagram login."""

from dataclasses import dataclass
from typing import ClassVar

from bot.channels.messaging import text
from bot.channels.messaging.platform import Limits
from bot.channels.messaging.platforms.direct_messages import DirectMessages


@dataclass(frozen=True)
class Instagram(DirectMessages):
    api: str = "https://graph.instagram.com/v23.0"

    name: ClassVar[str] = "instagram"
    limits: ClassVar[Limits] = Limits(1000, choices=13, cards=10, measure=text.byte_length)
    shown_name: ClassVar[str] = "username"
