"""What is read of a letter."""

import random
from email.message import EmailMessage

import pytest

from bot.channels.messaging.mail.letter import read_letter
from bot.channels.messaging.mail.quoting import own_words
from bot.channels.messaging.mail.threads import Threads
from bot.channels.messaging.mail.words import text_of_html, words_of
from bot.channels.messaging.webhook import Incoming

GMAIL = "On Fri, Jan 1, 2027 at 10:00 AM Fell Outdoors <help@fell.example> wrote:"
BROKEN = "On Fri, Jan 1, 2027 at 10:00 AM Fell Outdoors\n<help@fell.example>\nwrote:"
OUTLOOK = "From: Fell <help@fell.example>\nSent: Friday, 1 January 2027 10:00\nTo: Ann\n\nTwo:"
GERMAN = "Am Fr., 1. Jan. 2027 um 10:00 Uhr schrieb Fell <help@fell.example>:"
BOLD = "*Von:* Fell <help@fell.example>\n*Gesendet:* Freitag\n\nZwei:"


@pytest.mark.parametrize(
    "below",
    [
        f"{GMAIL}\n\n> Two:\n> 1. Shoe",
        f"{BROKEN}\n> Two:",
        f"{GERMAN}\n> Zwei:",
        OUTLOOK,
        f"________________________________\n{OUTLOOK}",
        f"________________________________\n\n{BOLD}",
        "-----Original Message-----\nFrom: Fell",
        "---------- Forwarded message ---------\nFrom: Fell",
        "Sent from my iPhone\n\nOn 1 Jan 2027, at 10:00, Fell wrote:\n> Two:",
        "Get Outlook for Android<https://aka.ms/x>",
        "-- \nAnn Doe\nCEO",
        "在 2027年1月1日,10:00,Fell <help@fell.example> 写道:\n> 两个",
    ],
)
def test_what_is_below_is_left_out(below: str) -> None:
    assert own_words(f"The second one.\n\nIn blue?\n\n{below}") == "The second one.\n\nIn blue?"


def test_answers_between_and_below_the_quote_are_kept() -> None:
    assert own_words(f"{GMAIL}\n> Which?\n\nThe red one.\n> Size?\n9") == "The red one.\n9"


@pytest.mark.parametrize(
    "said",
    [
        "On Monday I wrote: nothing came.",
        "To: my wife\nSubject: her birthday",
        "Shoes - the red ones -- in 9",
        "From here on:\nonly red ones",
    ],
)
def test_what_only_looks_like_a_quote_stays(said: str) -> None:
    assert own_words(said) == said


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>red<br>shoes</p><p>size&nbsp;9 &amp; 10</p>", "red\nshoes\n\nsize 9 & 10"),
        ("<html><head><title>x</title><style>p{}</style></head><body>red</body>", "red"),
        ("<head><meta><body>red<script>alert(1)</script>", "red"),
        ('red<div class="gmail_quote x"><div>On</div> wrote: <b>old</b></div>', "red"),
        ("red<blockquote>a<blockquote>b</blockquote>c</blockquote> shoes", "red shoes"),
        ("<div>red</div>\n<div>shoes</div>", "red\n\nshoes"),
        ("<!-- no --><p>red<p>", "red"),
        ("<![if !supportLists]><p>red <b>trail</b> shoes<![endif]>", "red trail shoes"),
        ("<p>red<![foo bar]]>shoes", "red"),
        ("", ""),
    ],
)
def test_html_is_read(page: str, words: str) -> None:
    assert text_of_html(page) == words


def test_the_plain_part_is_what_is_read() -> None:
    letter = EmailMessage()
    letter.set_content("plain")
    letter.add_alternative("<p>html</p>", subtype="html")
    assert words_of(letter) == "plain"


def test_an_unknown_character_set_is_read_as_far_as_it_goes() -> None:
    letter = EmailMessage()
    letter.set_content("red shoes")
    letter.set_param("charset", "x-nobodys")
    assert words_of(letter) == "red shoes"


def sample(**changes: str) -> EmailMessage:
    letter = EmailMessage()
    usual = {"From": '"Doe, Ann" <Ann@customers.example>', "Message-ID": "<1@customers.example>"}
    for name, value in (usual | changes).items():
        letter[name] = value
    letter.set_content("red shoes")
    return letter


def read(letter: EmailMessage | bytes) -> Incoming | None:
    raw = letter if isinstance(letter, bytes) else letter.as_bytes()
    return read_letter(raw, Threads("k" * 40, "fell.example"), "help@fell.example", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner-email=a@b.example"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("X-Autoreply", "yes"),
        ("Return-Path", "<>"),
        ("X-Failed-Recipients", "help@fell.example"),
        ("Precedence", "bulk"),
        ("List-Id", "Shoes <shoes.lists.example>"),
        ("List-Unsubscribe", "<mailto:off@lists.example>"),
        ("X-Spam-Flag", "YES"),
        ("From", "HELP@fell.example"),
        ("From", "MAILER-DAEMON@customers.example"),
        ("From", "no-reply@customers.example"),
        ("From", "a@customers.example, b@customers.example"),
        ("From", "undisclosed"),
    ],
)
def test_what_no_person_wrote_is_left_alone(name: str, value: str) -> None:
    assert read(sample(**{name: value})) is None


def test_a_bounce_is_left_alone() -> None:
    bounce = sample()
    bounce.make_mixed()
    bounce.set_type("multipart/report")
    assert read(bounce) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "no; by=hand"),
        ("X-Auto-Response-Suppress", "DR"),
        ("Precedence", "first"),
    ],
)
def test_what_only_looks_automatic_is_read(name: str, value: str) -> None:
    assert read(sample(**{name: value})) is not None


def test_an_answer_goes_to_the_sender_whatever_reply_to_says() -> None:
    found = read(sample(**{"Reply-To": "thief@elsewhere.example"}))
    assert found is not None and found.address["to"] == "ann@customers.example"


def test_a_subject_begins_no_header() -> None:
    raw = b"Subject: =?utf-8?q?Shoes=0D=0ABcc=3A_all=40x.example?=\r\n" + sample().as_bytes()
    found = read(raw)
    assert found is not None and found.address["subject"] == "Shoes Bcc: all@x.example"


def test_no_letter_breaks_the_reader() -> None:
    good = sample(Subject="Größe 9")
    good.add_alternative("<p>red shoes</p>", subtype="html")
    raw = good.as_bytes()
    found = read(raw)
    assert found is not None and found.text == "red shoes"
    dice = random.Random(7)  # noqa: S311
    for _ in range(300):
        broken = bytearray(raw)
        for _ in range(dice.randint(1, 20)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        read(bytes(broken[: dice.randrange(len(broken))]))
