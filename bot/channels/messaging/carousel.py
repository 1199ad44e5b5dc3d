"""Replies on platforms with carousels and quick replies."""

from collections.abc import Callable, Sequence

from bot.channels.messaging import english, text
from bot.channels.messaging.platform import Body, Platform, Rendered
from bot.channels.messaging.reply import Card, Choice, Reply


def with_carousels(
    platform: Platform,
    reply: Reply,
    carousel: Callable[[Sequence[Card]], Rendered],
    quick_replies: Callable[[Sequence[Choice]], Body],
) -> list[Rendered]:
    """Text, then carousels; the quick replies hang on the last message, as they vanish with the
    next one. More of them than fit make it all plain text.

    Args:
        carousel: makes a message of the cards, at most as many as the platform takes.
        quick_replies: what a message gets for these buttons.
    """
    if len(reply.buttons) > platform.limits.choices:
        return platform.in_words(reply)
    said = "\n\n".join(each for each in (reply.text, text.table_text(reply.table)) if each)
    messages = platform.texts(said)
    size = platform.limits.cards
    for start in range(0, len(reply.cards), size):
        messages.append(carousel(reply.cards[start : start + size]))
    if not reply.buttons:
        return messages
    *before, last = messages or platform.texts(english.CHOOSE)
    numbers = "\n".join(f"{each.number}. {each.title}" for each in reply.buttons)
    body = {**last.body, **quick_replies(reply.buttons)}
    return [*before, Rendered(body, f"{last.plain}\n\n{numbers}")]
