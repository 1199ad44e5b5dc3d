from pathlib import Path

import pytest

from bot.secret_key import read_or_create
from catalog.database import connect, sessions
from catalog.models import Customer
from tests.bot.cli.conftest import Outcome, RunAisle


def levels(outcome: Outcome) -> dict[str, str]:
    return {each["check"]: each["level"] for each in outcome.json["findings"]}


def test_an_empty_shop_is_told_what_to_run(aisle: RunAisle) -> None:
    done = aisle("validate", "--json")
    assert done.status == 1
    assert done.json["ok"] is False
    database = next(each for each in done.json["findings"] if each["check"] == "Database")
    assert "aisle setup" in database["do"]


def test_without_keys_there_is_no_messaging_channel(aisle: RunAisle) -> None:
    done = aisle("validate", "channels", "--json")
    assert done.status == 0
    [found] = done.json["findings"]
    assert (found["check"], found["level"]) == ("Channels", "ok")


def test_a_platform_with_half_of_its_keys_is_named(
    aisle: RunAisle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AISLE_LINE_TOKEN", "t")
    done = aisle("validate", "channels", "--json")
    assert done.status == 1
    [found] = done.json["findings"]
    assert "AISLE_LINE_SECRET" in found["detail"]


def test_products_without_price_or_policies_are_pointed_out(
    aisle: RunAisle, tmp_path: Path
) -> None:
    (tmp_path / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", "feed.csv")
    found = levels(aisle("validate", "--json"))
    assert found["Catalogue"] == "ok"
    assert found["Prices"] == "warning"
    assert found["Policies"] == "warning"
    assert found["Models and index"] == "warning"  # not indexed yet
    assert found["Dialogue model"] == "error"


def test_a_shop_that_is_indexed_is_not_behind(aisle: RunAisle, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", "feed.csv")
    aisle("index")

    found = next(
        each
        for each in aisle("validate", "--json").json["findings"]
        if each["check"] == "Models and index"
    )

    assert (found["level"], found["detail"]) == ("ok", "1 products in the index")


def test_a_readable_secret_is_an_error(aisle: RunAisle, data_dir: Path) -> None:
    key = data_dir / "secrets" / "session.key"
    read_or_create(key)
    assert levels(aisle("validate", "--json"))["Secrets"] == "ok"
    key.chmod(0o644)
    assert levels(aisle("validate", "--json"))["Secrets"] == "error"


def test_customers_who_can_get_no_mail_are_counted(
    aisle: RunAisle, data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", "feed.csv")
    assert levels(aisle("validate", "--json"))["Mail"] == "ok"
    engine = connect(f"sqlite:///{data_dir / 'aisle.db'}")
    with sessions(engine).begin() as session:
        session.add(Customer(id="1", email="somebody@shop.io", name="S"))
        session.add(Customer(id="2", email="nobody@example.com", name="N"))
    engine.dispose()
    mail = next(
        each for each in aisle("validate", "--json").json["findings"] if each["check"] == "Mail"
    )
    assert (mail["level"], mail["detail"][:11]) == ("warning", "1 customers")
    assert "AISLE_SMTP_URL" in mail["do"]


@pytest.mark.parametrize(
    ("check", "name", "value", "missing"),
    [
        ("Mail", "AISLE_SMTP_URL", "mail.example", "AISLE_SMTP_URL"),
        ("Orders", "AISLE_ORDERS", "shopify", "AISLE_SHOPIFY_URL"),
        ("Identity", "AISLE_SHOP_TOKEN_SECRET", "short", "32"),
        ("Desk", "AISLE_DESK", "webhook", "AISLE_DESK_URL"),
    ],
)
def test_a_setting_of_support_that_is_wrong_is_named(
    aisle: RunAisle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    check: str,
    name: str,
    value: str,
    missing: str,
) -> None:
    (tmp_path / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", "feed.csv")
    monkeypatch.setenv(name, value)
    found = {each["check"]: each for each in aisle("validate", "--json").json["findings"]}
    assert found[check]["level"] == "error"
    assert missing in found[check]["detail"]


def test_who_returns_something_must_know_where_it_goes(
    aisle: RunAisle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", "feed.csv")
    assert levels(aisle("validate", "--json"))["Returns"] == "warning"
    monkeypatch.setenv("AISLE_RETURN_ADDRESS", "1 Dock Road")
    assert levels(aisle("validate", "--json"))["Returns"] == "ok"


def test_a_damaged_model_is_named(
    aisle: RunAisle, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feed.csv").write_text("id,title\na,Oak stool\n")
    aisle("import", "feed.csv")
    (data_dir / "models").unlink()
    encoder = data_dir / "models" / "encoder"
    encoder.mkdir(parents=True)
    for name in ("model.onnx", "tokenizer.json"):
        (encoder / name).write_bytes(b"damaged")
    done = aisle("validate")
    assert done.status == 1
    assert "✗ Models and index" in done.out


def test_data_to_train_on_are_checked_instead(aisle: RunAisle, tmp_path: Path) -> None:
    files = {
        "products": "id\ttitle\np1\tMug\np2\tCup\n",
        "queries": "query_id\tquery\nq1\tmug\n",
        "qrels": "query_id\tproduct_id\trelevance\nq1\tp1\t3\nq1\tgone\t9\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.tsv").write_text(text)
    options = [part for name in files for part in (f"--{name}", str(tmp_path / f"{name}.tsv"))]
    done = aisle("validate", *options)
    assert done.status == 1
    assert "a product that the shop lacks" in done.out
    assert "Bring your grades to that scale" in done.out
    assert aisle("validate", *options[:2]).status == 2


def test_a_behaviour_log_is_checked_instead(aisle: RunAisle, tmp_path: Path) -> None:
    (tmp_path / "products.tsv").write_text("id\ttitle\np1\tMug\np2\tCup\n")
    header = "event\tproduct_id\tcustomer\ttime\tquery\tposition"
    shown = [
        f"impression\tp1\tc{minute}\t2026-03-01T09:{minute}:00\tmug\t1" for minute in range(10, 40)
    ]
    (tmp_path / "log.tsv").write_text("\n".join([header, *shown]) + "\n")
    log = ("--behaviour", str(tmp_path / "log.tsv"))
    done = aisle("validate", "--products", str(tmp_path / "products.tsv"), *log)
    assert done.status == 1
    assert "✗ behaviour: nothing was taken" in done.out
    assert aisle("validate", *log).status == 2
