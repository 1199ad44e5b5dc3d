from collections.abc import Callable
from pathlib import Path

import pytest

from recommender.evaluation.judged_queries import (
    JudgedQueries,
    JudgedQueriesError,
    QueryPart,
    read_judged_queries,
)

QUERIES = 'query_id\tquery\nq1\tclaw hammer\nq2\t1/2" hose\nq3\tnever judged\n'
QRELS = "query_id\tproduct_id\trelevance\nq1\thammer\t3\nq1\tmallet\t2.33\nq2\those\t1\n"
PRODUCTS = {"hammer": "hammer", "mallet": "mallet", "hose": "hose", "hose-50ft": "hose"}

Read = Callable[[str, str], JudgedQueries]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(queries: str, qrels: str) -> JudgedQueries:
        (tmp_path / "queries.tsv").write_text(queries)
        (tmp_path / "qrels.tsv").write_text(qrels)
        return read_judged_queries(tmp_path / "queries.tsv", tmp_path / "qrels.tsv", PRODUCTS)

    return read


def many(number: int) -> JudgedQueries:
    texts = {f"q{n}": f"query {n}" for n in range(number)}
    return JudgedQueries(texts, {key: {"hammer": 3.0} for key in texts})


def test_only_judged_queries_are_kept_with_their_quotes(read: Read) -> None:
    judged = read(QUERIES, QRELS)
    assert judged.texts == {"q1": "claw hammer", "q2": '1/2" hose'}
    assert judged.grades == {"q1": {"hammer": 3.0, "mallet": 2.33}, "q2": {"hose": 1.0}}


def test_the_gain_of_a_grade_is_exponential(read: Read) -> None:
    gains = read(QUERIES, QRELS).gains()
    assert gains["q1"]["hammer"] == 3.0
    assert gains["q1"]["mallet"] == pytest.approx(1.514, abs=0.001)
    assert gains["q2"]["hose"] == 0.0


def test_the_better_of_two_judgments_counts(read: Read) -> None:
    judged = read(QUERIES, QRELS + "q1\tmallet\t3\nq1\thammer\t1\n")
    assert judged.grades["q1"] == {"hammer": 3.0, "mallet": 3.0}


def test_what_was_said_of_a_variant_counts_for_its_product(read: Read) -> None:
    assert read(QUERIES, QRELS + "q2\those-50ft\t2\n").grades["q2"] == {"hose": 2.0}


def test_judgments_of_other_queries_are_left_out(read: Read) -> None:
    assert set(read(QUERIES, QRELS + "q9\those\t3\n").grades) == {"q1", "q2"}


@pytest.mark.parametrize(
    ("queries", "qrels", "message"),
    [
        ("id\tquery\nq1\thammer\n", QRELS, "line 1: the column query_id is missing"),
        (QUERIES, "query_id\tproduct_id\nq1\thammer\n", "line 1: the column relevance is missing"),
        (QUERIES, QRELS + "q1\tanvil\t3\n", "line 5: there is no product anvil"),
        (QUERIES, QRELS + "q1\thammer\thigh\n", "line 5: the relevance high is not a number"),
        (QUERIES, QRELS + "q1\thammer\t0\n", "line 5: the relevance 0 is not"),
        (QUERIES, QRELS + "q1\thammer\tnan\n", "line 5: the relevance nan is not"),
        (QUERIES, QRELS + "q1\thammer\n", "line 5: relevance is empty"),
        (QUERIES + "q4\t \n", QRELS, "line 5: query is empty"),
        (QUERIES + "q1\tsaw\n", QRELS, "line 5: the query_id q1 stands for another query"),
        (QUERIES, "query_id\tproduct_id\trelevance\nq9\those\t3\n", "None of the queries"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    read: Read, queries: str, qrels: str, message: str
) -> None:
    with pytest.raises(JudgedQueriesError, match=message):
        read(queries, qrels)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgedQueriesError, match=r"none\.tsv: No such file"):
        read_judged_queries(tmp_path / "none.tsv", tmp_path / "none.tsv", PRODUCTS)


def test_the_held_out_fifth_and_the_rest_are_all() -> None:
    queries = many(500)
    dev, test = queries.of(QueryPart.DEV), queries.of(QueryPart.TEST)
    assert 70 <= len(test) <= 130
    assert set(dev.texts) | set(test.texts) == set(queries.of(QueryPart.ALL).texts)
    assert not set(dev.texts) & set(test.texts)
    assert set(test.grades) == set(test.texts)


def test_a_query_stays_in_its_part_whatever_else_there_is() -> None:
    few, more = many(50).of(QueryPart.TEST).texts, many(500).of(QueryPart.TEST).texts
    assert few
    assert few.items() <= more.items()


def test_a_sample_is_the_same_every_time() -> None:
    queries = many(50)
    assert queries.sample(7).texts == queries.sample(7).texts
    assert len(queries.sample(7)) == 7
    assert queries.sample(7).texts != queries.sample(7, seed=1).texts
    assert queries.sample(51) is queries


def test_short_judged_lists_can_be_left_out(read: Read) -> None:
    assert set(read(QUERIES, QRELS).with_judged(2).texts) == {"q1"}
