"""A mailbox as the desk: each ticket a letter, each later message one in its thread.

Answers do not come back by mail, which would need a mailbox of our own to read. They come by the
letter's link, to a page of the service's (bot/service/desk.py), where AISLE_DESK_PUBLIC_URL
says how the desk's people reach it; a customer with a proved address can be answered by mail, too.
"""

from collections.abc import Mapping
from typing import ClassVar

from bot.desk import english, letter
from bot.desk.answer_link import AnswerLinks
from bot.desk.port import Desk, DeskEvent, DeskRefusedError, DeskUnavailableError
from bot.desk.ticket import Message, Ticket
from bot.mail import Mailer, MailError


class EmailDesk(Desk):
    name: ClassVar[str] = "email"

    def __init__(self, mailer: Mailer, address: str, links: AnswerLinks | None) -> None:
        """Without `links` the letters have none, and answers go by mail alone."""
        if not address:
            raise DeskRefusedError("AISLE_DESK_ADDRESS names no mailbox.")
        self._mailer = mailer
        self._address = address
        self._links = links

    def open(self, ticket: Ticket, key: str) -> str:
        text = "\n\n".join(
            filter(None, (letter.summary(ticket), letter.transcript(ticket), self._link(ticket)))
        )
        self._send(ticket, key, text)
        return _message_id(key)

    def append(self, ticket: Ticket, external_id: str, message: Message) -> None:
        text = "\n\n".join(filter(None, (letter.message(message), self._link(ticket))))
        self._send(ticket, message.key, text, external_id)

    def read(
        self, headers: Mapping[str, str], query: Mapping[str, str], body: bytes
    ) -> DeskEvent | None:
        """Nothing comes back this way."""
        return None

    def _link(self, ticket: Ticket) -> str:
        return f"{english.ANSWER_HERE}: {self._links.of(ticket.id)}" if self._links else ""

    def _send(self, ticket: Ticket, key: str, text: str, thread: str = "") -> None:
        headers = {"Message-ID": _message_id(key)}
        if ticket.proof is not None:
            headers["Reply-To"] = ticket.proof.email
        if thread:
            headers |= {"In-Reply-To": thread, "References": thread}
        subject = f"{english.NEW_TICKET} [{ticket.id[:8]}]"
        try:
            self._mailer.send(self._address, subject, text, headers)
        except MailError as error:
            # Its own words may repeat the address.
            raise DeskUnavailableError("The mail server did not take the letter.") from error


def _message_id(key: str) -> str:
    """The same for the same key: most mailboxes keep such a letter once."""
    return f"<{key.replace(':', '.')}@aisle.invalid>"
