"""What can be wrong with a voice, in sentences that say where."""


class VoiceError(Exception):
    """A voice file or a message that can't be used; the text names the file and the key."""
