from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalog.vouchers import VoucherError, find_voucher, load_vouchers

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def load(engine: Engine, tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "vouchers.toml"
    file.write_text(text)
    with Session(engine) as session, session.begin():
        return [each.code for each in load_vouchers(session, file, NOW, currency="USD")]


def test_codes_are_added_and_changed(engine: Engine, tmp_path: Path) -> None:
    entry = '[[vouchers]]\ncode = "spring 5"\nkind = "fixed"\nvalue = "{}"\nuntil = 2026-12-01\n'
    assert load(engine, tmp_path, entry.format("5")) == ["SPRING5"]
    load(engine, tmp_path, entry.format("7.50"))
    with Session(engine) as session:
        found = find_voucher(session, "Spring5")
        assert found is not None
        assert str(found.value) == "7.50"
        assert found.currency == "USD"
        assert found.valid_until is not None
        assert found.valid_until.date() == date(2026, 12, 1)
        assert not found.public


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no \\[\\[vouchers"),
        ("[[vouchers", "can't be read"),
        ('[[vouchers]]\ncode = "A"\nkind = "gift"\nvalue = "1"', "A: ValueError"),
        ('[[vouchers]]\nkind = "fixed"\nvalue = "1"', "without a code"),
        ('[[vouchers]]\ncode = "A"\nkind = "fixed"\nvalue = "much"', "A: "),
    ],
)
def test_a_file_that_is_wrong_says_where(
    engine: Engine, tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(VoucherError, match=reason):
        load(engine, tmp_path, text)
