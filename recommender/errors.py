"""What can go wrong in finding products, in sentences that say what to do."""


class ModelError(Exception):
    """A model is missing, damaged, or not the one expected. The message names the remedy."""


class UnknownProductError(LookupError):
    """No product and no variant has this id."""


class RayError(Exception):
    """Embedding with Ray is not possible, or failed. The message says what to do."""


class IndexUnavailableError(Exception):
    """The vector index can't be reached or used. The message says what to do."""
