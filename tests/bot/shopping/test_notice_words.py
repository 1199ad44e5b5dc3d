import pytest

from bot.shopping.english import notices


@pytest.mark.parametrize(
    "text",
    [
        "stop the notices",
        "don't email me",
        "cancel all those alerts",
        "unsubscribe",
        "no more mails",
    ],
)
def test_wants_no_notice(text: str) -> None:
    assert notices.cancels(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order and email me",
        "remove the watch",
        "email me when it's cheaper",
        "don't stop",
    ],
)
def test_wants_something_else(text: str) -> None:
    assert not notices.cancels(text)
