"""A mailbox of the shop's, as a channel."""

import html
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import ClassVar

from bot.channels.messaging import english, text
from bot.channels.messaging.platform import Body, Channel, Limits, Rendered
from bot.channels.messaging.reply import Card, Reply


@dataclass(frozen=True)
class Email(Channel):
    imap_url: str = field(repr=False)
    """`imaps://user:password@host[:port]`, or `imap://` for a server with STARTTLS."""
    smtp_url: str = field(repr=False)
    """`smtps://user:password@host[:port]`, or `smtp://`."""
    address: str
    """Ours, which customers write to, with a name or without: `Fell <help@fell.example>`."""
    authserv: str = ""
    """The name that the shop's own mail server writes into `Authentication-Results`: then a letter
    counts only where it says that the sender's domain passed DMARC, or signed with DKIM."""
    poll_seconds: str = "20"

    name: ClassVar[str] = "email"
    limits: ClassVar[Limits] = Limits(text=100_000)

    @property
    def account(self) -> str:
        return parseaddr(self.address)[1].lower()

    def text(self, words: str) -> Body:
        paragraphs = [f"<p>{_escaped(each)}</p>" for each in words.split("\n\n")]
        return {"text": words, "html": "\n".join(paragraphs)}

    def render(self, reply: Reply) -> list[Rendered]:
        """Words for every mail program, and the same with links for most."""
        words = text.plain(reply)
        if not words:
            return []
        without = Reply(reply.text, (), reply.buttons, reply.table)
        said, *rest = text.plain(without).split("\n\n")
        cards = "\n".join(_card(card) for card in reply.cards)
        shown = [f"<p>{_escaped(said)}</p>", cards, *(f"<p>{_escaped(each)}</p>" for each in rest)]
        return [Rendered({"text": words, "html": "\n".join(shown)}, words)]


def _card(card: Card) -> str:
    """The picture as a link: what a mail program loads tells who reads a letter, and when."""
    product = card.product
    title = f"<b>{card.choice.number}. {_escaped(product['title'])}</b>"
    if text.is_public(product["url"]):
        title = f'<a href="{html.escape(product["url"])}">{title}</a>'
    lines = [title, _escaped(text.summary(product))]
    if picture := text.picture(product):
        lines.append(f'<a href="{html.escape(picture)}">{_escaped(english.PICTURE)}</a>')
    return f"<p>{'<br>'.join(line for line in lines if line)}</p>"


def _escaped(words: str) -> str:
    return html.escape(words).replace("\n", "<br>\n")
