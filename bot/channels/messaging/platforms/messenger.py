"""Facebook Messenger, by the Send API of a page."""

from dataclasses import dataclass
from typing import ClassVar

from bot.channels.messaging.platform import Limits
from bot.channels.messaging.platforms.direct_messages import DirectMessages


@dataclass(frozen=True)
class Messenger(DirectMessages):
    name: ClassVar[str] = "messenger"
    limits: ClassVar[Limits] = Limits(text=2000, choices=13, cards=10)
