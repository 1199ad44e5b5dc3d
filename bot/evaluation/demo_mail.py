"""What the demo shop writes to its customers, for those who play one."""

import asyncio
import re
import time
from pathlib import Path

from bot import mailbox

_SECONDS = 10.0
_CODE = re.compile(r"\b(\d{3}) ?(\d{3})\b")


class Mailbox:
    """For one customer at a time."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._seen = ""

    def mark(self) -> None:
        """What has come until now is old."""
        mails = mailbox.latest(self._data_dir)
        self._seen = mails[0].id if mails else ""

    async def next_code(self) -> str:
        """The code of a mail since the mark, or since the last one read, when it has come.

        Raises:
            TimeoutError: none came.
        """
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            mails = mailbox.latest(self._data_dir)
            if mails and mails[0].id != self._seen and (match := _CODE.search(mails[0].text)):
                self._seen = mails[0].id
                return match[1] + match[2]
            await asyncio.sleep(0.05)
        raise TimeoutError("no mail with a code has come")
