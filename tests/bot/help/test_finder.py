from sqlalchemy.orm import Session, sessionmaker

from bot.help.finder import HelpFinder
from catalog.models import Policy
from catalog.policies import list_policies
from recommender.retrieval.analysis import Analyzer
from tests.bot.conftest import WordEncoder
from tests.bot.help.conftest import BY_STATEMENT


def test_the_nearest_sentence_names_the_passage(
    finder: HelpFinder, shop: sessionmaker[Session]
) -> None:
    with shop() as session:
        best, *_ = finder.find("how many days to return?", list_policies(session))
    assert (best.passage.slug, best.passage.heading) == ("returns", "Time")


def test_no_pages_no_passages(finder: HelpFinder) -> None:
    assert finder.find("returns?", []) == []


def test_an_edited_page_answers_differently_at_once_and_only_it_is_embedded(
    finder: HelpFinder, encoder: WordEncoder, shop: sessionmaker[Session]
) -> None:
    with shop.begin() as session:
        finder.find("warranty", list_policies(session))
        session.get_one(Policy, "shipping").body = "The warranty lasts two years."
    encoder.encoded.clear()
    with shop() as session:
        best, *_ = finder.find("warranty", list_policies(session))
    assert best.passage.text == "The warranty lasts two years."
    assert encoder.encoded == [
        "Shipping. The warranty lasts two years.",
        "warranty",
    ]


def test_a_page_is_found_by_its_title_alone(finder: HelpFinder) -> None:
    page = Policy(slug="returns", title="Returns", body="## How\nSend it back in 3 days.", url="")
    best, *_ = finder.find("returns", [page])
    assert best.confidence > 0.9
    assert best.passage.quoted == "Send it back in 3 days."


def test_a_question_that_no_page_is_expected_to_know_makes_unsure(encoder: WordEncoder) -> None:
    page = Policy(slug="jobs", title="Jobs", body="Do you hire? No.", url="")
    weighing = BY_STATEMENT.__class__(
        asked=1,
        whole=0,
        lexical=0,
        bias=0,
        score=10,
        elsewhere=-10,
        margin=0,
        threshold=0.5,
        likely=0.3,
    )
    finder = HelpFinder(encoder, Analyzer("english"), ("do you hire pilots?",), weighing)
    assert finder.find("do you hire pilots?", [page])[0].confidence < 0.5
    assert finder.find("jobs", [page])[0].confidence > 0.9
