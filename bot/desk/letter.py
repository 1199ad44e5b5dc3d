"""A ticket as plain text, for a letter or a note."""

from bot.desk import english
from bot.desk.ticket import Message, Speaker, Ticket


def summary(ticket: Ticket) -> str:
    """Why, who and what, a line each."""
    facts = [(english.REASON, english.REASONS[ticket.reason])]
    if ticket.proof is not None:
        method = ticket.proof.method
        facts.append((english.CUSTOMER, f"{ticket.proof.email} ({english.VERIFIED}: {method})"))
    else:
        facts.append((english.CUSTOMER, english.UNKNOWN))
    facts += [(fact.name, fact.value) for fact in ticket.summary]
    facts.append((english.CONVERSATION, f"{ticket.conversation_id} ({ticket.channel})"))
    return "\n".join(f"{name}: {value}" for name, value in facts)


def transcript(ticket: Ticket) -> str:
    """What was said, a line each."""
    return "\n".join(
        f"[{line.at:%Y-%m-%d %H:%M} UTC] {english.SPEAKERS[line.speaker]}: {line.text}"
        for line in ticket.transcript
    )


def message(said: Message) -> str:
    """What came later."""
    return said.text if said.is_note else f"{english.SPEAKERS[Speaker.CUSTOMER]}: {said.text}"
