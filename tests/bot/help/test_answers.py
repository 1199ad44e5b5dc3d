import pytest

from bot.help import english
from bot.help.answers import HelpDesk
from catalog.models import Policy

PAGES = [
    Policy(
        slug="shipping",
        title="Shipping",
        body="## Days\n<!-- Asked: how long is shipping -->\nThree days.\n\n"
        "## Cost\n<!-- Asked: what is the cost of shipping -->\nFive dollars.",
        url="",
    ),
    Policy(
        slug="returns",
        title="Returns",
        body="## Sale\n<!-- Asked: can I return sale items -->\nYes, all of it.\n\n"
        "## News\n<!-- Asked: unsubscribe from the newsletter -->\nUse the link.",
        url="",
    ),
]


def headings(desk: HelpDesk, message: str) -> list[str]:
    return [each.heading for each in desk.help(message, PAGES).answers]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("how long is shipping", ["Days"]),
        ("how long is shipping and can I return sale items?", ["Days", "Sale"]),
        ("how long is shipping? can I return sale items", ["Days", "Sale"]),
        ("can I return sale items, also how long is shipping", ["Sale", "Days"]),
        ("how long is shipping and unsubscribe from the newsletter", ["Days", "News"]),
        ("how long is shipping and how long is shipping", ["Days"]),
        ("how long is shipping and what is the cost of it", ["Days", "Cost"]),
        ("do you sell dragons", []),
    ],
)
def test_each_question_of_a_message_gets_its_passage_once(
    desk: HelpDesk, message: str, expected: list[str]
) -> None:
    assert headings(desk, message) == expected


def test_what_no_page_answers_is_said_beside_the_answers(desk: HelpDesk) -> None:
    message = "how long is shipping, can I return sale items, and do you sell dragons?"
    found = desk.help(message, PAGES)
    assert [each.heading for each in found.answers] == ["Days", "Sale"]
    assert found.unanswered == ("do you sell dragons",)


def test_one_answer_does_not_hide_the_question_without_one(desk: HelpDesk) -> None:
    found = desk.help("do you sell dragons? how long is shipping?", PAGES)
    assert [each.heading for each in found.answers] == ["Days"]
    assert found.unanswered == ("do you sell dragons",)
    assert found.suggestions


def test_an_unsure_desk_offers_the_pages_questions(desk: HelpDesk) -> None:
    found = desk.help("shipping green dragons to Mars", PAGES)
    assert found.answers == ()
    assert found.unanswered == ("shipping green dragons to Mars",)
    assert found.suggestions[0] in ("how long is shipping", "what is the cost of shipping")
    assert found.nearest is not None
    assert found.nearest.score < desk.threshold


def test_an_answer_says_where_it_stands(desk: HelpDesk) -> None:
    [answer] = desk.help("how long is shipping", PAGES).answers
    assert (answer.text, answer.page) == ("Three days.", "Shipping")
    assert answer.address == "/policies/shipping#days"
    assert answer.score > 0.9


def test_a_shop_without_pages_has_nothing_near(desk: HelpDesk) -> None:
    assert desk.help("returns?", []).nearest is None


@pytest.mark.parametrize(
    ("message", "pieces"),
    [
        ("do you ship abroad", ["do you ship abroad"]),
        ("can I pay by card and is it safe?", ["can I pay by card", "is it safe"]),
        ("Where is it? And when?", ["Where is it", "when"]),
        ("red, blue or green shoes", ["red, blue or green shoes"]),
    ],
)
def test_english_is_cut_where_a_question_may_begin(message: str, pieces: list[str]) -> None:
    assert english.pieces(message) == pieces
