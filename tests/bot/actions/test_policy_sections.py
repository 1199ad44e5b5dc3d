from sqlalchemy.orm import Session, sessionmaker

from bot.actions.policy_sections import PolicySections, sections
from catalog.models import Policy
from catalog.policies import list_policies
from tests.bot.conftest import WordEncoder


def test_a_page_is_cut_at_its_headings_without_marks() -> None:
    page = Policy(
        slug="returns",
        title="Returns",
        body="Intro [link](/x).\n\n## Time\nYou have *30*\ndays.\n\n- one\n- two\n\n## Empty\n",
    )
    assert [(part.heading, part.text) for part in sections(page)] == [
        ("", "Intro link."),
        ("Time", "You have 30 days. one two"),
    ]


def test_the_nearest_sentence_names_the_section(shop: sessionmaker[Session]) -> None:
    with shop() as session:
        policies = list_policies(session)
    match = PolicySections(WordEncoder()).best("how many days to return?", policies)
    assert match is not None
    assert (match.section.slug, match.section.heading) == ("returns", "Time")


def test_no_pages_no_match() -> None:
    assert PolicySections(WordEncoder()).best("returns?", []) is None


def test_an_edited_page_answers_differently_at_once(shop: sessionmaker[Session]) -> None:
    encoder = WordEncoder()
    found = PolicySections(encoder)
    with shop.begin() as session:
        found.best("warranty", list_policies(session))
        session.get_one(Policy, "shipping").body = "The warranty lasts two years."
    encoder.encoded.clear()
    with shop() as session:
        match = found.best("warranty", list_policies(session))
    assert match is not None
    assert match.section.text == "The warranty lasts two years."
    assert encoder.encoded == ["warranty", "Shipping. The warranty lasts two years."]


def test_a_page_is_found_by_its_title_alone() -> None:
    page = Policy(slug="returns", title="Returns", body="## How\nSend it back in 3 days.")
    match = PolicySections(WordEncoder()).best("returns", [page])
    assert match is not None
    assert match.score > 0.8
    assert match.text == "Send it back in 3 days."


def test_a_short_introduction_is_no_answer_alone(shop: sessionmaker[Session]) -> None:
    with shop() as session:
        match = PolicySections(WordEncoder()).best("returns", list_policies(session))
    assert match is not None
    assert match.section.heading == ""
    assert match.text == "Send it back. You have 30 days to return."
