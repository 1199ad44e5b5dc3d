"""One turn through Rasa, the same on every channel."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.conversation import Turn
from bot.channels.history import ATTACHMENT
from bot.channels.output import TurnOutput

logger = logging.getLogger(__name__)

# Well below the 60 seconds that Rasa's conversation lock lives: Rasa itself would wait 300
# seconds for the action server, and let a second turn into the conversation meanwhile.
TURN_SECONDS = 25.0

UNREACHABLE = "I can't reach the shop's shelves right now. Please try again in a moment."
TOO_FAST = "You are writing faster than I can read. Please wait a moment, then say that again."

Handler = Callable[[UserMessage], Awaitable[Any]]


async def asked(
    handler: Handler,
    output: TurnOutput,
    conversation_id: str,
    seconds: float,
    channel: str = "web",
) -> bool:
    """Hands the turn of this output to Rasa; whether the customer got an answer.

    Rasa catches what goes wrong in an action and stays silent, so silence is a failure too.
    """
    turn = output.turn
    message = UserMessage(
        turn.customer["text"],
        output,
        conversation_id,
        input_channel=channel,
        message_id=turn.id,
        metadata=_metadata(turn),
    )
    try:
        await asyncio.wait_for(handler(message), seconds)
    except asyncio.TimeoutError:
        logger.error("No answer within %.0f s to the turn %s.", seconds, turn.id)
        return False
    except Exception:
        logger.exception("Rasa failed in the turn %s.", turn.id)
        return False
    if turn.is_with_a_person:
        return True
    if not turn.replies:
        logger.error("Rasa had nothing to say in the turn %s.", turn.id)
    return bool(turn.replies)


def _metadata(turn: Turn) -> dict[str, Any]:
    """What an act may know of the message beside its words."""
    speaker, attachment = turn.speaker, turn.customer["attachment"]
    return {
        **({"device": speaker.device_id} if speaker else {}),
        **({"takes_files": True} if speaker and speaker.takes_files else {}),
        **({ATTACHMENT: attachment} if attachment else {}),
    }
