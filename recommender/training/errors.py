"""What keeps a training from going well."""


class TrainingError(Exception):
    """The data can't be read or hold nothing to train on; the message says what is missing."""
