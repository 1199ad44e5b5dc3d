import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from catalog.database import sessions
from catalog.importers import FeedError, Rejection
from catalog.models import Product
from tests.catalog.importers.shop import Shop, WriteFeed

ALL_COLUMNS = (
    "id,title,description,brand,category,color,size,material,gender,price,currency,stock,url,"
    "image,group_id,Heel height"
)


def test_every_column_reaches_its_place(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(
        feed(
            ALL_COLUMNS,
            'r-9,Runner,"Light, <b>fast</b>",Volant,Shoes>Running,Red,9,Mesh,Women,54.00,USD,3,'
            "https://shop.example/r,https://shop.example/r.png,r,8 mm",
        )
    )
    assert (report.read, report.added) == (1, 1)
    product = shop.products()["r"]
    assert product.title == "Runner"
    assert product.description == "Light, fast"
    assert product.brand == "Volant"
    assert product.category == "Shoes > Running"
    assert product.material == "Mesh"
    assert product.gender == "Women"
    assert product.attributes == {"Heel height": "8 mm"}
    assert product.images == ["https://shop.example/r.png"]
    (variant,) = product.variants
    assert variant.id == "r-9"
    assert (variant.color, variant.size, variant.stock) == ("Red", "9", 3)
    assert (variant.price, variant.currency) == (Decimal("54.00"), "USD")
    assert variant.url == "https://shop.example/r"
    assert variant.image == "https://shop.example/r.png"
    assert variant.attributes == {}


def test_id_and_title_are_enough(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed("id,title", "t,Tent"))
    (variant,) = shop.products()["t"].variants
    assert (variant.id, variant.price, variant.stock, variant.in_stock) == ("t", None, None, None)


@pytest.mark.parametrize(
    "lines",
    [
        ("ID , Title,Price", "t,Tent,54"),
        ("id;title;price", 't;Tent;"54,00"'),
        ("", "id,title,price", "", "t,Tent,54", "", ",,"),
        ("id,title,price,", "t,Tent,54,"),
        ("id,title,price", "t,Tent,54,,"),
        ("id\ttitle\tprice", "t\tTent\t54"),
        ('"id","title","price"', '"t","Tent","54"'),
    ],
)
def test_files_as_spreadsheets_write_them(
    shop: Shop, feed: WriteFeed, lines: tuple[str, ...]
) -> None:
    report = shop.load(feed(*lines))
    assert (report.read, report.added, report.rejections) == (1, 1, [])
    (variant,) = shop.products()["t"].variants
    assert variant.price == 54


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_with_and_without_a_byte_order_mark(
    shop: Shop, feed: WriteFeed, encoding: str
) -> None:
    shop.load(feed("id,title", "t,Zelt für 2 – 帐篷 ⛺", encoding=encoding))
    assert shop.products()["t"].title == "Zelt für 2 – 帐篷 ⛺"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(shop: Shop, tmp_path: Path, end: str) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes(end.join(["id,title,price", "a,Tent,1", "b,Stove,x", "c,Lamp,3"]).encode())
    report = shop.load(path)
    assert [rejection.line for rejection in report.rejections] == [3]
    assert set(shop.products()) == {"a", "c"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Tent,54,3", "id is empty"),
        ("t,  ,54,3", "title is empty"),
        ("t,Tent,abc,3", "price “abc” is not a number"),
        ("t,Tent,-5,3", "negative"),
        ("t,Tent,54,lots", "stock “lots” is not a whole number"),
        ("a,Tent,54,3", "id a is already on line 2"),
        ("t,Tent,54", "3 columns where the header has 4"),
        ("t,Tent, 2 persons,54,3", "5 columns where the header has 4"),
        ('t,"Tent" big,54,3', "goes on after its closing quote"),
        ('t,"Tent,54,3', "closing quote|never closed"),
        (f"{'x' * 256},Tent,54,3", "id has 256 characters: shorten it to 255"),
        ("t,Te\0nt,54,3", "title contains a NUL"),
        ("t,Te\udcffnt,54,3", "title is not UTF-8"),
    ],
)
def test_a_bad_row_is_reported_and_costs_no_other(
    shop: Shop, tmp_path: Path, row: str, reason: str
) -> None:
    path = tmp_path / "feed.csv"
    rows = (
        "id,title,price,stock",
        "a,Größe,1,1",
        f"long,{'Long' * 20_000},1,1",  # past the first bytes, which tell text from binary files
        row,
        "b,Stove,2,2",
        'c,"Lamp, ""Moon""",3,3',
    )
    path.write_bytes("\n".join(rows).encode(errors="surrogateescape"))
    report = shop.load(path)
    (rejection,) = report.rejections
    assert rejection.line == 4
    assert re.search(reason, rejection.reason), rejection.reason
    products = shop.products()
    assert set(products) == {"a", "long", "b", "c"}
    assert products["c"].title == 'Lamp, "Moon"'


def test_lines_are_counted_through_values_of_several_lines(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(
        feed("id,title,description", 'a,Tent,"one', "two", 'three"', "", ",x,y", 'b,Lamp,"', '"')
    )
    assert report.rejections == [Rejection(6, "id is empty: every row needs one")]
    products = shop.products()
    assert products["a"].description == "one\ntwo\nthree"
    assert set(products) == {"a", "b"}


def test_a_quote_never_closed_costs_its_row_only(shop: Shop, feed: WriteFeed) -> None:
    rows = [f"p{number},{'Pad' * 1000},1" for number in range(100)]
    report = shop.load(feed("id,title,price", 'broken,"Tent,54', *rows))
    assert [rejection.line for rejection in report.rejections] == [2]
    assert "131,072 characters, or its double quote is never closed" in report.rejections[0].reason
    assert report.added == 100


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("name,price", "Tent,54"), "no column id and no column title; it has: name, price"),
        (("id,price", "t,54"), "no column title"),
        (("id,title,Price,price", "t,Tent,1,2"), "names a column twice: price"),
        (('"id,title', "t,Tent"), "not a header"),
    ],
)
def test_a_header_that_will_not_do(
    shop: Shop, feed: WriteFeed, lines: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(FeedError, match=reason):
        shop.load(feed(*lines))
    assert shop.products() == {}


cells = st.text(
    st.characters(exclude_characters="<&\0\r", exclude_categories=["Cs"]), max_size=30
).filter(lambda text: text == text.strip())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=5),
    delimiter=st.sampled_from(",;\t"),
)
def test_what_a_csv_writer_wrote_is_what_the_database_has(
    engine: Engine, tmp_path: Path, rows: list[tuple[str, str]], delimiter: str
) -> None:
    path = tmp_path / "feed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["id", "title", "description", "Feel"])
        for number, (description, feel) in enumerate(rows):
            writer.writerow([f"p{number}", "Tent", description, feel])
    shop = Shop(engine)
    with sessions(engine).begin() as session:
        session.execute(delete(Product))
    shop.load(path)
    assert {
        id: (product.description, product.attributes.get("Feel", ""))
        for id, product in shop.products().items()
    } == {f"p{number}": row for number, row in enumerate(rows)}
    before = shop.changes()
    assert shop.load(path).unchanged == len(rows)
    assert shop.changes() == before
