"""What every customer message passes before Rasa sees it.

Rasa obeys text that starts with "/" as a command that names intent and entities, whatever the
customer may do (RasaHQ/rasa#5075). It looks for the slash after `str.strip()`, so the guard
strips at least as much and then looks at the very text that it hands on.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.redaction import without_cards

LONGEST_TEXT = 1000
"""In Unicode code points, after normalisation."""

EMPTY = "I didn't get any words there. Tell me what you are looking for, and I'll have a look."
TOO_LONG = (
    f"That message is longer than I can read in one go ({LONGEST_TEXT:,} characters). "
    "Please tell me in a sentence or two what you are looking for."
)
COMMAND = (
    "Messages can't start with a slash here. "
    "Please write what you are looking for in plain words, without it."
)

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

# Joiners hold emoji and Persian words together, variation selectors choose how an emoji looks:
# they stay inside a text and go from its edges, where nothing can be seen of them.
_JOINERS = "\u200c\u200d"
_VARIATION_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
# Drawn as nothing, although Unicode does not class them as format characters.
_BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0"
)
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})

# Telephones write "don’t" by themselves; whoever reads a message knows it by one sign.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"))

_STRAY_JOINER = re.compile(rf"(?<!\S)[{_JOINERS}{_VARIATION_SELECTORS}]+|[{_JOINERS}]+(?!\S)")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAKS = re.compile(r" ?\n[ \n]*")


class MalformedEventError(ValueError):
    """The event is not a message at all; says what a client must send."""


@dataclass(frozen=True)
class CustomerMessage:
    """A message as it arrived: the client's own id, and text that nobody has looked at."""

    id: str
    text: str
    attachment: object = None
    """The token of a file that was uploaded; the channel's own words say that it is there."""


@dataclass(frozen=True)
class Verdict:
    """Clean text, and the sentence that answers it where it must not reach Rasa."""

    text: str
    refusal: str | None = None


def read_event(arguments: tuple[object, ...]) -> CustomerMessage:
    """The message in a Socket.IO event's arguments.

    Raises:
        MalformedEventError: anything but one object with a usable `id` and a `text` string.
    """
    if len(arguments) != 1 or not isinstance(arguments[0], dict):
        raise MalformedEventError('Send one object: {"id": "<uuid>", "text": "<words>"}.')
    message_id, text = arguments[0].get("id"), arguments[0].get("text")
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise MalformedEventError(
            '"id" must be 1 to 64 letters, digits, "-" or "_", new for every message.'
        )
    if attachment := arguments[0].get("attachment"):
        return CustomerMessage(message_id, "", attachment)
    if not isinstance(text, str):
        raise MalformedEventError('"text" must be a string.')
    return CustomerMessage(message_id, text)


def inspect(text: str) -> Verdict:
    """Cleans a customer's text and decides whether Rasa may read it.

    A card number goes here already: past this point it would be remembered.
    """
    clean = without_cards(_clean(text))
    if not clean:
        return Verdict("", EMPTY)
    # Compatibility forms too: a full-width slash is no command to Rasa today, and means one.
    if unicodedata.normalize("NFKC", clean[0]).startswith("/"):
        return Verdict(_shortened(clean), COMMAND)
    if len(clean) > LONGEST_TEXT:
        return Verdict(_shortened(clean), TOO_LONG)
    return Verdict(clean)


def reason(refusal: str) -> str:
    """A refusal in a word, for the log."""
    return {EMPTY: "empty", TOO_LONG: "too long", COMMAND: "a command"}.get(refusal, "refused")


def _clean(text: str) -> str:
    """NFC with plain apostrophes, without control and invisible characters, white space collapsed,
    line breaks kept."""
    visible = []
    for character in text:
        if character.isspace():
            visible.append(character if character == "\n" else " ")
        elif character in _JOINERS or (
            unicodedata.category(character) not in _REMOVED_CATEGORIES and character not in _BLANKS
        ):
            visible.append(character)
    clean = unicodedata.normalize("NFC", "".join(visible)).translate(_APOSTROPHES)
    clean = _STRAY_JOINER.sub("", clean)
    clean = _LINE_BREAKS.sub("\n", _SPACES.sub(" ", clean))
    return clean.strip()


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
