"""Help pages in HTML, as a shop's site or help desk exports them, made into Markdown.

What is kept is Markdown, and raw HTML in Markdown is never rendered: so whatever a page holds of
scripts, styles, handlers or frames ends here.
"""

from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from markdownify import ATX, markdownify

from catalog.models import Policy
from catalog.policy_errors import PolicyError

_NO_TEXT = (
    *(
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "img",
        "video",
        "audio",
    ),
    *("nav", "header", "footer", "aside", "form", "button"),
)
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


def read_html(file: Path, text: str) -> list[Policy]:
    """The page's `<main>`, `<article>` or `<body>`; its `<h1>`, or else `<title>`, is the title,
    and its canonical link the address that answers name.

    Raises:
        PolicyError: there is no title, or no text.
    """
    soup = BeautifulSoup(text, "html.parser")
    url = _canonical(soup)
    content = soup.find("main") or soup.find("article") or soup.body or soup
    heading = content.find("h1") or soup.find("h1")
    title = _words(heading) or _words(soup.title)
    if not title:
        raise PolicyError(file, "no title: give it an <h1> or a <title>", 1)
    if isinstance(heading, Tag):
        heading.decompose()
    for tag in content.find_all(_NO_TEXT):
        tag.decompose()
    if soup.title and not content.find("body"):
        soup.title.decompose()
    for link in content.find_all("a"):
        if urlsplit(str(link.get("href", ""))).scheme.lower() not in _SCHEMES:
            link.unwrap()
    body = markdownify(str(content), heading_style=ATX, bullets="-").strip()
    if not body:
        raise PolicyError(file, "a title and no text", 1)
    return [Policy(slug=file.stem, title=title, body=body, url=url)]


def _canonical(soup: BeautifulSoup) -> str:
    link = soup.find("link", rel="canonical")
    href = str(link.get("href", "")) if isinstance(link, Tag) else ""
    return href if urlsplit(href).scheme in ("http", "https") else ""


def _words(tag: object) -> str:
    return " ".join(tag.get_text(" ").split()) if isinstance(tag, Tag) else ""
