"""A ticket that a desk may get."""

from datetime import UTC, datetime

from bot.desk.ticket import Fact, Line, Proof, Reason, Speaker, Ticket

AT = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
TRANSCRIPT = (
    Line(Speaker.CUSTOMER, "where is my order", AT),
    Line(Speaker.ASSISTANT, "On its way.", AT),
    Line(Speaker.CUSTOMER, "let me talk to somebody", AT),
)


def ticket(proof: Proof | None = Proof("ada@example.com", "code")) -> Ticket:  # noqa: B008 - frozen
    facts = (Fact("Order", "AB-1001"),)
    return Ticket("t" * 32, "conversation", "web", Reason.ASKED, facts, TRANSCRIPT, proof, AT)
