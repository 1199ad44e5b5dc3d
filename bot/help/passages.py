"""Help pages cut into passages: what can be quoted as the answer to a question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from bot.help.markup import plain, tokens
from catalog.models import Policy

_ASKED = re.compile(r"<!--\s*asked:(.*?)-->", re.DOTALL | re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_QUESTION_MARKS = ("?", "？")
# Characters. A longer answer is no answer but reading matter.
_MOST_TEXT = 600
# A shorter beginning of a page is a greeting more than an answer.
_SHORT_INTRODUCTION = 300


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading of a page, or as much of it as an answer may have."""

    slug: str
    page: str
    """The page's title."""
    heading: str
    """Empty for the part above the first heading."""
    text: str
    """Plain text: no Markdown."""
    address: str = ""
    """Where the customer can read it: with the heading's anchor on the shop's own page."""
    asked: tuple[str, ...] = ()
    """Questions that it answers, as the page's author has written them down."""
    opens_page: bool = False
    followed_by: "Passage | None" = None
    """What is quoted with it, if it is a page's short introduction."""

    @property
    def quoted(self) -> str:
        return f"{self.text} {self.followed_by.text}" if self.followed_by else self.text

    @property
    def names(self) -> frozenset[str]:
        """Of all that is quoted, as `page#heading`."""
        quoted = (self, self.followed_by) if self.followed_by else (self,)
        return frozenset(f"{each.slug}#{each.heading}" for each in quoted)

    @property
    def statements(self) -> list[str]:
        """Each sentence under its heading: a question is often answered by one sentence, which the
        vector of a whole passage blurs."""
        subject = self.heading or self.page
        return [f"{subject}. {sentence}" for sentence in _SENTENCE_END.split(self.text)]

    @property
    def questions(self) -> list[str]:
        """What customers ask to get here: what the author has written down, or else every
        statement; and for a page's beginning its title."""
        is_question = self.heading.endswith(_QUESTION_MARKS)
        written = [*([self.heading] if is_question else []), *self.asked]
        return [*([self.page] if self.opens_page else []), *(written or self.statements)]

    @property
    def whole(self) -> str:
        return (
            f"{self.page}: {self.heading}. {self.text}"
            if self.heading
            else (f"{self.page}. {self.text}")
        )


@dataclass(slots=True)
class _Part:
    """What has been read under a heading."""

    heading: str = ""
    anchor: str = ""
    url: str = ""
    asked: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)


def passages(policy: Policy) -> list[Passage]:
    """The page's passages, in order; headings without text under them are left out."""
    cut = [
        Passage(
            policy.slug,
            policy.title,
            part.heading,
            text,
            address=_address(policy, part),
            asked=tuple(part.asked),
        )
        for part in _parts(policy.body)
        for text in _short(part.blocks)
    ]
    return [
        replace(each, opens_page=place == 0, followed_by=_followed_by(cut, place))
        for place, each in enumerate(cut)
    ]


def _parts(body: str) -> Iterator[_Part]:
    part, row = _Part(), False
    read = tokens(body)
    for number, token in enumerate(read):
        if token.type == "html_block":
            for found in _ASKED.findall(token.content):
                part.asked += filter(None, (" ".join(each.split()) for each in found.split("|")))
        elif token.type == "tr_open":
            row = True
            part.blocks.append("")
        elif token.type == "tr_close":
            row = False
        elif token.type == "inline" and read[number - 1].type == "heading_open":
            yield part
            anchor = str(read[number - 1].attrs.get("id", ""))
            part = _Part(plain(token), anchor, _link(token))
        elif token.type == "inline" and row:
            # The cells of a row belong together: "Express · $14.95 · 1 to 2 days".
            part.blocks[-1] = " · ".join(filter(None, [part.blocks[-1], plain(token)]))
        elif token.type == "inline":
            part.blocks.append(plain(token))
    yield part


def _short(blocks: list[str]) -> list[str]:
    """The paragraphs joined as far as they make no longer text than an answer may be."""
    texts: list[str] = []
    for block in filter(None, blocks):
        if texts and len(texts[-1]) + len(block) < _MOST_TEXT:
            texts[-1] = f"{texts[-1]} {block}"
        else:
            texts.append(block)
    return texts


def _link(heading: Token) -> str:
    """Where a heading that is a link leads: the place of this answer in the shop's own help."""
    links = (child for child in heading.children or [] if child.type == "link_open")
    return next((str(link.attrs.get("href", "")) for link in links), "")


def _address(policy: Policy, part: _Part) -> str:
    # The anchors are those of our page; what ids the shop's page has is not known.
    own = f"/policies/{policy.slug}" + (f"#{part.anchor}" if part.anchor else "")
    return part.url or policy.url or own


def _followed_by(page: list[Passage], place: int) -> Passage | None:
    this = page[place]
    is_introduction = not this.heading and len(this.text) < _SHORT_INTRODUCTION
    return page[place + 1] if is_introduction and place + 1 < len(page) else None
