"""One tap after support, and a line."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.desk.satisfaction import DOWN, UP, ScoreError, comment_on, rate, summaries
from catalog.models import Satisfaction, SupportKind


def redact(text: str) -> str:
    return text.replace("ada@example.com", "[e-mail]")


def test_scores_are_summed_up(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        for score in (UP, 4, DOWN):
            kind = SupportKind.PERSON
            rate(session, "c1", score, kind=kind, topic="order_status", redact=redact)
        rate(session, "c2", 3, kind=SupportKind.ASSISTANT, redact=redact)
    with sessions() as session:
        found = {name: each.to_json() for name, each in summaries(session).items()}
    assert found == {
        "all": {"answers": 4, "average": 3.25, "satisfied": 0.5},
        "assistant": {"answers": 1, "average": 3.0, "satisfied": 0.0},
        "person": {"answers": 3, "average": 3.33, "satisfied": 0.6667},
        "person/order_status": {"answers": 3, "average": 3.33, "satisfied": 0.6667},
    }


def test_the_line_is_redacted_before_it_is_cut(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        line = "x" * 490 + " ada@example.com"
        id = rate(session, "c1", 5, kind=SupportKind.PERSON, comment=line, redact=redact).id
    with sessions.begin() as session:
        given = session.get_one(Satisfaction, id)
        assert given.comment == ("x" * 490 + " [e-mail]")[:500]
        assert comment_on(session, id, "write to ada@example.com", redact=redact)
        assert given.comment == "write to [e-mail]"
        assert not comment_on(session, id + 1, "x", redact=redact)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_no_such_score(score: int, sessions: sessionmaker[Session]) -> None:
    with sessions() as session, pytest.raises(ScoreError):
        rate(session, "c1", score, kind=SupportKind.PERSON, redact=redact)
    with sessions() as session:
        assert summaries(session) == {}
