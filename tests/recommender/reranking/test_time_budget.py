import pytest

from recommender.reranking import time_budget
from recommender.reranking.time_budget import TimeBudget


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time_budget, "perf_counter", clock)
    return clock


def spend(budget: TimeBudget, clock: Clock, products: int, seconds: float) -> None:
    with budget.spending(products):
        clock.now += seconds


def test_at_first_all_are_read(clock: Clock) -> None:
    assert TimeBudget(100).depth(30) == 30


def test_a_slow_machine_reads_fewer_and_recovers(clock: Clock) -> None:
    budget = TimeBudget(100)
    spend(budget, clock, 30, 0.3)  # 10 ms each
    assert budget.depth(30) == 10
    for _ in range(30):
        spend(budget, clock, 10, 0.01)  # 1 ms each
    assert budget.depth(30) == 30


def test_the_first_screen_is_always_read(clock: Clock) -> None:
    budget = TimeBudget(1)
    spend(budget, clock, 30, 3.0)
    assert budget.depth(30) == 5
    assert budget.depth(3) == 3


def test_what_fails_is_not_measured(clock: Clock) -> None:
    budget = TimeBudget(100)
    with pytest.raises(ValueError, match="broken"), budget.spending(30):
        clock.now += 9
        raise ValueError("broken")
    assert budget.depth(30) == 30
