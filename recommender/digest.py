"""Whether a text is still what an index was made from."""

from hashlib import blake2b


def digest(text: str) -> int:
    """64 bits, signed, as index engines keep them."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)
