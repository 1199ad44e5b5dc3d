from decimal import Decimal

from recommender.filtering.relaxation import relax
from recommender.query.constraints import Constraints

ASKED = Constraints(
    price_max=Decimal(10), color=("red",), category=("Shoes",), size=("9",), brand=("Nike",)
)


def test_one_is_dropped_if_that_is_enough() -> None:
    assert relax(ASKED, lambda some: some.price_max is None) == ("price_max",)


def test_of_several_the_one_given_up_most_easily_is() -> None:
    assert relax(ASKED, lambda some: len(some.names()) <= 4) == ("size",)


def test_as_few_as_possible_are_dropped() -> None:
    assert relax(ASKED, lambda some: not some.color and not some.brand) == ("color", "brand")


def test_the_kind_of_product_is_kept_while_anything_of_it_passes() -> None:
    tried: list[Constraints] = []

    def only_the_bare_kind(some: Constraints) -> bool:
        tried.append(some)
        return some == Constraints(category=("Shoes",))

    assert "category" not in relax(ASKED, only_the_bare_kind)
    assert all(some.category for some in tried)


def test_the_kind_is_dropped_last_of_all() -> None:
    assert relax(ASKED, lambda some: not some.category) == ("category",)


def test_everything_is_dropped_if_nothing_helps() -> None:
    assert set(relax(ASKED, lambda some: False)) == set(ASKED.names())
