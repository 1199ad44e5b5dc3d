from collections import Counter

from recommender.evaluation.judged_queries import QueryPart
from recommender.training.data.split import Part, by_evaluation, part_of, split_queries


def test_a_text_keeps_its_part_for_ever() -> None:
    # A change of the hash would silently turn training queries into test queries.
    parts = [part_of(key) for key in ("kettle", "red kettle", "tent for two")]
    assert parts == [Part.TEST, Part.TRAIN, Part.DEV]


def test_parts_have_their_shares() -> None:
    counts = Counter(part_of(f"query {number}") for number in range(4000))
    assert abs(counts[Part.TEST] / 4000 - 0.35) < 0.03
    assert abs(counts[Part.DEV] / 4000 - 0.15) < 0.03


def test_near_duplicates_are_never_parted() -> None:
    others = [f"gadget{number} holder{number}" for number in range(200)]
    for kind in ("lamps", "boots", "kettles", "tents", "ropes", "bags"):
        alike = [f"large blue {kind}", f"{kind} blue large", f"Large Blue {kind[:-1]}"]
        parts = split_queries([*others, *alike])
        assert len({parts[query] for query in alike}) == 1


def test_a_query_does_not_move_when_others_are_added() -> None:
    before = split_queries(["garden hose", "wool socks"])
    after = split_queries(["garden hose", "wool socks", "camping stove", "desk lamp"])
    assert {query: after[query] for query in before} == dict(before)


def test_queries_without_words_are_not_all_one_group() -> None:
    parts = split_queries(["!" * length for length in range(1, 60)])
    assert len(set(parts.values())) == 3


def test_what_evaluation_holds_out_is_never_trained_on() -> None:
    queries = [f"thing{number} like{number}" for number in range(60)]
    parts = split_queries(queries, by_evaluation)
    assert {parts[query] for query in queries if QueryPart.TEST.holds(query)} == {Part.TEST}
    assert {Part.TRAIN, Part.DEV} <= set(parts.values())


def test_a_query_that_asks_what_a_held_out_one_asks_is_held_out_too() -> None:
    held_out = next(
        f"blue kettle {n}" for n in range(99) if QueryPart.TEST.holds(f"blue kettle {n}")
    )
    turned = " ".join(reversed(held_out.split()))
    assert split_queries([held_out, turned], by_evaluation)[turned] is Part.TEST
