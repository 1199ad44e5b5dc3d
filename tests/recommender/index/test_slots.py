import numpy as np

from recommender.index.slots import SlotTable
from recommender.index.store import GONE, Rows


def rows(*triples: tuple[int, int, int]) -> Rows:
    """Rows of (id, slot, digest)."""
    return Rows(*np.array(triples, dtype=np.int64).T)


def test_ids_are_found_however_large_and_sparse() -> None:
    table = SlotTable()
    table.apply(rows((3, 0, 30), (2**62, 1, 40), (-7, 2, 50), (5_000_000, 3, 60)), 4)

    assert table.slots_of(np.array([3, 2**62, -7, 5_000_000, 4])).tolist() == [0, 1, 2, 3, GONE]
    assert table.digests_of(None) == {3: 30, 2**62: 40, -7: 50, 5_000_000: 60}
    assert len(table) == 4


def test_large_id_that_has_become_small_is_still_found() -> None:
    table = SlotTable()
    table.apply(rows((5_000_000, 0, 1)), 1)  # too sparse for an array
    many = np.arange(400_000)

    table.apply(Rows(many, many + 1, many), 400_001)
    table.apply(rows((6_000_000, 400_001, 1)), 400_002)

    assert table.slots_of(np.array([5_000_000, 6_000_000])).tolist() == [0, 400_001]
    table.apply(rows((5_000_000, GONE, 0)), 400_002)
    assert table.slots_of(np.array([5_000_000])).tolist() == [GONE]


def test_replaced_and_removed_slots_are_dead() -> None:
    table = SlotTable()
    table.apply(rows((1, 0, 1), (2, 1, 1)), 2)

    table.apply(rows((1, 2, 9), (2, GONE, 0), (3, GONE, 0)), 3)

    assert table.alive[:3].tolist() == [False, False, True]
    assert (len(table), table.used) == (1, 3)
    assert table.digests_of(np.array([1, 2, 3])) == {1: 9}
    assert table.rows().ids.tolist() == [1]
