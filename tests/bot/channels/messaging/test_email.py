"""E-mail, against a mail server on loopback."""

import asyncio
import re
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.channels import guard
from bot.channels.messaging.backoff import ATTEMPTS
from bot.channels.messaging.check import findings
from bot.channels.messaging.input import MessagingInput
from bot.channels.messaging.mail.channel import Email
from bot.channels.messaging.mail.letter import read_letter
from bot.channels.messaging.mail.quoting import own_words
from bot.channels.messaging.mail.threads import Threads
from tests.bot.channels.messaging.contract import ChannelContract, offers
from tests.bot.channels.messaging.driver import NOW, Driver, Posted, Tap
from tests.bot.channels.messaging.fake_mail import FakeMail, Kept, fake_mail
from tests.bot.channels.messaging.fake_platform import Asked, FakePlatform, Told, fake_platform
from tests.bot.channels.messaging.shop import Shop

asynchronous = pytest.mark.asyncio
OURS = "shop@shop.example"
THREADS = Threads("k" * 40, "shop.example")


def letter(text: str = "red shoes", **headers: Any) -> bytes:
    """A letter as a mail program writes it; None takes a header away."""
    message = EmailMessage()
    usual = {
        "From": "Ann <Ann@example.com>",
        "To": OURS,
        "Subject": "Shoes",
        "Message-ID": "<1@example.com>",
    }
    for name, value in {**usual, **headers}.items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


class EmailDriver(Driver):
    has_taps = False
    busy = Told(503)
    mail: FakeMail

    def __init__(self, fake: FakePlatform, mail: FakeMail) -> None:
        self.mail = mail
        super().__init__(fake)
        self.threads: dict[str, EmailMessage] = {}

    def make(self, url: str) -> Email:
        named = f"Fell <{OURS.title()}>"
        return Email(self.mail.imap_url, self.mail.smtp_url, named, poll_seconds="0.02")

    def channel(self, data_dir: Path, **options: Any) -> MessagingInput:
        return MessagingInput([], data_dir, email=self.platform, **options)

    async def post(self, url: str, posted: Posted) -> tuple[int, str]:
        kept = Kept(posted.body, float(posted.headers.get("at", NOW)))
        self.mail.letters.append(kept)
        await asyncio.wait_for(kept.seen.wait(), 5)
        return 200, ""

    def message(self, text: str, id: str = "1", user: str = "4917", at: float = NOW) -> Posted:
        """A customer answers the latest letter that they got."""
        sender = f"{user}@example.com"
        got = [
            message for asked in self.fake.asked if (message := self.read(asked))["To"] == sender
        ]
        answers = str(got[-1]["Message-ID"]) if got else None
        headers: dict[str, Any] = {"From": sender, "Message-ID": f"<{id}@x>"}
        headers["In-Reply-To"] = answers
        return Posted(letter(text, **headers), {"at": str(at)})

    def sticker(self, id: str = "3") -> Posted:
        return Posted(letter("", **{"Message-ID": f"<{id}@x>", "Subject": ""}))

    def others(self) -> list[Posted]:
        nameless: dict[str, Any] = {"Message-ID": None}
        return [
            Posted(letter(**{"Auto-Submitted": "auto-replied"})),
            Posted(letter(**{"Precedence": "bulk"})),
            Posted(letter(**{"List-Id": "<news.example.com>"})),
            Posted(letter(**{"Return-Path": "<>"})),
            Posted(letter(**{"From": OURS})),
            Posted(letter(**{"From": "nobody"})),
            Posted(letter(**nameless)),
            Posted(b"\xff\xfe not a letter"),
            Posted(letter(**{"From": "MAILER-DAEMON@example.com"})),
            Posted(b"From: \xff@\xff\r\nMessage-ID: <1@x>\r\nContent-Type: ;;;\r\n\r\nx"),
        ]

    def read(self, asked: Asked) -> EmailMessage:
        found = message_from_bytes(asked.body, policy=default)
        assert isinstance(found, EmailMessage)
        return found

    def texts(self, asked: Asked) -> list[str]:
        body = self.read(asked).get_body(("plain",))
        assert body is not None
        return [body.get_content().strip()]

    def taps(self, asked: Asked) -> list[Tap]:
        return []

    def pictures(self, asked: Asked) -> list[str]:
        body = self.read(asked).get_body(("html",))
        assert body is not None
        return re.findall(r'<a href="([^"]+)">Picture</a>', body.get_content())

    def is_rich(self, asked: Asked) -> bool:
        return False

    def recipient(self, asked: Asked) -> str:
        return str(self.read(asked)["To"]).removesuffix("@example.com")

    def check(self, asked: Asked) -> None:
        message = self.read(asked)
        assert message["From"] == f"Fell <{OURS.title()}>"
        assert message["Message-ID"].endswith("@shop.example>")
        assert message["In-Reply-To"] in message["References"]


class TestEmail(ChannelContract):
    driver_type = EmailDriver
    pytestmark = asynchronous

    @pytest_asyncio.fixture
    async def driver(self) -> AsyncIterator[Driver]:
        async with fake_platform() as fake, fake_mail(fake) as mail:
            yield EmailDriver(fake, mail)

    async def test_turns_of_one_customer_keep_their_order(self, shop: Shop) -> None:
        """In one thread, which only our first answer makes one."""
        await shop.say("hello", "first")
        for number in range(5):
            await shop.post(shop.driver.message(f"shoe {number}", str(number)))
        await shop.until_idle()
        assert shop.texts[1:] == [f"You said: shoe {number}" for number in range(5)]

    async def test_a_request_without_a_signature_is_refused(self, shop: Shop) -> None:
        """There is none: `Authentication-Results` are tried below."""

    async def test_a_request_with_another_signature_is_refused(self, shop: Shop) -> None:
        """As above."""

    async def test_a_busy_platform_is_asked_again_when_it_says(self, shop: Shop) -> None:
        """SMTP names no time."""
        shop.driver.fake.answers.extend([Told(503), Told(503)])
        await shop.say("red shoes")
        assert shop.texts == ["You said: red shoes"] and len(shop.pauses) == 2

    async def test_it_knows_whose_its_keys_are(self, shop: Shop) -> None:
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        keys = {
            "AISLE_EMAIL_IMAP_URL": driver.mail.imap_url,
            "AISLE_EMAIL_SMTP_URL": driver.mail.smtp_url,
            "AISLE_EMAIL_ADDRESS": OURS,
        }
        [found] = await asyncio.to_thread(asyncio.run, findings(keys))
        assert found["level"] == "warning" and "AISLE_EMAIL_AUTHSERV" in found["do"]
        nowhere = {"AISLE_EMAIL_SMTP_URL": "smtp://127.0.0.1:1"}
        driver.mail.password = "another"
        [found] = await asyncio.to_thread(asyncio.run, findings(keys))
        assert found["level"] == "error"
        driver.mail.password = "secret"
        [found] = await asyncio.to_thread(asyncio.run, findings({**keys, **nowhere}))
        assert found["level"] == "error"

    async def test_what_the_server_refuses_is_not_sent_again(self, shop: Shop) -> None:
        shop.driver.fake.answers.append(Told(400))
        await shop.say("red shoes")
        assert shop.texts == [] and shop.pauses == []
        assert ATTEMPTS > 1

    async def test_a_long_answer_comes_in_pieces(self, shop: Shop) -> None:
        """A letter is one, however long."""
        words = "All about shoes. " * 5_000
        await self._shows(shop, {"text": words})
        assert len(shop.sent) == 1
        assert shop.seen.count("All about shoes") == 5_000

    async def test_an_answer_continues_and_a_new_letter_begins(self, shop: Shop) -> None:
        await shop.say("red shoes", "1")
        await shop.say("cheaper ones", "2")
        new = letter("boots", **{"From": "4917@example.com", "Message-ID": "<3@x>"})
        await shop.take(Posted(new))
        assert len(shop.agent.tracker_store.store) == 2
        assert shop.agent.heard == ["red shoes", "cheaper ones", "boots"]

    async def test_nobody_gets_into_anothers_thread(self, shop: Shop) -> None:
        await shop.say("red shoes", "1")
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        ours = str(driver.read(shop.sent[0])["Message-ID"])
        for sender, id in (("eve@example.com", ours), ("4917@example.com", ours[:-30] + "x" * 30)):
            forged = {"From": sender, "Message-ID": f"<{sender}>", "References": id}
            await shop.take(Posted(letter("what did I say?", **forged)))
        assert len(shop.agent.tracker_store.store) == 3

    async def test_the_answer_stands_in_the_thread(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Two:", "custom": {"products": offers(2)}})
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        answer = driver.read(shop.sent[0])
        assert answer["Subject"] == "Re: Shoes"
        assert answer["In-Reply-To"] == "<first@x>"

    async def test_a_letter_that_breaks_the_parser_stops_no_other(self, shop: Shop) -> None:
        broken = letter().replace(b"text/plain", b"text/html").replace(b"red", b"<![foo]]> red")
        for raw in (broken, b"", b"\x00\xff" * 500, b"From: <\r\n\r\n"):
            await shop.post(Posted(raw))
        await shop.say("red shoes", "2")
        assert "You said: red shoes" in shop.texts

    async def test_an_answer_without_words_does_not_say_its_subject(self, shop: Shop) -> None:
        await shop.say("red shoes")
        await shop.say("> Hello", "2")
        assert shop.agent.heard == ["red shoes"] and shop.texts[1:] == [guard.EMPTY]

    async def test_machines_are_told_not_to_answer_and_people_not(self, shop: Shop) -> None:
        await shop.say("a person please")
        assert await shop.deliver("I'm here.") == 204
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        ours, mias = (driver.read(asked) for asked in shop.sent)
        assert ours["Auto-Submitted"] == "auto-replied"
        assert ours["X-Auto-Response-Suppress"] == "All"
        assert (mias["Auto-Submitted"], mias["X-Auto-Response-Suppress"]) == (None, None)

    async def test_a_machine_that_does_not_say_so_is_answered_no_further(self, shop: Shop) -> None:
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        kept = [Kept(letter("Got it!", **{"Message-ID": f"<{n}@x>"})) for n in range(35)]
        driver.mail.letters.extend(kept)
        await asyncio.wait_for(kept[-1].seen.wait(), 5)
        await shop.until_idle()
        assert len(shop.sent) == 30

    async def test_of_a_huge_letter_the_words_are_read(self, shop: Shop) -> None:
        huge = EmailMessage()
        huge["From"], huge["Message-ID"] = "ann@example.com", "<1@x>"
        huge.set_content("do you have these?")
        huge.add_attachment(b"x" * 2**21, maintype="image", subtype="jpeg")
        await shop.take(Posted(huge.as_bytes()))
        assert shop.agent.heard == ["do you have these?"]

    async def test_what_html_could_do_is_escaped(self, shop: Shop) -> None:
        await shop.say("<img src=x onerror=alert(1)>")
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        page = driver.read(shop.sent[0]).get_body(("html",))
        assert page is not None and "<img" not in page.get_content()

    async def test_a_mailbox_that_is_away_is_looked_into_later(self, shop: Shop) -> None:
        driver = shop.driver
        assert isinstance(driver, EmailDriver)
        driver.mail.password = "another"
        driver.mail.letters.append(kept := Kept(driver.message("red shoes").body))
        await asyncio.sleep(0.1)
        assert not kept.seen.is_set()
        driver.mail.password = "secret"
        await asyncio.wait_for(kept.seen.wait(), 5)
        await shop.until_idle()
        assert shop.texts == ["You said: red shoes"]


@pytest.mark.parametrize(
    ("result", "is_believed"),
    [
        (None, False),
        ("mx.shop.example; dmarc=pass header.from=example.com", True),
        ("mx.shop.example 1; spf=fail; dkim=pass header.d=example.com", True),
        ("mx.shop.example; dkim=pass header.i=@example.com header.s=a", True),
        ("mx.shop.example; dmarc=fail header.from=example.com", False),
        ("mx.shop.example; dkim=pass header.d=evil.example", False),
        ("mx.shop.example; dkim=pass header.d=example.com.evil.example", False),
        ("mx.evil.example; dmarc=pass header.from=example.com", False),
    ],
)
def test_whom_our_mail_server_believes(result: str | None, is_believed: bool) -> None:
    headers: dict[str, Any] = {"Authentication-Results": result}
    raw = letter(**headers)
    read = read_letter(raw, THREADS, OURS, "mx.shop.example")
    assert (read is not None) == is_believed


def test_a_result_that_came_with_the_letter_does_not_count() -> None:
    good = b"Authentication-Results: mx.shop.example; dmarc=pass header.from=example.com\n"
    bad = b"Authentication-Results: mx.shop.example; dmarc=fail header.from=example.com\n"
    assert read_letter(bad + good + letter(), THREADS, OURS, "mx.shop.example") is None
    assert read_letter(good + bad + letter(), THREADS, OURS, "mx.shop.example") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("red shoes", "red shoes"),
        ("2\n\nOn Mon, 5 Jan 2026 at 10:00, Shop <s@x> wrote:\n> 1. Red\n> 2. Blue", "2"),
        ("red\n> quoted\nplease", "red\nplease"),
        ("red\r\n-- \r\nAnn\r\nSales", "red"),
        ("red\n-----Original Message-----\nFrom: x", "red"),
        ("red\n________________________________\nFrom: Shop", "red"),
        ("what goes on top? it was on sale", "what goes on top? it was on sale"),
        ("", ""),
    ],
)
def test_what_is_new_in_a_letter(text: str, said: str) -> None:
    assert own_words(text) == said


def test_a_page_is_read_without_what_it_quotes() -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "ann@example.com", "<1@x>"
    page = "<style>p{}</style><p>red &amp; blue</p><blockquote><p>old</p></blockquote>"
    message.set_content(page, subtype="html")
    read = read_letter(message.as_bytes(), THREADS, OURS, "")
    assert read is not None and read.text == "red & blue"


def test_without_words_the_subject_speaks() -> None:
    read = read_letter(letter("", Subject="Do you have red shoes?"), THREADS, OURS, "")
    assert read is not None and read.text == "Do you have red shoes?"
