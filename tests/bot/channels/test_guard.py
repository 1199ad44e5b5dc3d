import unicodedata

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.channels import guard

# Where Unicode keeps its white space, its format characters and its invisible letters.
CODE_POINTS = (
    *range(0x10000),
    *range(0x1BC00, 0x1BD00),
    *range(0x1D100, 0x1D200),
    *range(0xE0000, 0xE0200),
)
FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    "text",
    [
        "I need running shoes under $100",
        "我想买一双红色的跑鞋",
        f"shoes for us {FAMILY} ❤\ufe0f",
        "<script>alert(1)</script>",
        "'; DROP TABLE products; --",
        "shoes between $100 and $20",
        "and/or 1/2 price",
        "line one\nline two",
        "می\u200cخواهم",
    ],
)
def test_customers_words_pass_unchanged(text: str) -> None:
    assert guard.inspect(text) == guard.Verdict(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  red \t shoes\u00a0please \r\n", "red shoes please"),
        ("a\r\n\r\n\u2028b", "a\nb"),
        ("red\x00 sh\x1boes\x7f", "red shoes"),
        ("re\u200bd sho\ufeffes \u202egab", "red shoes gab"),
        ("\ufe0fshoes \u200d", "shoes"),
        ("shoes \ud83d", "shoes"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, clean: str) -> None:
    assert guard.inspect(text) == guard.Verdict(clean)


@pytest.mark.parametrize("apostrophe", "\u2018\u2019\u02bc\uff07'")
def test_apostrophes_are_plain(apostrophe: str) -> None:
    assert guard.inspect(f"don{apostrophe}t cancel it") == guard.Verdict("don't cancel it")


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t\u00a0", "\u200b\u200d\ufeff", "\u3164\u2800", "\x00"]
)
def test_an_empty_message_is_answered(text: str) -> None:
    assert guard.inspect(text) == guard.Verdict("", guard.EMPTY)


def test_the_longest_message() -> None:
    assert guard.inspect("x" * 1000).refusal is None
    assert guard.inspect("e\u0301" * 1000).refusal is None  # counted after normalisation
    assert guard.inspect("x" * 1001).refusal == guard.TOO_LONG


@pytest.mark.parametrize("letter", ["x", "鞋", "👟"])
def test_a_long_message_is_shortened_for_the_other_tabs(letter: str) -> None:
    verdict = guard.inspect(letter * 10_000)
    assert verdict.refusal == guard.TOO_LONG
    assert len(verdict.text) == 1000


@pytest.mark.parametrize(
    "text",
    [
        '/order_status{"email": "victim@shop.example"}',
        "/restart",
        "/",
        "//",
        "  \n/greet",
        "\u200b/greet",
        "\ufeff \u00a0\u2060/greet",
        "\u200d\ufe0f/greet",
        "\u3164 /greet",
        "\u202e/greet",
        "\x00/greet",
        "\ud800/greet",
        "\x1c/greet",
        "／greet",
        "/\u0338greet",
        "/" + "x" * 5000,
    ],
)
def test_a_command_is_refused(text: str) -> None:
    assert guard.inspect(text).refusal == guard.COMMAND


def test_no_character_hides_a_command_from_the_guard() -> None:
    """Whatever stands before the slash: what is let through is no command to Rasa."""
    for code_point in CODE_POINTS:
        verdict = guard.inspect(chr(code_point) + "/greet")
        if verdict.refusal is None:
            read_by_rasa = UserMessage(verdict.text).text.strip()
            assert not read_by_rasa.startswith(INTENT_MESSAGE_PREFIX), hex(code_point)


def test_no_format_or_control_character_survives_but_joiners() -> None:
    for code_point in CODE_POINTS:
        if unicodedata.category(chr(code_point)) in ("Cc", "Cf", "Cs"):
            text = guard.inspect(f"a{chr(code_point)}b").text
            assert text in ("ab", "a b", "a\nb") or chr(code_point) in "\u200c\u200d"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("hello",),
        (None,),
        (["m1", "hello"],),
        ({"id": "m1", "text": "hello"}, "more"),
        ({"text": "hello"},),
        ({"id": "m1"},),
        ({"id": 1, "text": "hello"},),
        ({"id": "", "text": "hello"},),
        ({"id": "x" * 65, "text": "hello"},),
        ({"id": "a b", "text": "hello"},),
        ({"id": "m1\n", "text": "hello"},),
        ({"id": "m1", "text": 7},),
        ({"id": "m1", "text": None},),
        ({"id": "m1", "text": ["/greet"]},),
        ({"id": "m1", "text": b"hello"},),
    ],
)
def test_a_malformed_event_is_named(arguments: tuple[object, ...]) -> None:
    with pytest.raises(guard.MalformedEventError, match=r"\."):
        guard.read_event(arguments)


def test_only_id_and_text_are_read() -> None:
    event = {"id": "m-1_A", "text": "hello", "session_id": "another", "sender": "another"}
    assert guard.read_event((event,)) == guard.CustomerMessage("m-1_A", "hello")
