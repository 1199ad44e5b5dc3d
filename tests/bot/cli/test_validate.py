from pathlib import Path

import pytest

from bot.secret_key import read_or_create
from tests.bot.cli.conftest import Outcome, RunAisle


def levels(outcome: Outcome) -> dict[str, str]:
    return {each["check"]: each["level"] for each in outcome.json["findings"]}


def test_an_empty_shop_is_told_what_to_run(aisle: RunAisle) -> None:
    done = aisle("validate", "--json")
    assert done.status == 1
    assert done.json["ok"] is False
    database = next(each for each in done.json["findings"] if each["check"] == "Database")
    assert "aisle setup" in database["do"]


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
