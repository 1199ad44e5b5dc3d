"""A mail server on loopback: IMAP with one mailbox, and SMTP that keeps what it is sent."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from imaplib import Time2Internaldate

from tests.bot.channels.messaging.driver import NOW
from tests.bot.channels.messaging.fake_platform import Asked, FakePlatform

Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter


@dataclass
class Kept:
    """A letter in the mailbox."""

    raw: bytes
    at: float = NOW
    seen: asyncio.Event = field(default_factory=asyncio.Event)


class FakeMail:
    """What is sent lands in `fake.asked`, whose answers of 400 and more are SMTP's 451 or 550."""

    imap_url: str
    smtp_url: str

    def __init__(self, fake: FakePlatform) -> None:
        self.fake = fake
        self.letters: list[Kept] = []
        self.password = "secret"
        self.logins = 0
        self.open: set[Writer] = set()

    async def imap(self, reader: Reader, writer: Writer) -> None:
        self.open.add(writer)
        writer.write(b"* OK IMAP4rev1\r\n")
        while line := (await reader.readline()).decode().strip():
            tag, _, command = line.partition(" ")
            verb = command.upper().removeprefix("UID ").split(" ")[0]
            status = "OK"
            if verb == "CAPABILITY":
                writer.write(b"* CAPABILITY IMAP4rev1\r\n")
            elif verb == "LOGIN":
                status = "OK" if self.password in command else "NO"
                self.logins += 1
            elif verb == "SELECT":
                writer.write(f"* {len(self.letters)} EXISTS\r\n".encode())
            elif verb == "SEARCH":
                unseen = [
                    str(n) for n, kept in enumerate(self.letters, 1) if not kept.seen.is_set()
                ]
                writer.write(f"* SEARCH {' '.join(unseen)}\r\n".encode())
            elif verb == "FETCH":
                for number in self._numbers(command):
                    kept = self.letters[number - 1]
                    raw, at = kept.raw[: self._length(command)], Time2Internaldate(kept.at)
                    found = f"UID {number} INTERNALDATE {at} BODY[]<0> {{{len(raw)}}}"
                    head = f"* {number} FETCH ({found}\r\n"
                    writer.write(head.encode() + raw + b")\r\n")
            elif verb == "STORE":
                for number in self._numbers(command):
                    self.letters[number - 1].seen.set()
            elif verb == "LOGOUT":
                writer.write(b"* BYE\r\n")
            writer.write(f"{tag} {status} {verb} completed\r\n".encode())
            await writer.drain()
            if verb == "LOGOUT":
                break
        writer.close()

    @staticmethod
    def _numbers(command: str) -> list[int]:
        found = re.search(r"(?:FETCH|STORE) ([\d,]+)", command)
        return [int(each) for each in found[1].split(",")] if found else []

    @staticmethod
    def _length(command: str) -> int:
        found = re.search(r"<0\.(\d+)>", command)
        assert found is not None
        return int(found[1])

    async def smtp(self, reader: Reader, writer: Writer) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                writer.write(b"354 go on\r\n")
                letter = (await reader.readuntil(b"\r\n.\r\n"))[:-5].replace(b"\r\n..", b"\r\n.")
                writer.write(self._kept(letter))
            elif verb == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 fine\r\n")
            await writer.drain()
        writer.close()

    def _kept(self, letter: bytes) -> bytes:
        asked = Asked("POST", "", {}, {}, letter)
        self.fake.tried.append(asked)
        if self.fake.answers and (told := self.fake.answers.popleft()).status >= 400:
            return b"451 later\r\n" if told.status != 400 else b"554 never\r\n"
        self.fake.asked.append(asked)
        return b"250 kept\r\n"


@asynccontextmanager
async def fake_mail(fake: FakePlatform) -> AsyncIterator[FakeMail]:
    mail = FakeMail(fake)
    imap = await asyncio.start_server(mail.imap, "127.0.0.1", 0)
    smtp = await asyncio.start_server(mail.smtp, "127.0.0.1", 0, limit=2**24)
    async with imap, smtp:
        mail.imap_url = f"imap://shop:secret@127.0.0.1:{imap.sockets[0].getsockname()[1]}"
        mail.smtp_url = f"smtp://127.0.0.1:{smtp.sockets[0].getsockname()[1]}"
        yield mail
        for writer in mail.open:
            writer.close()  # or a thread of ours would wait for its answer
