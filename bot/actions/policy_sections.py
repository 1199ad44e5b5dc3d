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

    @property
    def statements(self) -> list[str]:
        """What is embedded: each sentence under its heading.

        A question is answered by one sentence; the vector of a whole section blurs it.
        """
        subject = self.heading or self.page
        return [f"{subject}. {sentence}" for sentence in _SENTENCE_END.split(self.text)]


@dataclass(frozen=True, slots=True)
class Match:
    section: Section
    score: float
    """Cosine of the question and the section's nearest sentence, -1 to 1."""


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
        """The section with the nearest sentence, or None if there are no pages."""
        found = [
            (section, statement)
            for policy in policies
            for section in sections(policy)
            for statement in section.statements
        ]
        if not found:
            return None
        asked = self._encoder.encode([question])[0]
        scores = self._embedded([statement for _, statement in found]) @ asked
        nearest = int(np.argmax(scores))
        return Match(found[nearest][0], float(scores[nearest]))

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
    return [
        Section(policy.slug, policy.title, heading, " ".join(blocks))
        for heading, blocks in parts
        if blocks
    ]


def _plain(token: Token) -> str:
    """The text of an inline token without its marks; a line break is a space."""
    pieces = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
    ]
    return "".join(pieces).strip()
