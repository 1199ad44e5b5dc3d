"""`aisle attachments` over a shop's own database."""

import json
from pathlib import Path

import pytest

from bot.attachments.attachments import Attachments
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions
from tests.bot.cli.conftest import RunAisle


@pytest.fixture
def shop(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir)
    attachments = Attachments.of(settings, sessions(open_database(settings)))
    for order in ("A1", "A2"):
        attachments.invite("c", "phone", order)
        attachments.add("c", "phone", "m1", "bill.pdf", b"%PDF-1.7")
        attachments.keep("c", "phone", f"{order}-R1")
    attachments.invite("c", "phone", "A3")
    attachments.add("c", "phone", "m1", "unsent.pdf", b"%PDF-1.7")


@pytest.mark.usefixtures("shop")
def test_the_newest_come_first_and_what_is_not_sent_yet_not_at_all(aisle: RunAisle) -> None:
    found = [json.loads(line) for line in aisle("attachments", "--json").out.splitlines()]
    assert [each["return"] for each in found] == ["A2-R1", "A1-R1"]
    assert found[0]["files"] == [{"name": "bill.pdf", "media_type": "application/pdf"}]
    assert found[0]["link"].startswith("http://127.0.0.1:8000/attachments/")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("number", ["a1-r1", "A1"])
def test_one_is_found_by_the_number_of_its_return_or_order(aisle: RunAisle, number: str) -> None:
    said = aisle("attachments", number).out
    assert "A1-R1" in said
    assert "bill.pdf" in said
    assert "A2" not in said


def test_there_are_none(aisle: RunAisle) -> None:
    assert aisle("attachments").out == "There are none.\n"
    assert aisle("attachments", "--json").out == ""
