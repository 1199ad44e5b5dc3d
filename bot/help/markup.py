"""The Markdown of help pages, read the same way for answers and for the shop's page."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

_COMMENT = re.compile(r"<!--.*?-->[ \t]*\n?", re.DOTALL)
_LOWEST_HEADING = 6


def _markdown(html: bool) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": html}).enable("table")
    return markdown.use(anchors_plugin, max_level=_LOWEST_HEADING)


# Raw HTML in a page is shown as text, whoever wrote it.
_SHOWN = _markdown(html=False)
_READ = _markdown(html=True)


def rendered(body: str) -> str:
    """The page as HTML, its headings with ids, without comments."""
    return str(_SHOWN.render(without_comments(body)))


def without_comments(body: str) -> str:
    return _COMMENT.sub("", body)


def tokens(body: str) -> Sequence[Token]:
    """The page's tokens; comments are blocks of HTML, and headings have the ids of `rendered`."""
    return _READ.parse(body)


def plain(token: Token) -> str:
    """The text of an inline token without its marks; a line break is a space."""
    pieces = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
        if child.type != "html_inline"
    ]
    return "".join(pieces).strip()
