"""What somebody wrote, without what they quote and without their signature."""

import re

from bot.channels.messaging.mail.marks import (
    ATTRIBUTION,
    FROM,
    HEADER,
    ORIGINAL,
    SIGNED_BY_PHONE,
)

_ATTRIBUTION_LINES = 3
"""Over which a mail program may break "On … wrote:"."""
_RULE = re.compile(r"_{10,}")
"""Outlook draws one above the head of what it quotes."""


def own_words(text: str) -> str:
    """The new part of an answer, also where it stands between or below what it quotes."""
    kept: list[str] = []
    lines = [line.rstrip() for line in text.splitlines()]
    place = 0
    while place < len(lines):
        line = lines[place]
        if _ends_here(lines, place):
            break
        length = _attribution(lines, place)
        if length:
            place += length
            continue
        if not line.lstrip().startswith(">"):
            kept.append(line)
        place += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _ends_here(lines: list[str], place: int) -> bool:
    """A signature, or a whole letter below, begins with this line."""
    line = lines[place].strip()
    if line == "--" or SIGNED_BY_PHONE.match(line) or ORIGINAL.fullmatch(line):
        return True
    following = [each.strip().strip("*") for each in lines[place : place + 4] if each.strip()]
    if len(following) < 2:
        return False
    first, second = following[:2]
    if _RULE.fullmatch(first):
        return bool(FROM.match(second))
    return bool(line and FROM.match(first) and HEADER.match(second))


def _attribution(lines: list[str], place: int) -> int:
    """How many lines say whom the following quotes; 0 if none."""
    part = ""
    for length, line in enumerate(lines[place : place + _ATTRIBUTION_LINES], 1):
        if not line.strip():
            return 0
        part = f"{part} {line.strip()}".lstrip()
        if ATTRIBUTION.fullmatch(part):
            return length
    return 0
