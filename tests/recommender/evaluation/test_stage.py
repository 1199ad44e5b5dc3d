from collections.abc import Sequence

from recommender.evaluation.judged_queries import JudgedQueries
from recommender.evaluation.stage import DEPTH, run_stages
from recommender.index.port import Ids

PRODUCTS = {1: "hammer", 2: "mallet", 3: "hose", 4: "rake"}
QUERIES = JudgedQueries(
    {"q1": "forwards", "q2": "backwards"},
    {"q1": {"hose": 3.0, "hammer": 1.0, "rake": 1.0}, "q2": {"mallet": 3.0, "hammer": 3.0}},
)


def all_but_the_rake(query: str, k: int, allowed: Ids | None) -> Sequence[int]:
    pks = [pk for pk in PRODUCTS if pk != 4 and (allowed is None or pk in allowed)]
    return (pks if query == "forwards" else pks[::-1])[:k]


def order(run: dict[str, float]) -> list[str]:
    return sorted(run, key=lambda product: -run[product])


def test_every_query_is_put_in_the_order_that_the_stage_says() -> None:
    done = run_stages({"first": all_but_the_rake}, QUERIES, PRODUCTS)["first"]
    assert order(dict(done.run["q1"])) == ["hammer", "mallet", "hose"]
    assert order(dict(done.run["q2"])) == ["hose", "mallet", "hammer"]
    assert set(done.took_ms) == {"q1", "q2"}


def test_a_judged_list_is_ordered_whole_and_what_was_not_found_is_last() -> None:
    done = run_stages({"first": all_but_the_rake}, QUERIES, PRODUCTS, judged_only=True)["first"]
    assert order(dict(done.run["q1"])) == ["hammer", "hose", "rake"]
    assert order(dict(done.run["q2"])) == ["mallet", "hammer"]


def test_stages_take_turns_and_the_first_query_warms_them() -> None:
    asked: list[tuple[str, str, int]] = []

    def stage(name: str, query: str, k: int) -> list[int]:
        asked.append((name, query, k))
        return []

    counted: list[None] = []
    run_stages(
        {
            "a": lambda query, k, allowed: stage("a", query, k),
            "b": lambda query, k, allowed: stage("b", query, k),
        },
        QUERIES,
        PRODUCTS,
        on_query=lambda: counted.append(None),
    )
    expected = ["a", "a", "b", "b", "a", "b"]
    assert [name for name, _, _ in asked] == expected
    assert {k for _, _, k in asked} == {DEPTH}
    assert len(counted) == 2
