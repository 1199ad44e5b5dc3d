"""What is kept of customers, and what they thought, from the command line."""

import json
import stat
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.cli.shop import open_database
from bot.desk.desks import Desks, HandOver
from bot.desk.ticket import Proof, Reason
from bot.settings import Settings
from catalog.database import sessions
from catalog.models import Satisfaction, SupportKind
from tests.bot.cli.conftest import RunAisle


@pytest.fixture
def shop(data_dir: Path) -> sessionmaker[Session]:
    made = sessions(open_database(Settings(data_dir=data_dir)))
    proof = Proof("ada@example.com", "code")
    Desks(made).hand_over(HandOver("c1", "web", Reason.ASKED, proof=proof))
    with made.begin() as session:
        session.add(Satisfaction(conversation_id="c1", kind=SupportKind.PERSON, score=4))
    return made


@pytest.mark.usefixtures("shop")
def test_exported_into_a_file_for_its_owner_alone(aisle: RunAisle, tmp_path: Path) -> None:
    out = tmp_path / "ada.json"
    out.write_text("before")
    assert aisle("export-customer", "ada@example.com", "--out", str(out)).status == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    found = json.loads(out.read_text())
    assert [ticket["conversation_id"] for ticket in found["desk_tickets"]] == ["c1"]
    assert found["satisfaction"][0]["score"] == 4


@pytest.mark.usefixtures("shop")
def test_erased_with_a_report(aisle: RunAisle) -> None:
    report = aisle("erase-customer", "ada@example.com", "--yes", "--json").json
    assert report["stores"]["desk_tickets"] == {"found": 1, "erased": 1}
    assert report["stores"]["satisfaction"] == {"found": 1, "erased": 1}
    assert "found 0, erased 0" in aisle("erase-customer", "c1", "--yes").out


@pytest.mark.usefixtures("shop")
def test_pruning_needs_a_time(aisle: RunAisle, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = aisle("prune")
    assert refused.status == 1 and "AISLE_RETENTION_DAYS" in refused.err
    monkeypatch.setenv("AISLE_RETENTION_DAYS", "30")
    assert aisle("prune", "--json").json["desk_tickets"] == 0


@pytest.mark.usefixtures("shop")
def test_what_customers_thought(aisle: RunAisle) -> None:
    found = aisle("satisfaction", "--json").json
    assert found["person"] == {"answers": 1, "average": 4.0, "satisfied": 1.0}
    assert "person" in aisle("satisfaction").out


def test_nobody_has_thought_anything_yet(aisle: RunAisle) -> None:
    assert aisle("satisfaction", "--json").json == {}


def test_mood_is_measured(aisle: RunAisle) -> None:
    found = aisle("evaluate", "mood", "--json").json
    assert found["messages"] == 110 and found["precision"] > 0.9


def test_hours_that_are_none(aisle: RunAisle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AISLE_DESK_HOURS", "whenever")
    refused = aisle("satisfaction")
    assert refused.status == 1 and "Mon-Fri 09:00-17:30" in refused.err
