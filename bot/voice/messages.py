"""A language's messages: the `.ftl` files of its folder, and a shop's own texts over them.

A text may be wrapped as prose is: the end of a line is a space, and an empty line ends the line.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.voice.errors import VoiceError

ALWAYS = frozenset({"shop", "assistant", "contact", "tone"})
"""Variables that every message may use."""

_LINE_ENDS = re.compile("\n+")


def read(folder: Path) -> dict[str, ast.Message]:
    """The messages of a language, by id.

    Raises:
        VoiceError: a file can't be parsed, or a message stands twice.
    """
    messages: dict[str, ast.Message] = {}
    for file in sorted(folder.glob("*.ftl")):
        for message in _parsed(file.read_text(encoding="utf-8"), str(file)):
            if message.id.name in messages:
                raise VoiceError(f"{file}: {message.id.name}: there is another message of this id")
            messages[message.id.name] = message
    return messages


def own(texts: Mapping[str, Iterable[str]], known: Mapping[str, ast.Message]) -> list[ast.Message]:
    """A shop's own texts, as variants of the messages that they replace.

    Raises:
        VoiceError: there is no such message, or a text can't be used; starts with its id.
    """
    replaced = []
    for id, variants in texts.items():
        if id not in known:
            raise VoiceError(f"{id}: there is no message of this id")
        allowed = ALWAYS | variables(known[id])
        lines = [f"{id} ="]
        for number, text in enumerate(variants):
            lines += [f"    .own-{number} =", *(f"        {line}" for line in text.splitlines())]
        (message,) = _parsed("\n".join([*lines, ""]), id)
        if unknown := variables(message) - allowed:
            raise VoiceError(
                f"{id}: ${', $'.join(sorted(unknown))} is not known here; "
                f"known are ${', $'.join(sorted(allowed))}"
            )
        replaced.append(message)
    return replaced


def bundle(messages: Iterable[ast.Message], locale: str) -> FluentBundle:
    """The messages, ready to be said; later ones replace earlier ones of the same id."""
    made = FluentBundle([locale], use_isolating=False)
    made.add_resource(ast.Resource(list(messages)), allow_overrides=True)
    return made


def variables(message: ast.Message) -> frozenset[str]:
    """The names of the variables in a message and its attributes."""
    found = _Variables()
    found.visit(message)
    return frozenset(found.names)


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802  # named by the library
        self.names.add(node.id.name)


class _Unwrapped(Visitor):
    def visit_TextElement(self, node: Any) -> None:  # noqa: N802  # named by the library
        node.value = _LINE_ENDS.sub(lambda ends: "\n" if len(ends[0]) > 1 else " ", node.value)


def _parsed(source: str, where: str) -> list[ast.Message]:
    messages = []
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Junk):
            reason = entry.annotations[0].message if entry.annotations else "can't be read"
            line = source[: entry.span.start].count("\n") + 1 if entry.span else 0
            raise VoiceError(f"{where}: line {line}: {reason}")
        if isinstance(entry, ast.Message):
            _Unwrapped().visit(entry)
            messages.append(entry)
    return messages
