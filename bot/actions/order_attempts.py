"""How often wrong order details may be given: guessing is slow work."""

SLOT = "order_attempts"
MOST = 3
SPAN_SECONDS = 3600.0


def recent(value: object, now: float) -> list[float]:
    """The failures that still count, from the slot: seconds since 1970, oldest first."""
    if not isinstance(value, list):
        return []
    return [float(at) for at in value if isinstance(at, int | float) and now - at < SPAN_SECONDS][
        -MOST:
    ]


def exhausted(value: object, now: float) -> bool:
    return len(recent(value, now)) >= MOST
