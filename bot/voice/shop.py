"""What a shop decides about its assistant's voice: `shop.toml`."""

from pathlib import Path
from typing import Annotated, Any, Literal

import tomllib
from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.voice.errors import VoiceError

VOICES = Path(__file__).resolve().parent
DEFAULT = VOICES / "shop.toml"

Tone = Literal["friendly", "neutral", "formal"]


def languages() -> list[str]:
    """The languages that have a folder of messages."""
    return sorted(folder.name for folder in VOICES.iterdir() if any(folder.glob("*.ftl")))


def _is_language(value: str) -> str:
    if value not in languages():
        raise ValueError(f"there is no folder of messages for it; there is {languages()}")
    return value


def _is_locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError("no known locale; write it as in en-US") from error
    return value


Text = Annotated[str, Field(min_length=1)]


class Shop(BaseModel):
    """One shop's name, tone and money."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Text
    assistant_name: Text
    tone: Tone
    language: Annotated[str, AfterValidator(_is_language)]
    locale: Annotated[str, AfterValidator(_is_locale)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    contact: str
    greetings: tuple[Text, ...]
    sign_offs: tuple[Text, ...]
    messages: dict[str, Annotated[tuple[Text, ...], Field(min_length=1)]]

    @classmethod
    def load(cls, file: Path) -> "Shop":
        """The file's keys over those of the `shop.toml` that ships with Aisle.

        Raises:
            VoiceError: the file can't be read, or a key's value can't be used.
        """
        values = _read(DEFAULT) | (_read(file) if file != DEFAULT else {})
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"]))
            raise VoiceError(f"{file}: {key}: {first['msg']}") from error

    @property
    def own_messages(self) -> dict[str, tuple[str, ...]]:
        """The texts that the shop puts in the place of the assistant's, by message."""
        named = {"greet": self.greetings, "goodbye": self.sign_offs}
        return {**{id: texts for id, texts in named.items() if texts}, **self.messages}


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise VoiceError(f"{file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VoiceError(f"{file}: {error}") from error
