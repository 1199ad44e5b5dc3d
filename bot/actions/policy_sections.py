"""Retrieval over the shop's policy pages: a customer's question to the section that answers it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.models import Policy
from recommender.embedding import Encoder
from recommender.index.port import Vectors


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
    def embedded(self) -> str:
        return (
            f"{self.page}. {self.heading}. {self.text}"
            if self.heading
            else (f"{self.page}. {self.text}")
        )


@dataclass(frozen=True, slots=True)
class Match:
    section: Section
    score: float
    """Cosine of question and section, -1 to 1."""


class PolicySections:
    """Finds sections by meaning. Thread-safe.

    Pages are given with each question, so that an edited page answers differently at once; a
    section's embedding is kept by a hash of its text, so that only what changed is embedded.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def best(self, question: str, policies: Sequence[Policy]) -> Match | None:
        """The nearest section, or None if there are no pages."""
        found = [section for policy in policies for section in sections(policy)]
        if not found:
            return None
        asked = self._encoder.encode([question])[0]
        scores = self._embedded(found) @ asked
        best = int(np.argmax(scores))
        return Match(found[best], float(scores[best]))

    def _embedded(self, found: Sequence[Section]) -> Vectors:
        """One row for each section: float32 `[len(found), dimension]`."""
        keys = [hashlib.sha256(section.embedded.encode()).hexdigest() for section in found]
        with self._lock:
            missing = {
                key: section.embedded
                for key, section in zip(keys, found, strict=True)
                if key not in self._vectors
            }
            if missing:
                vectors = self._encoder.encode(list(missing.values()))
                # What no page says any more is forgotten here too.
                kept = {key: self._vectors[key] for key in keys if key in self._vectors}
                self._vectors = kept | dict(zip(missing, vectors, strict=True))
            return np.stack([self._vectors[key] for key in keys])


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
