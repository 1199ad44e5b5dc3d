"""What the assistant says, by the name of what it means."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from babel import Locale
from fluent.runtime import FluentBundle

from bot.settings import Settings
from bot.voice import messages
from bot.voice.errors import VoiceError
from bot.voice.shop import VOICES, Shop
from bot.voice.values import Value, written


@dataclass(frozen=True, slots=True)
class _Moment:
    """Where in which conversation something is said."""

    seed: int = 0
    heard: tuple[str, ...] = ()


_SOME_MOMENT = _Moment()
_moment: ContextVar[_Moment] = ContextVar("moment", default=_SOME_MOMENT)


class Voice:
    """A shop's assistant's way of speaking. Thread-safe."""

    def __init__(self, shop: Shop, bundle: FluentBundle) -> None:
        self.shop = shop
        self.locale = Locale.parse(shop.locale, sep="-")
        self._bundle = bundle
        self._always = {
            "shop": shop.name,
            "assistant": shop.assistant_name,
            # An empty text is no name that a pattern could choose by.
            "contact": shop.contact or "none",
            "tone": shop.tone,
        }

    @classmethod
    def load(cls, settings: Settings) -> "Voice":
        """The voice of the shop that the settings name.

        Raises:
            VoiceError: the shop's file, or a message, can't be used.
        """
        shop = Shop.load(settings.voice)
        known = messages.read(VOICES / shop.language)
        try:
            own = messages.own(shop.own_messages, known)
        except VoiceError as error:
            raise VoiceError(f"{settings.voice}: {error}") from error
        return cls(shop, messages.bundle([*known.values(), *own], shop.locale))

    def say(self, id: str, **values: Value) -> str:
        """The message with its values. Of several variants, the turn decides which.

        Raises:
            VoiceError: there is no such message, or it lacks a value.
        """
        variants = self._variants(id)
        now = _moment.get()
        # One turn later is one variant further: never the same twice in a row.
        start = now.seed % len(variants)
        said = [self._said(id, each, values) for each in variants[start:] + variants[:start]]
        return next((text for text in said if not _is_in(text, now.heard)), said[0])

    @contextmanager
    def for_turn(self, seed: int, heard: Sequence[str] = ()) -> Iterator[None]:
        """Speaks for one turn of one conversation, in this thread or task.

        Args:
            seed: Decides which variants are used; one more in the conversation's next turn.
            heard: What the assistant said last, which it does not say in the same words again.
        """
        token = _moment.set(_Moment(seed, tuple(heard)))
        try:
            yield
        finally:
            _moment.reset(token)

    def _variants(self, id: str) -> list[str]:
        """The names of the attributes among which the turn may choose; "" is the value.

        Those that are named for a tone are for that tone alone: `.formal`, `.friendly-two`.
        """
        if not self._bundle.has_message(id):
            raise VoiceError(f"{id}: there is no message of this id")
        message = self._bundle.get_message(id)
        names = list(message.attributes) if message.attributes else [""]
        toned = [name for name in names if name.partition("-")[0] == self.shop.tone]
        return toned or [name for name in names if name.partition("-")[0] not in _TONES] or names

    def _said(self, id: str, variant: str, values: dict[str, Value]) -> str:
        message = self._bundle.get_message(id)
        pattern = message.attributes[variant] if variant else message.value
        if pattern is None:
            raise VoiceError(f"{id}: it has no text")
        arguments = {
            name: written(value, self.locale, self.shop.currency) for name, value in values.items()
        }
        text, errors = self._bundle.format_pattern(pattern, {**self._always, **arguments})
        if errors:
            raise VoiceError(f"{id}: {errors[0]}")
        return str(text)


_TONES = ("friendly", "neutral", "formal")


def _is_in(text: str, heard: Sequence[str]) -> bool:
    return any(text in each for each in heard)
