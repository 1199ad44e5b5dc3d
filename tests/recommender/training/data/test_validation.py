from pathlib import Path

import pytest

from recommender.training.data.validation import DataFinding, validate_judgments

PRODUCTS = {f"p{number}" for number in range(10)}
Rows = list[tuple[str, str, object]]


def judged(queries: int = 200, products: int = 5) -> Rows:
    return [
        (f"q{query}", f"p{product}", 1 + (query + product) % 3)
        for query in range(queries)
        for product in range(products)
    ]


def findings(folder: Path, rows: Rows, queries: int = 200) -> list[DataFinding]:
    lines = [f"q{number}\tword{number} thing{number}" for number in range(queries)]
    (folder / "q.tsv").write_text("\n".join(["query_id\tquery", *lines]) + "\n")
    lines = ["\t".join(map(str, row)) for row in rows]
    header = "query_id\tproduct_id\trelevance"
    (folder / "r.tsv").write_text("\n".join([header, *lines]) + "\n")
    return list(validate_judgments(folder / "q.tsv", folder / "r.tsv", PRODUCTS))


def test_good_data_are_counted(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, judged())
    assert found.level == "ok"
    assert "200 queries with 1,000 judgments" in found.detail


@pytest.mark.parametrize(
    ("rows", "level", "detail"),
    [
        ([*judged(), ("q1", "p9", 7)], "error", "1 judgments have a relevance that is no number"),
        ([*judged(), ("q1", "p9", "good")], "error", "line 1002: good"),
        ([*judged(), ("q1", "gone", 3)], "error", "a product that the shop lacks"),
        ([*judged(), ("q999", "p1", 3)], "error", "a query that the queries lack"),
        ([*judged(), ("q1", "p1", 1.5)], "warning", "judged differently in two places"),
        ([*judged(), ("q0", "p0", 1)], "warning", "judged twice"),
        ([(q, p, 3) for q, p, _ in judged()], "error", "nothing to tell apart"),
        ([(q, p, 3 if q != "q1" else 1) for q, p, _ in judged()], "warning", "100% of the"),
        (judged(20), "warning", "held out for the test"),
        (judged(products=2), "warning", "fewer than 5 judgments"),
        ([("q1", "gone", 3)], "error", "not one judgment can be used"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, rows: Rows, level: str, detail: str) -> None:
    found = [each for each in findings(tmp_path, rows) if detail in each.detail]
    assert [each.level for each in found] == [level]
    assert found[0].do


def test_many_faults_of_a_kind_are_one_finding(tmp_path: Path) -> None:
    rows = [*judged(), *(("q1", f"gone{number}", 3) for number in range(50))]
    (fault,) = [each for each in findings(tmp_path, rows) if each.level == "error"]
    assert "50 judgments" in fault.detail
    assert "and 47 more" in fault.detail


def test_files_that_cannot_be_read_are_one_finding(tmp_path: Path) -> None:
    (found,) = validate_judgments(tmp_path / "none.tsv", tmp_path / "none.tsv", PRODUCTS)
    assert found.level == "error"
    assert "No such file" in found.detail
