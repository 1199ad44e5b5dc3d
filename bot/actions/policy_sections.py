"""Retrieval over the shop's policy pages: a customer's question to the section that answers it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.models import Policy
from recommender.embedding import Encoder
from recommender.index.port import Vectors

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# A name of two words is near to every question on its subject; the sentence that answers the
# question should win over it, and it over sentences that only touch the subject.
_WEIGHT_OF_NAMES = 0.85
# Characters. A shorter beginning of a page is a greeting more than an answer.
_SHORT_INTRODUCTION = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a policy page under one heading."""

    slug: str
    page: str
    """The page's title."""
    heading: str
    """Empty for the part above the first heading."""
    text: str
    """Plain text: no Markdown."""
    opens_page: bool = False
    """Whether it is the page's first, for which the page's title stands too."""

    @property
    def statements(self) -> list[str]:
        """What is embedded: each sentence under its heading.

        A question is answered by one sentence; the vector of a whole section blurs it.
        """
        subject = self.heading or self.page
        return [f"{subject}. {sentence}" for sentence in _SENTENCE_END.split(self.text)]

    @property
    def names(self) -> list[str]:
        """What the section is called; embedded too, for questions that only name a subject."""
        # Customers ask for "your return policy", whatever the page is called.
        title = [self.page, f"{self.page} policy"] if self.opens_page else []
        return [*title, f"{self.page}: {self.heading}"] if self.heading else title


@dataclass(frozen=True, slots=True)
class Match:
    section: Section
    score: float
    """Cosine of the question and the section's nearest sentence or name, -1 to 1; that of a name
    is weighted down."""
    text: str
    """The section's text, with the next section's if it is a page's short introduction."""


class PolicySections:
    """Finds sections by meaning. Thread-safe.

    Pages are given with each question, so that an edited page answers differently at once;
    embeddings are kept by a hash of the text, so that only what changed is embedded.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def best(self, question: str, policies: Sequence[Policy]) -> Match | None:
        """The section with the nearest sentence or name, or None if there are no pages."""
        pages = [sections(policy) for policy in policies]
        found: list[tuple[list[Section], int, str, float]] = []
        for page in pages:
            for place, section in enumerate(page):
                found += [(page, place, words, 1.0) for words in section.statements]
                found += [(page, place, words, _WEIGHT_OF_NAMES) for words in section.names]
        if not found:
            return None
        asked = self._encoder.encode([question])[0]
        weights = np.array([weight for *_, weight in found], dtype=np.float32)
        scores = self._embedded([words for _, _, words, _ in found]) @ asked * weights
        nearest = int(np.argmax(scores))
        page, place, *_ = found[nearest]
        return Match(page[place], float(scores[nearest]), _answer(page, place))

    def _embedded(self, statements: Sequence[str]) -> Vectors:
        """One row for each statement: float32 `[len(statements), dimension]`."""
        keys = [hashlib.sha256(statement.encode()).hexdigest() for statement in statements]
        with self._lock:
            # What no page says any more is forgotten here too.
            known = {key: self._vectors[key] for key in keys if key in self._vectors}
            missing = {
                key: text for key, text in zip(keys, statements, strict=True) if key not in known
            }
            if missing:
                vectors = self._encoder.encode(list(missing.values()))
                known |= dict(zip(missing, vectors, strict=True))
            self._vectors = known
            return np.stack([known[key] for key in keys])


def sections(policy: Policy) -> list[Section]:
    """The page cut at its headings, in order; headings without text under them are left out."""
    heading, parts = "", []
    blocks: list[str] = []
    tokens = MarkdownIt("commonmark").parse(policy.body)
    for number, token in enumerate(tokens):
        if token.type != "inline":
            continue
        text = _plain(token)
        if tokens[number - 1].type == "heading_open":
            parts.append((heading, blocks))
            heading, blocks = text, []
        else:
            blocks.append(text)
    parts.append((heading, blocks))
    filled = [(heading, blocks) for heading, blocks in parts if blocks]
    return [
        Section(policy.slug, policy.title, heading, " ".join(blocks), opens_page=place == 0)
        for place, (heading, blocks) in enumerate(filled)
    ]


def _answer(page: Sequence[Section], place: int) -> str:
    section = page[place]
    is_introduction = not section.heading and len(section.text) < _SHORT_INTRODUCTION
    return " ".join(each.text for each in page[place : place + 1 + is_introduction])


def _plain(token: Token) -> str:
    """The text of an inline token without its marks; a line break is a space."""
    pieces = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
    ]
    return "".join(pieces).strip()
