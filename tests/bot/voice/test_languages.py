"""Every language says the same, and no more than is used."""

import ast
from collections.abc import Iterator

import pytest
from fluent.syntax.ast import MessageReference
from fluent.syntax.visitor import Visitor

from bot.settings import PROJECT_ROOT
from bot.voice import messages
from bot.voice.shop import VOICES, languages

ENGLISH = messages.read(VOICES / "en")
CODE = [
    ast.parse(file.read_text(encoding="utf-8")) for file in (PROJECT_ROOT / "bot").rglob("*.py")
]


class References(Visitor):
    def __init__(self) -> None:
        self.ids: set[str] = set()

    def visit_MessageReference(self, node: MessageReference) -> None:  # noqa: N802
        self.ids.add(node.id.name)


def said() -> Iterator[str]:
    """The ids that stand in a call of `say`."""
    for tree in CODE:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say" and node.args:
                id = node.args[0]
                for each in (id.body, id.orelse) if isinstance(id, ast.IfExp) else (id,):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value


def texts() -> set[str]:
    """All strings of the code: an id may be chosen before it is said."""
    return {
        node.value
        for tree in CODE
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_message_that_is_said_exists() -> None:
    assert set(said()) - ENGLISH.keys() == set()


def test_no_message_is_unused() -> None:
    references = References()
    for message in ENGLISH.values():
        references.visit(message)
    assert ENGLISH.keys() - texts() - references.ids == set()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_messages_with_the_same_values(language: str) -> None:
    other = messages.read(VOICES / language)
    assert other.keys() == ENGLISH.keys()
    for id, message in other.items():
        assert messages.variables(message) == messages.variables(ENGLISH[id]), id


@pytest.mark.parametrize("tone", ["friendly", "neutral", "formal"])
def test_every_message_has_words_for_every_tone(tone: str) -> None:
    for id, message in ENGLISH.items():
        names = [attribute.id.name.partition("-")[0] for attribute in message.attributes]
        other = {"friendly", "neutral", "formal"} - {tone}
        assert not names or set(names) - other, id
