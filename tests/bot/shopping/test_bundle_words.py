import pytest

from bot.shopping.english import bundles


@pytest.mark.parametrize(
    ("said", "budget", "things"),
    [
        ("a desk and a chair under $300 together", "300", ("desk", "chair")),
        ("a tent and a sleeping bag for 250 in total", "250", ("tent", "sleeping bag")),
        ("I have 200 to spend on a jacket and boots", "200", ("jacket", "boots")),
        ("a pan, a pot and a knife for 120 altogether", "120", ("pan", "pot", "knife")),
        ("500 for everything: desk, chair and lamp", "500", ("desk", "chair", "lamp")),
        ("desk + chair < 300 together", "300", ("desk", "chair")),
        ("a sofa and a table under $1,200 together", "1200", ("sofa", "table")),
        ("shoes and socks", None, ("shoes", "socks")),
    ],
)
def test_budget_and_things(said: str, budget: str | None, things: tuple[str, ...]) -> None:
    assert bundles.budget(said) == budget
    assert bundles.things(said) == things


def test_how_many_of_a_thing() -> None:
    assert bundles.counted("four chairs") == (4, "chairs")
    assert bundles.counted("two-person tent") == (1, "two-person tent")
