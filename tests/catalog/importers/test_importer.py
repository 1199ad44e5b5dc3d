import tracemalloc
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, text

from catalog.importers import FeedError, import_products
from catalog.importers.importer import BATCH
from catalog.importers.report import MAX_REJECTIONS
from tests.catalog.importers.shop import Shop, WriteFeed

ESCI = Path(__file__).parents[4] / "shared" / "data" / "esci" / "products.tsv"
HEADER = "id,group_id,title,color,price"
SHOES = ("r1,runner,Runner,Red,54", "r2,runner,Runner,Blue,54", "t,,Tent,,99")


def pks(shop: Shop) -> dict[str, int]:
    return {id: product.pk for id, product in shop.products().items()}


def test_rows_of_a_group_become_one_product(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(feed(HEADER, *SHOES))
    assert (report.read, report.added) == (3, 3)
    assert shop.variant_ids() == {"runner": ["r1", "r2"], "t": ["t"]}


def test_the_same_file_again_changes_nothing(shop: Shop, feed: WriteFeed) -> None:
    path = feed(HEADER, *SHOES)
    shop.load(path)
    before, products = shop.changes(), pks(shop)
    for replace in (False, True):
        report = shop.load(path, replace=replace)
        assert (report.read, report.unchanged, report.removed) == (3, 3, 0)
    assert shop.changes() == before
    assert pks(shop) == products


def test_only_what_differs_is_changed(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    before, products = shop.changes(), pks(shop)
    report = shop.load(feed(HEADER, *SHOES[:2], "t,,Tent,,89", "s,,Stove,,20"))
    assert (report.added, report.changed, report.unchanged) == (1, 1, 2)
    assert shop.products()["t"].variants[0].price == 89
    assert shop.changes() == before + 3  # the tent's variant, the stove and its variant
    assert products.items() <= pks(shop).items()


def test_what_is_not_in_the_file_stays(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    shop.load(feed(HEADER, SHOES[1]))
    assert {id: set(ids) for id, ids in shop.variant_ids().items()} == {
        "runner": {"r1", "r2"},
        "t": {"t"},
    }


def test_replace_removes_what_is_not_in_the_file(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    runner = pks(shop)["runner"]
    report = shop.load(feed(HEADER, SHOES[1]), replace=True)
    assert (report.removed, report.changed) == (2, 1)  # r2 stands first now
    assert shop.variant_ids() == {"runner": ["r2"]}
    assert pks(shop)["runner"] == runner


def test_replace_keeps_what_a_rejected_row_is_about(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    report = shop.load(feed(HEADER, *SHOES[:2], "t,,Tent,,abc"), replace=True)
    assert (report.rejected, report.removed) == (1, 0)
    assert shop.products()["t"].variants[0].price == 99


@pytest.mark.parametrize(
    "row",
    [
        "t,,Tent, 2 persons,,99",  # too many columns
        "t,,Tent",
        't,,"Tent" big,,99',
        '"t",,"Tent,,99',
    ],
)
def test_replace_keeps_what_a_broken_row_is_about(shop: Shop, feed: WriteFeed, row: str) -> None:
    shop.load(feed(HEADER, *SHOES, "s,,Stove,,20"))
    report = shop.load(feed(HEADER, *SHOES[:2], row), replace=True)
    assert [each.id for each in report.rejections] == ["t"]
    assert (report.removed, report.kept_because) == (1, None)
    assert set(shop.products()) == {"runner", "t"}


@pytest.mark.parametrize(
    "lines",
    [
        [HEADER, *SHOES[:2], ",,Tent,,99"],
        [HEADER, *SHOES[:2], '"t,,Tent,,99'],  # the id itself is broken
        [HEADER, *SHOES[:2], "t;;Tent;;99"],
        [HEADER, *SHOES[:2], "t\u200b,,Tent,,99"],
        [HEADER, *SHOES[:2], 's,,"Stove,,20', 't,,Tent,,99"'],  # a quote swallowed the tent's row
        ["title,id", "Runner,r1", "Runner,r2", "Tent, 2 persons,t"],
    ],
)
def test_replace_removes_nothing_when_a_rejected_row_may_be_about_anything(
    shop: Shop, feed: WriteFeed, lines: list[str]
) -> None:
    shop.load(feed(HEADER, *SHOES))
    report = shop.load(feed(*lines), replace=True)
    (rejection,) = report.rejections
    assert (rejection.line, rejection.id, report.removed) == (4, "", 0)
    assert report.kept_because is not None
    assert "line 4 has no readable id" in report.kept_because
    assert "t" in shop.products()


def test_nothing_is_said_of_keeping_where_nothing_was_to_be_removed(
    shop: Shop, feed: WriteFeed
) -> None:
    assert shop.load(feed(HEADER, *SHOES, ",,Tent,,99")).kept_because is None


def test_replace_by_nothing_acceptable_removes_nothing(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    for lines in ([HEADER], [HEADER, "x,,,,1"]):
        report = shop.load(feed(*lines), replace=True)
        assert report.removed == 0
        assert report.kept_because == "Nothing was removed: no row was accepted."
    assert set(shop.products()) == {"runner", "t"}


def test_replace_by_an_unreadable_file_removes_nothing(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    with pytest.raises(FeedError):
        shop.load(feed("name", "Tent"), replace=True)
    assert set(shop.products()) == {"runner", "t"}


BROKEN_XML = (
    '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>',
    "<item><g:id>s</g:id><g:title>Stove</g:title></item>",
    "<item><g:id>l</g:id></item>",
    "<item></channel>",
)


def test_a_feed_that_breaks_off_still_has_its_report(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    with pytest.raises(FeedError, match="Line 4 is not well-formed") as failure:
        shop.load(feed(*BROKEN_XML, name="feed.xml"), replace=True)
    report = failure.value.report
    assert report is not None
    assert (report.read, report.added, report.removed) == (2, 1, 0)
    assert [(each.line, each.id) for each in report.rejections] == [(3, "l")]
    assert report.kept_because == "Nothing was removed: the feed could not be read to its end."
    assert set(shop.products()) == {"runner", "t", "s"}


def test_a_feed_without_a_row_has_no_report(shop: Shop, feed: WriteFeed) -> None:
    with pytest.raises(FeedError) as failure:
        shop.load(feed("name", "Tent"))
    assert failure.value.report is None


def test_a_row_may_change_its_group(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    products = pks(shop)
    report = shop.load(feed(HEADER, "r1,runner,Runner,Red,54", "r2,trail,Trail,Blue,54"))
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert shop.variant_ids() == {"runner": ["r1"], "trail": ["r2"], "t": ["t"]}
    assert products.items() <= pks(shop).items()


def test_a_product_whose_last_row_leaves_goes(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, *SHOES))
    shop.load(feed(HEADER, "t,runner,Runner,Tent,99"))
    assert {id: set(ids) for id, ids in shop.variant_ids().items()} == {"runner": {"r1", "r2", "t"}}


def test_two_products_may_swap_their_rows_and_stay_themselves(shop: Shop, feed: WriteFeed) -> None:
    shop.load(feed(HEADER, "a,one,One,,1", "b,two,Two,,2"))
    products = pks(shop)
    report = shop.load(feed(HEADER, "a,two,Two,,1", "b,one,One,,2"))
    assert report.changed == 2
    assert shop.variant_ids() == {"one": ["b"], "two": ["a"]}
    assert pks(shop) == products


def test_a_group_may_be_far_apart_in_the_file(shop: Shop, feed: WriteFeed) -> None:
    between = [f"p{number},,Pad {number},,1" for number in range(BATCH)]
    path = feed(
        f"{HEADER},Sole",
        "r1,runner,Runner,Red,54,soft",
        *(f"{row}," for row in between),
        "r2,runner,Another title,Blue,54,hard",
    )
    shop.load(path)
    product = shop.products()["runner"]
    assert (product.title, product.attributes) == ("Runner", {"Sole": "soft"})
    assert [(each.id, each.position, each.attributes) for each in product.variants] == [
        ("r1", 0, {}),
        ("r2", 1, {"Sole": "hard"}),
    ]
    before = shop.changes()
    assert shop.load(path).unchanged == BATCH + 2
    assert shop.changes() == before


def test_an_id_given_twice_is_found_however_far_apart(shop: Shop, feed: WriteFeed) -> None:
    rows = [f"p{number},,Pad {number},,1" for number in range(BATCH)]
    report = shop.load(feed(HEADER, *rows, "p0,,Another,,2"))
    (rejection,) = report.rejections
    assert (rejection.line, rejection.id) == (BATCH + 2, "p0")
    assert rejection.reason == "id p0 is already on line 2: give every row its own"
    assert shop.products()["p0"].title == "Pad 0"


def test_a_rejected_rows_id_may_come_again(shop: Shop, feed: WriteFeed) -> None:
    report = shop.load(feed(HEADER, "t,,Tent,,abc", "t,,Tent,,99"))
    assert (report.added, report.rejected) == (1, 1)


def test_the_list_of_rejections_is_bounded_and_their_count_is_not(
    shop: Shop, feed: WriteFeed
) -> None:
    report = shop.load(feed(HEADER, *["x,,,,1"] * (MAX_REJECTIONS + 5), *SHOES))
    assert (report.read, report.rejected) == (MAX_REJECTIONS + 8, MAX_REJECTIONS + 5)
    assert len(report.rejections) == MAX_REJECTIONS


def test_progress_grows_to_the_files_end(engine: Engine, feed: WriteFeed) -> None:
    path = feed(HEADER, *(f"p{number},,{'Pad' * 100},,1" for number in range(2 * BATCH + 1)))
    calls: list[tuple[int, int, int]] = []
    import_products(engine, path, on_progress=lambda *call: calls.append(call))
    size = path.stat().st_size
    assert [rows for rows, _, _ in calls] == [BATCH, 2 * BATCH, 2 * BATCH + 1]
    assert all(one[1] <= other[1] for one, other in pairwise(calls))
    assert 0 < calls[0][1] < size
    assert calls[-1][1:] == (size, size)


def test_an_unknown_format_is_refused(engine: Engine, feed: WriteFeed) -> None:
    with pytest.raises(ValueError, match="one of auto, csv, tsv, jsonl, merchant, shopify"):
        import_products(engine, feed(HEADER, *SHOES), "excel")


def test_two_imports_at_once_add_each_product_once(engine: Engine, feed: WriteFeed) -> None:
    path = feed(HEADER, *(f"p{number},,Pad,,1" for number in range(300)))
    failures: list[Exception] = []

    def load() -> None:
        try:
            import_products(engine, path)
        except Exception as failure:
            failures.append(failure)

    threads = [Thread(target=load) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(Shop(engine).products()) == 300


@pytest.mark.benchmark
def test_a_hundred_thousand_rows_in_bounded_memory(engine: Engine, tmp_path: Path) -> None:
    """Ten times the rows take hardly more memory than the first of them."""

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("id,group_id,title,description,price\n")
            for number in range(rows):
                file.write(f"v{rows}-{number},g{rows}-{number // 3},Tent,{'Roomy. ' * 50},99.00\n")
        tracemalloc.start()
        report = import_products(engine, path)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert report.added == rows
        return peak

    small, large = peak(10_000), peak(100_000)
    assert large < 1.2 * small
    with engine.connect() as connection:
        products = connection.execute(text("SELECT count(*) FROM products")).scalar_one()
    assert products == sum(-(-rows // 3) for rows in (10_000, 100_000))


@pytest.mark.benchmark
@pytest.mark.skipif(not ESCI.exists(), reason="wants ../shared/data")
def test_every_product_of_esci_is_accepted(shop: Shop) -> None:
    report = shop.load(ESCI)
    assert (report.read, report.added, report.rejections) == (2437, 2437, [])
    assert shop.load(ESCI).unchanged == 2437
