"""The way of a person's words to the customer: through Rasa, on the channel they write on."""

import httpx

from bot.conversation_id import WEB, channel_of

_SECONDS = 40.0
"""Longer than a turn may take: the channel puts the message behind the one that runs."""


class ChannelError(Exception):
    """The message did not get into the chat; the message says why."""


class ConversationGoneError(ChannelError):
    """There is no such conversation, or no longer."""


class CustomerChannel:
    """Rasa's private routes (bot/channels/deliver.py), in this shop's own network."""

    def __init__(self, rasa_url: str, key: str) -> None:
        # A proxy for the internet has no business between our own processes.
        self._client = httpx.Client(
            base_url=rasa_url.rstrip("/"),
            timeout=_SECONDS,
            headers={"authorization": f"Bearer {key}"},
            trust_env=False,
        )

    def deliver(self, conversation_id: str, message_id: str, author: str, text: str) -> None:
        """Shows a message, once however often it is sent, and keeps it in the history.

        Raises:
            ConversationGoneError: nobody can see it.
            ChannelError: Rasa does not answer, or refuses.
        """
        message = {
            "conversation": conversation_id,
            "id": message_id,
            "author": author,
            "text": text,
        }
        route = WEB if channel_of(conversation_id) == WEB else "messaging"
        try:
            answer = self._client.post(f"/webhooks/{route}/deliver", json=message)
        except httpx.HTTPError as error:
            raise ChannelError(f"Rasa does not answer: {type(error).__name__}") from error
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise ConversationGoneError("There is no such conversation.")
        if not answer.is_success:
            raise ChannelError(f"Rasa answers {answer.status_code}.")
