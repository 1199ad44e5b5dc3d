"""A conversation test: a YAML file that reads as the conversation would."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.evaluation.expectation import TurnTest


class DialogueTestError(Exception):
    """A file is no conversation test; the message says where and why."""


class DialogueTest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    """The file's folder and name: "references/customer_means_the_second_one"."""
    signed_in: str = ""
    """The e-mail address of a customer who is logged in to the shop; nobody by default."""
    takes_files: bool = False
    """Whether the customer's chat can send files, as the widget can."""
    turns: tuple[TurnTest, ...] = Field(min_length=1)


def read(path: Path, folder: Path) -> DialogueTest:
    """The test in a file of the folder, or below it.

    Raises:
        DialogueTestError: it can't be read, or says what no test can say.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DialogueTestError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise DialogueTestError(f"{path}: it must begin with `turns:`")
    name = path.relative_to(folder).with_suffix("").as_posix()
    try:
        return DialogueTest.model_validate({"name": name, **content})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise DialogueTestError(f"{path}: {where}: {first['msg']}") from error


def read_all(folder: Path) -> list[DialogueTest]:
    """Every test of a folder and those below it, by name.

    Raises:
        DialogueTestError: one of them is none, or there is none.
    """
    paths = sorted(folder.rglob("*.yml"))
    if not paths:
        raise DialogueTestError(f"{folder}: there is no conversation test (*.yml)")
    return [read(path, folder) for path in paths]
