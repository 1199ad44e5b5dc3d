"""Whose data is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """One customer, by all that they are known by, or a single conversation."""

    emails: frozenset[str] = frozenset()
    """In lower case."""
    customers: frozenset[str] = frozenset()
    """The shop's ids."""
    orders: frozenset[str] = frozenset()
    """Numbers of their orders."""
    conversations: frozenset[str] = frozenset()
