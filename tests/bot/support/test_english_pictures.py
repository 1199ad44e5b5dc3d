import pytest

from bot.support import english_pictures as english


@pytest.mark.parametrize(
    "text",
    [
        "No photo", "no", "nope", "no thanks", "No, thank you.", "none", "not now", "skip", "pass",
        "I don't have one", "I have no camera", "I can't take a picture", "without a photo",
        "I'd rather not", "no more", "no, sorry", "I haven't got any",
    ],
)  # fmt: skip
def test_no_photo(text: str) -> None:
    assert english.declines(text)
    assert english.goes_on(text)
    assert not english.agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "that's all", "That's it!", "done", "I'm done", "go on", "let's go on", "ok, that's all",
        "continue", "nothing else", "only this one", "next", "this is the only one",
    ],
)  # fmt: skip
def test_all_there_is(text: str) -> None:
    assert english.goes_on(text)
    assert not english.declines(text)


@pytest.mark.parametrize(
    "text",
    ["yes", "sure", "yes please", "how do I add one?", "I'll send a picture"],
)
def test_there_will_be_one(text: str) -> None:
    assert english.agrees(text)
    assert not english.goes_on(text)


@pytest.mark.parametrize("text", ["qwerty", "purple", "never mind", "the blue one"])
def test_no_answer(text: str) -> None:
    assert not english.answers(text)
