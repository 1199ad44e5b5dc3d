from pathlib import Path

import pytest

from tests.bot.cli.conftest import RunAisle

FEED = "id,title,price,currency\na,Oak stool,40,USD\nb,,9,USD\nc,Elm bench,12x,USD\n"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.csv"
    path.write_text(FEED)
    return path


def test_reports_each_row_once(aisle: RunAisle, feed: Path) -> None:
    report = aisle("import", str(feed), "--json").json
    assert report["read"] == 3
    assert report["added"] == 1
    assert [each["line"] for each in report["rejections"]] == [3, 4]
    assert report["rejected"] == 2


def test_says_in_words_which_rows_were_left_out(aisle: RunAisle, feed: Path) -> None:
    done = aisle("import", str(feed))
    assert done.status == 0
    assert done.out.startswith("3 rows read: 1 added")
    assert "line 3" in done.err


def test_says_why_replace_removed_nothing(aisle: RunAisle, feed: Path) -> None:
    feed.write_text("id,title\na,Oak stool\n,Elm bench\n")
    assert "line 3 has no readable id" in aisle("import", str(feed), "--replace").err
    report = aisle("import", str(feed), "--replace", "--json").json
    assert "line 3 has no readable id" in report["kept_because"]
    assert aisle("import", str(feed), "--json").json["kept_because"] is None


@pytest.mark.parametrize(
    ("bad", "rest"),
    [(30, "10 more (--json lists them)"), (1030, "1,010 more (--json lists the first 1,000)")],
)
def test_says_how_many_of_the_rejected_json_lists(
    aisle: RunAisle, feed: Path, bad: int, rest: str
) -> None:
    feed.write_text("id,title\n" + "a,\n" * bad)
    assert rest in aisle("import", str(feed)).err


def test_reports_what_came_before_a_break_and_fails(aisle: RunAisle, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(
        "<rss><channel>\n<item><id>a</id><title>Stool</title></item>\n<item><id>b</id></item>\n<"
    )
    done = aisle("import", str(path))
    assert done.status == 1
    assert done.out.startswith("2 rows read: 1 added")
    rejection, reason = done.err.strip().splitlines()
    assert "line 3: title is empty" in rejection
    assert reason.startswith("aisle: Line 4 is not well-formed XML")
    done = aisle("import", str(path), "--json")
    assert (done.status, done.err.strip().count("\n")) == (1, 0)
    assert (done.json["read"], done.json["unchanged"], done.json["rejected"]) == (2, 1, 1)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_what_is_no_feed_is_one_line(aisle: RunAisle, name: str) -> None:
    done = aisle("import", name)
    assert (done.status, done.out) == (1, "")
    assert done.err.strip().count("\n") == 0


def test_a_database_that_is_none_is_one_line(
    aisle: RunAisle, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AISLE_DATABASE_URL", "not a database")
    done = aisle("import", str(feed))
    assert done.status == 1
    assert "AISLE_DATABASE_URL" in done.err
    assert done.err.strip().count("\n") == 0
