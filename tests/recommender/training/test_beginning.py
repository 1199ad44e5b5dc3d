from recommender.training.beginning import evenly


def test_layers_are_kept_evenly_and_the_last_always() -> None:
    assert evenly(6, 6) == [0, 1, 2, 3, 4, 5]
    assert evenly(6, 3) == [1, 3, 5]
    assert evenly(6, 2) == [2, 5]
    assert evenly(6, 1) == [5]
