"""Regular expressions of a language's phrases."""

import re
from collections.abc import Iterable


def any_of(phrases: Iterable[str], *, glued: bool = False) -> str:
    """One group that matches any of the phrases, as whole words where they are words.

    `glued` phrases may follow a number directly: "50usd".
    """
    made = []
    for phrase in sorted(phrases, key=len, reverse=True):
        pattern = r"\s+".join(re.escape(word) for word in phrase.split())
        before = r"(?<!\w)" if phrase[0].isalpha() and not glued else ""
        after = r"(?![^\W\d])" if phrase[-1].isalpha() else ""
        made.append(f"{before}{pattern}{after}")
    return f"(?:{'|'.join(made)})"
