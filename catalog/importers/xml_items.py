"""The items of an RSS 2.0 or Atom feed, streamed, and safe from what XML can be made to do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from catalog.importers.report import FeedError
from catalog.importers.source import Source

_BLOCK = 64 * 1024
_GOOGLE = "http://base.google.com/ns/1.0"
_ITEMS = ("item", "entry")
_ROOTS = ("rss", "feed", "RDF", "channel")


@dataclass(slots=True)
class XmlItem:
    """One product of the feed: its elements by local name, each as often as it occurs."""

    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    details: list[dict[str, str]] = field(default_factory=list)
    """Every `product_detail`, by the names of its parts."""


def read_xml(source: Source) -> Iterator[XmlItem]:
    """
    Raises:
        FeedError: not well-formed, not a feed, or it declares a document type or entities.
    """
    parser: Any = create_parser(forbid_dtd=True)
    handler = _FeedHandler(parser)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    source.file.seek(0)
    try:
        while block := source.file.read(_BLOCK):
            parser.feed(block)
            yield from handler.take()
        parser.close()
        yield from handler.take()
    except DefusedXmlException:
        yield from handler.take()
        raise FeedError(
            "The XML declares a document type or entities, which a product feed has no need of "
            "and Aisle does not read: remove the <!DOCTYPE …>."
        ) from None
    except SAXParseException as error:
        yield from handler.take()
        raise FeedError(
            f"Line {error.getLineNumber()} is not well-formed XML ({error.getMessage()})."
        ) from None


class _FeedHandler(ContentHandler):
    """Collects items as they end; keeps nothing else."""

    def __init__(self, locator: Locator) -> None:
        super().__init__()
        self._locator = locator
        self._done: list[XmlItem] = []
        self._item: XmlItem | None = None
        self._standard: dict[str, list[str]] = {}
        self._detail: dict[str, str] = {}
        self._text: list[str] = []
        self._path: list[str] = []
        """The elements open inside the item."""
        self._began = False

    def take(self) -> list[XmlItem]:
        """The items that ended since the last call."""
        done, self._done = self._done, []
        return done

    def startElementNS(  # noqa: N802 - SAX names it
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        local = name[1]
        if not self._began and local not in _ROOTS:
            raise FeedError(f"This XML is not a product feed: it begins with <{local}>.")
        self._began = True
        if self._item is None:
            if local in _ITEMS:
                self._item = XmlItem(self._locator.getLineNumber() or 0)
            return
        self._path.append(local)
        self._text = []
        if local == "link" and (None, "href") in attrs:
            self._text = [attrs[None, "href"]]

    def characters(self, content: str) -> None:
        if self._item is not None:
            self._text.append(content)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        if self._item is None:
            return
        if not self._path:
            # Google's own elements say it more exactly than those of RSS and Atom.
            self._item.fields = self._standard | self._item.fields
            self._standard = {}
            self._done.append(self._item)
            self._item = None
            return
        local = self._path.pop()
        text, self._text = "".join(self._text).strip(), []
        if self._path == ["product_detail"]:
            self._detail[local] = text
        elif self._path:
            pass  # a part of shipping, tax, an Atom author …
        elif local == "product_detail":
            self._item.details.append(self._detail)
            self._detail = {}
        elif text:
            fields = self._item.fields if name[0] == _GOOGLE else self._standard
            fields.setdefault(local, []).append(text)
