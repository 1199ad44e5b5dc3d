"""The commands that scripts rely on, against the running assistant."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.assistant import Assistant

pytestmark = pytest.mark.e2e


def catalogued(assistant: Assistant, product_id: str) -> dict[str, Any]:
    """The product as the catalogue has it."""
    with urlopen(f"{assistant.url}/v1/products/{product_id}") as response:
        product: dict[str, Any] = json.load(response)
    return product


def test_chat_keeps_price_kind_and_colour(assistant: Assistant) -> None:
    done = assistant.aisle(
        "chat", "--json", stdin="I need running shoes under $100\nin red please\n"
    )
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert [turn["user"] for turn in turns] == ["I need running shoes under $100", "in red please"]
    for turn in turns:
        assert set(turn) >= {"user", "intent", "replies", "took_ms"}
        products = [product for reply in turn["replies"] for product in reply["products"]]
        assert products
        assert {"id", "title", "price", "currency", "in_stock", "url", "image"} <= set(products[0])
        for product in products:
            assert product["price"] <= 100
            assert catalogued(assistant, product["id"])["category"].startswith("Shoes > ")
    for reply in turns[1]["replies"]:
        for product in reply["products"]:
            variants = catalogued(assistant, product["id"])["variants"]
            (shown,) = [each for each in variants if each["id"] == product["id"]]
            assert shown["color"] == "red"


def test_search_follows_the_contract(assistant: Assistant) -> None:
    done = assistant.aisle("search", "red running shoes under $60", "--json", "-k", "3")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) == {"query", "understood", "results", "relaxed", "nearest", "took_ms"}
    assert answer["understood"]["filters"]["color"] == ["red"]
    assert answer["understood"]["filters"]["price_max"] == 60
    assert set(answer["took_ms"]) == {"understand", "retrieve", "rerank", "total"}
    for result in answer["results"]:
        assert {"id", "title", "brand", "price", "currency", "in_stock", "score", "why"} <= set(
            result
        )
        assert result["price"] <= 60


def test_import_is_found_at_once_by_the_running_assistant(
    assistant: Assistant, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.csv"
    feed.write_text(
        "id,title,category,price,currency,stock\n"
        "zz-1,Quonset brass sundial,Garden > Ornaments,41.50,USD,3\n"
        "zz-2,,Garden > Ornaments,1.00,USD,3\n"
    )
    done = assistant.aisle("import", str(feed), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["read"], report["added"], report["rejected"]) == (2, 1, 1)
    assert report["rejections"][0]["line"] == 3

    turn = assistant.chat().say("do you have a brass sundial?")
    assert turn.products[0]["id"] == "zz-1"
    assert turn.products[0]["price"] == 41.5

    again = assistant.aisle("import", str(feed), "--json")
    assert json.loads(again.stdout)["unchanged"] == 1

    # Gone from the database by somebody's own hand, gone from the next answer.
    with closing(sqlite3.connect(assistant.data_dir / "aisle.db")) as connection, connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM products WHERE id = 'zz-1'")
    gone = assistant.chat().say("do you have a brass sundial?")
    assert "zz-1" not in {product["id"] for product in gone.products}


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["import", "no-such-file.csv"], 1, "no-such-file.csv"),
        (["search"], 2, "query"),
        (["search", "x", "-k", "0"], 2, "-k"),
        (["serve", "--port", "99999999"], 2, "--port"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_bad_input_gets_one_clear_reason(
    assistant: Assistant, arguments: list[str], status: int, says: str
) -> None:
    done = assistant.aisle(*arguments)
    assert done.returncode == status
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_port_in_use_is_explained(assistant: Assistant) -> None:
    done = assistant.aisle("serve")
    assert done.returncode == 1
    assert f"Port {assistant.port}" in done.stderr
    assert "--port" in done.stderr


def test_validate_finds_nothing_wrong(assistant: Assistant) -> None:
    done = assistant.aisle("validate", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    findings = json.loads(done.stdout)["findings"]
    assert [each for each in findings if each["level"] != "ok" and each["check"] != "Prices"] == []
