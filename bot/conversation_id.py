"""Ids of conversations, which say what channel they are on. Runs in both environments."""

WEB = "web"
_MARK = ":"
"""Not in an id of the web channel's (bot/channels/session.py), so that none is both."""


def messaging_id(digest: str, channel: str) -> str:
    """The id of a conversation on a messaging channel."""
    return f"{digest}{_MARK}{channel}"


def channel_of(conversation_id: str) -> str:
    """The channel's name, as `whatsapp`; `web` for the chat on the shop's pages."""
    return conversation_id.partition(_MARK)[2] or WEB
