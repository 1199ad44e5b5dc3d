from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.voice.errors import VoiceError
from bot.voice.voice import Voice


def voice(tmp_path: Path, toml: str = "") -> Voice:
    file = tmp_path / "shop.toml"
    file.write_text(toml, encoding="utf-8")
    return Voice.load(Settings(voice=file))


def said(speaker: Voice, id: str, turns: int) -> list[str]:
    texts = []
    for seed in range(turns):
        with speaker.for_turn(seed):
            texts.append(speaker.say(id))
    return texts


def test_a_key_that_a_shop_leaves_out_keeps_its_default(tmp_path: Path) -> None:
    speaker = voice(tmp_path, 'name = "Fell & Field"')
    assert "Fell & Field" in speaker.say("bot-challenge")
    assert "I'm Aisle" in speaker.say("bot-challenge")


def test_no_two_turns_in_a_row_say_the_same(tmp_path: Path) -> None:
    speaker = voice(tmp_path)
    texts = said(speaker, "greet", 9)
    assert all(text != after for text, after in pairwise(texts))
    assert len(set(texts)) == 3
    assert texts == said(speaker, "greet", 9)


def test_what_was_heard_is_not_said_again(tmp_path: Path) -> None:
    speaker = voice(tmp_path)
    first = speaker.say("greet")
    with speaker.for_turn(0, [f"Well. {first}"]):
        assert speaker.say("greet") != first


def test_a_message_of_one_wording_may_be_repeated(tmp_path: Path) -> None:
    speaker = voice(tmp_path)
    with speaker.for_turn(0, [speaker.say("deny")]):
        assert speaker.say("deny")


def test_the_tone_chooses_the_words(tmp_path: Path) -> None:
    texts = said(voice(tmp_path, 'tone = "formal"'), "greet", 6)
    assert len(set(texts)) == 2
    assert not any("Hi" in text for text in texts)
    # Where nothing is written for the tone, what is written for all of them is said.
    assert voice(tmp_path, 'tone = "formal"').say("deny") == voice(tmp_path).say("deny")


def test_a_shop_greets_in_its_own_words(tmp_path: Path) -> None:
    speaker = voice(tmp_path, 'name = "Fell"\ngreetings = ["Ahoy from { $shop }!", "Ahoy, ahoy!"]')
    assert set(said(speaker, "greet", 4)) == {"Ahoy from Fell!", "Ahoy, ahoy!"}


def test_any_message_can_be_a_shops_own(tmp_path: Path) -> None:
    speaker = voice(tmp_path, "[messages]\ndeny = ['Fair enough.']")
    assert speaker.say("deny") == "Fair enough."


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ('tone = "rude"', "tone"),
        ('locale = "klingon"', "locale"),
        ('language = "xx"', "language"),
        ('currency = "dollars"', "currency"),
        ('greeting = "Hi"', "greeting"),
        ('greetings = ["Hi { $customer }"]', "greet"),
        ('greetings = ["Hi { $"]', "greet"),
        ("[messages]\nhullo = ['Hi']", "hullo"),
        ("tone = ", "Invalid value"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(tmp_path: Path, toml: str, key: str) -> None:
    with pytest.raises(VoiceError, match=rf"shop\.toml: .*{key}"):
        voice(tmp_path, toml)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"none\.toml: No such file"):
        Voice.load(Settings(voice=tmp_path / "none.toml"))


def test_an_unknown_message_or_a_missing_value_is_an_error(tmp_path: Path) -> None:
    speaker = voice(tmp_path, "[messages]\ndeny = ['{ $shop }']")
    with pytest.raises(VoiceError, match="nonsense"):
        speaker.say("nonsense")
