import pytest

from bot.support.choices import Choice, Meant, from_detail, meant, mentioned, to_detail

LINES = (
    Choice("0", "Cairn Hiking Boots, brown, 10",
           frozenset({"cairn", "hiking", "boot", "brown", "10", "shoe"})),
    Choice("1", "Airthread T-Shirt, coral, M",
           frozenset({"airthread", "t", "shirt", "coral", "m", "clothing"})),
    Choice("2", "Airthread T-Shirt, navy, L",
           frozenset({"airthread", "t", "shirt", "navy", "l", "clothing"})),
    Choice("3", "Fieldmark Notebook, navy", frozenset({"fieldmark", "notebook", "navy"})),
    Choice("4", "Wool Socks, grey", frozenset({"wool", "sock", "grey", "clothing"})),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("medium", "1"),
        ("just the large one", "2"),
        ("the boots", "0"),
        ("the shoes", "0"),
        ("the notebook", "3"),
        ("the first one", "0"),
        ("the last two", "34"),
        ("Airthread T-Shirt, coral, M", "1"),
        ("airthread coral", "1"),
        ("hiking boots please", "0"),
        ("the boots and the socks", "04"),
        ("boots, notebook and socks", "034"),
        ("all of it", "01234"),
        ("everything", "01234"),
        ("everything but the socks", "0123"),
        ("both t-shirts", "12"),
        ("2 of the notebooks", "3"),
    ],
)
def test_lines_are_meant_by_any_name(text: str, ids: str) -> None:
    assert meant(text, LINES) == Meant(tuple(ids))


@pytest.mark.parametrize(
    ("text", "among"), [("the t-shirts", "12"), ("Airthread", "12"), ("the navy one", "23")]
)
def test_what_fits_several_is_not_guessed(text: str, among: str) -> None:
    assert meant(text, LINES) == Meant(among=tuple(among))


@pytest.mark.parametrize("text", ["show me tents", "yes", "not sure", "both"])
def test_what_is_no_line(text: str) -> None:
    assert not meant(text, LINES)


def test_both_are_two() -> None:
    assert meant("both", LINES[:2]) == Meant(("0", "1"))


def test_the_desk_is_not_the_desk_lamp() -> None:
    desk = Choice("0", "Fern Desk, oak", frozenset({"fern", "desk", "oak"}))
    lamp = Choice("1", "Heron Desk Lamp", frozenset({"heron", "desk", "lamp"}))
    assert set(meant("the desk and the lamp", (desk, lamp)).ids) == {"0", "1"}
    assert meant("the desk lamp", (desk, lamp)) == Meant(("1",))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("return the boots from A1003, too small", "0"),
        ("exchange the coral shirt for a large", "1"),
        ("the notebooks arrived damaged", "3"),
        ("I want to send back order A1002", ""),
    ],
)
def test_lines_are_mentioned(text: str, ids: str) -> None:
    assert mentioned(text, LINES).ids == tuple(ids)


def test_they_survive_a_task() -> None:
    assert from_detail(to_detail(LINES)) == LINES
    assert from_detail("") == ()
