"""The words of a letter, from its plain part or else from its HTML."""

import contextlib
from email.message import EmailMessage, Message
from html.parser import HTMLParser

_LONGEST = 200_000
"""Characters. More than anybody writes, and than a parser should be given."""
_UNSEEN = frozenset(("head", "script", "style", "title", "template"))
_QUOTED = "blockquote"
_LINES = frozenset(("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"))
_QUOTING_CLASSES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")


def words_of(letter: EmailMessage) -> str:
    """As they are, with quotes and signature; empty where there are none."""
    part = letter.get_body(("plain",))
    if part is not None and (words := _content(part).strip()):
        return words
    part = letter.get_body(("html",))
    return "" if part is None else text_of_html(_content(part))


def text_of_html(page: str) -> str:
    """What is to be read of it, without what it quotes."""
    reader = _Reader()
    # It asserts where a page is broken in some ways, which anybody can write: what came before that
    # is read.
    with contextlib.suppress(AssertionError):
        reader.feed(page[:_LONGEST])
        reader.close()
    lines = ("".join(reader.seen)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _content(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        text = raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a character set that nobody knows
        text = raw.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")[:_LONGEST]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._hidden_in = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden_in == "head" and tag == "body":  # which nobody closed
            self._hidden_in = ""
        if self._hidden_in:
            self._depth += tag == self._hidden_in
            return
        classes = next((value for name, value in attrs if name == "class" and value), "")
        is_quote = tag == _QUOTED or (
            tag == "div" and any(each in classes for each in _QUOTING_CLASSES)
        )
        if is_quote or tag in _UNSEEN:
            self._hidden_in, self._depth = tag, 1
        elif tag in _LINES:
            self.seen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_in:
            self._depth -= tag == self._hidden_in
            if not self._depth:
                self._hidden_in = ""
        elif tag in _LINES and tag != "br":
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden_in:
            # A line break in the source is a space on the page.
            self.seen.append(" ".join(data.split("\n")))
