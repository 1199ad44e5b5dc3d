from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Outcome, RunAisle

PRODUCTS = [
    ("hammer", "Claw Hammer with Fibreglass Handle"),
    ("mallet", "Rubber Mallet for Tiles"),
    ("saw", "Japanese Pull Saw"),
    ("hose", "Garden Hose, 50 ft"),
    ("nozzle", "Brass Nozzle for a Garden Hose"),
    ("kettle", "Gooseneck Kettle"),
    ("zorvex", "Zorvex 9 Replacement Blade"),
]
QUERIES = [("q1", "claw hammer"), ("q2", "garden hose"), ("q3", "zorvex"), ("q4", "not judged")]
QRELS = [
    ("q1", "hammer", "3"),
    *(("q1", id, "1") for id in ("mallet", "saw", "hose", "nozzle")),
    ("q2", "hose", "3"),
    ("q2", "nozzle", "2.33"),
    ("q3", "zorvex", "3"),
]


def write(path: Path, header: str, rows: Sequence[tuple[str, ...]]) -> None:
    path.write_text("\n".join([header.replace(" ", "\t"), *("\t".join(row) for row in rows)]))


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The options that name the three files."""
    write(tmp_path / "p.tsv", "id title", PRODUCTS)
    write(tmp_path / "q.tsv", "query_id query", QUERIES)
    write(tmp_path / "r.tsv", "query_id product_id relevance", QRELS)
    names = {"products": "p.tsv", "queries": "q.tsv", "qrels": "r.tsv"}
    return [word for name, file in names.items() for word in (f"--{name}", str(tmp_path / file))]


def evaluate(aisle: RunAisle, files: list[str], *options: str) -> Outcome:
    return aisle("evaluate", "search", *files, *options)


def test_every_stage_is_measured_over_the_whole_catalogue(
    aisle: RunAisle, files: list[str], data_dir: Path
) -> None:
    done = evaluate(aisle, files, "--json")
    assert done.status == 0, done.err
    report = done.json
    assert report["queries"] == 3
    assert report["part"] == "all"
    assert {"lexical", "dense", "hybrid"} <= set(report["stages"])
    for stage in report["stages"].values():
        assert stage["recall@100"] == 1.0
        assert stage["ndcg@10"] > 0.9
        assert 0 < stage["p50_ms"] <= stage["p95_ms"]
    assert report["rare_words"]["queries"] == 3
    assert not (data_dir / "aisle.db").exists()  # the configured shop is not touched


def test_a_judged_list_has_five_products_or_more(aisle: RunAisle, files: list[str]) -> None:
    report = evaluate(aisle, files, "--judged-only", "--relevant-from", "2", "--json").json
    assert report["queries"] == 1
    assert all(stage["recall@100"] == 1.0 for stage in report["stages"].values())


def test_the_table_and_the_plot_are_for_people(
    aisle: RunAisle, files: list[str], tmp_path: Path
) -> None:
    done = evaluate(aisle, files, "--plot", str(tmp_path / "stages.png"))
    assert done.status == 0, done.err
    assert "3 queries, 3 with a relevant product" in done.out
    assert "ndcg@10" in done.out
    assert "lexical to hybrid" in done.out
    assert (tmp_path / "stages.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("p.tsv", "id\nx\n", "title"),
        ("p.tsv", "id\ttitle\nx\t\n", "has no product that can be imported. Line 2:"),
        ("q.tsv", "id\tquery\nq1\thammer\n", "line 1: the column query_id is missing"),
        ("r.tsv", "query_id\tproduct_id\trelevance\nq1\tanvil\t3\n", "line 2: there is no product"),
        ("r.tsv", "query_id\tproduct_id\trelevance\nq9\thammer\t3\n", "None of the queries"),
    ],
)
def test_bad_input_is_one_sentence(
    aisle: RunAisle, files: list[str], tmp_path: Path, file: str, content: str, reason: str
) -> None:
    (tmp_path / file).write_text(content)
    done = evaluate(aisle, files, "--json")
    assert done.status == 1
    assert done.out == ""
    assert reason in done.err.replace("\n", " ")


def test_no_judged_list_that_is_long_enough_is_said(
    aisle: RunAisle, files: list[str], tmp_path: Path
) -> None:
    write(tmp_path / "r.tsv", "query_id product_id relevance", QRELS[5:])
    done = evaluate(aisle, files, "--judged-only")
    assert done.status == 1
    assert "5 judged products or more" in done.err.replace("\n", " ")


def test_a_plot_that_cannot_be_written_is_refused_first(aisle: RunAisle, files: list[str]) -> None:
    done = evaluate(aisle, files, "--plot", "stages.docx")
    assert done.status == 1
    assert ".png or .svg" in done.err
