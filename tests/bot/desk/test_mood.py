"""Whether a customer is upset."""

from pathlib import Path

import pytest

from bot.desk import mood
from bot.desk.mood import ENGLISH, Mood, MoodError, learn, open_mood, read_examples
from bot.evaluation.mood import measure_mood
from recommender.serving.encoder import Encoder
from recommender.serving.models import open_minilm


@pytest.fixture(scope="module")
def encoder(models: Path) -> Encoder:
    return open_minilm(models)


@pytest.fixture(scope="module")
def shipped(encoder: Encoder) -> Mood:
    return open_mood(encoder)


def test_angry_words_about_products_are_calm_and_anger_is_not(
    shipped: Mood, encoder: Encoder
) -> None:
    assert shipped.is_upset("this is the worst service ever, nobody answers me", encoder)
    assert shipped.is_upset("I'm furious, where is my money", encoder)
    assert not shipped.is_upset("killer boots for a badass look", encoder)
    assert not shipped.is_upset("my parcel is late, could you have a look please", encoder)
    assert not shipped.is_upset("  ", encoder)


def test_what_the_documentation_says_of_it(shipped: Mood, encoder: Encoder) -> None:
    examples = read_examples(ENGLISH / "mood_test.tsv")
    known = {each.text.lower() for each in read_examples(ENGLISH / "mood_train.tsv")}
    assert not known & {each.text.lower() for each in examples}, "learnt from"
    report = measure_mood(shipped, encoder, examples)
    assert report.messages >= 100 and report.upset * 2 == report.messages
    assert report.precision >= 0.9
    assert report.recall >= 0.7


def test_what_ships_is_what_the_examples_teach(shipped: Mood, encoder: Encoder) -> None:
    learnt = learn(read_examples(ENGLISH / "mood_train.tsv"), encoder)
    assert learnt.threshold == pytest.approx(shipped.threshold, abs=0.02)


def test_another_encoder_learns_anew(
    shipped: Mood, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "mood.json"
    other.write_text('{"fingerprint": "another"}')
    monkeypatch.setattr(mood, "WEIGHTS", other)
    assert open_mood(encoder).threshold == pytest.approx(shipped.threshold, abs=0.02)
    other.write_text("{")
    with pytest.raises(MoodError):
        open_mood(encoder)


@pytest.mark.parametrize("line", ["upset", "sad\thello", "upset\t ", ""])
def test_a_line_that_is_none_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "examples.tsv"
    path.write_text(f"calm\thello\n{line}\n")
    with pytest.raises(MoodError, match="line 2"):
        read_examples(path)
