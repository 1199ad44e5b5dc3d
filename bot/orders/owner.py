"""Whose orders are asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Owner:
    """A customer who has proved who they are. Made from a verified identity only, never from words.

    An order is theirs if it was placed under their e-mail address or under their customer id.
    """

    email: str = ""
    """In lower case."""
    customer_id: str = ""
    """The shop's own; empty if it was not proved."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "email", self.email.strip().lower())
        object.__setattr__(self, "customer_id", self.customer_id.strip())
        if not self.email and not self.customer_id:
            # Orders of guests without an address would be theirs.
            raise ValueError("an owner has an e-mail address or a customer id")

    def owns(self, email: str | None, customer_id: str | None = None) -> bool:
        """Whether an order under this address and this id is theirs; empty ones are nobody's."""
        by_email = bool(self.email) and (email or "").strip().lower() == self.email
        return by_email or (bool(self.customer_id) and customer_id == self.customer_id)
