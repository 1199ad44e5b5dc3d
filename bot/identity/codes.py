"""One-time codes, sent to the address of orders: who reads the mail there is their customer.

Whether order and address exist, and belong together, shows in no answer and not in how long it
takes: a code is made either way, and only whether a letter goes out, later, differs.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot import audit
from bot.identity.attempts import Attempts, Limit
from bot.identity.code_mail import CodeMail
from bot.identity.errors import CodeRefusedError, Refusal, TooManyAttemptsError
from bot.identity.identities import Identities
from bot.identity.identity import Identity, Method, VerifiedIdentity
from catalog.models import OneTimeCode
from catalog.orders import order_key

DIGITS = 6
LIFE = timedelta(minutes=10)
MINUTES = LIFE // timedelta(minutes=1)
MOST_TRIES = 5
"""Of one code, the right one included."""

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
REQUESTS = Limit("request/conversation", 6, _HOUR)
REQUESTS_OF_PAIR = Limit("request/pair", 6, _HOUR)
"""Of an order and an address as they were typed, whether they belong together or not."""
LETTERS = Limit("letter/address", 6, _HOUR)
"""To one mailbox; what names an order and is wrong counts against nobody's."""
REQUESTS_IN_TOTAL = Limit("request", 60, _MINUTE)
TRIES = Limit("try/conversation", 10, _HOUR)
TRIES_OF_PAIR = Limit("try/pair", 15, _HOUR)
TRIES_OF_ADDRESS = Limit("try/address", 15, _HOUR)
TRIES_IN_TOTAL = Limit("try", 120, _MINUTE)


CustomerOf = Callable[[str, str], Identity | None]
"""Who ordered the order of this number (first), if it was under this e-mail address (second); where
no number is given, whoever has any order under the address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a code was asked for: the only place where it counts."""

    conversation_id: str
    device_id: str


class OneTimeCodes:
    """Makes, sends and checks codes. Thread-safe, and safe beside other workers."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        identities: Identities,
        mail: CodeMail,
        customer_of: CustomerOf,
        key: str,
    ) -> None:
        self._sessions = sessions
        self._identities = identities
        self._mail = mail
        self._customer_of = customer_of
        self._key = key.encode()
        self._attempts = Attempts(sessions)

    def request(
        self, asked: Asked, order_number: str, email: str, now: datetime, *, anew: bool = True
    ) -> None:
        """Sends a code to the address if it has that order, or any where none is named. Says
        nothing else.

        A code that was asked for here before counts no more.

        Args:
            anew: False leaves it at a code that is on its way to this address, if there is one.

        Raises:
            TooManyAttemptsError: in this conversation, for this order and address, or in all.
            CodesUnavailableError: no letter can be sent at the moment, to nobody.
        """
        self._mail.check()
        pair = self._pair(order_number, email)
        limited = [
            (REQUESTS, asked.conversation_id),
            (REQUESTS_OF_PAIR, pair),
            (REQUESTS_IN_TOTAL, ""),
        ]
        self._count(limited, asked, "a one-time code", now)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        customer = self._customer_of(order_number, email)
        with self._sessions.begin() as session:
            session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at <= now))
            known = _latest(session, asked)
            is_theirs = known is not None and known.email == _written(email)
            if not anew and known is not None and is_theirs and _counts(known, now):
                known.address_hash = pair
                return
            session.execute(delete(OneTimeCode).where(*_here(asked)))
            session.add(
                OneTimeCode(
                    conversation_id=asked.conversation_id,
                    device_id=asked.device_id,
                    code_hash=self._code_hash(asked, code),
                    address_hash=pair,
                    email=None if customer is None else customer.email,
                    customer_id=None if customer is None else customer.customer_id,
                    expires_at=now + LIFE,
                )
            )
        mailbox = self._mailbox(pair, None if customer is None else customer.email)
        has_room = self._counted([(LETTERS, mailbox)], asked, "a letter with a code", now)
        # That there is no room is said to nobody: it would tell that both belong together.
        if customer is not None and has_room:
            self._mail.send(customer.email, code, MINUTES)

    def awaits(self, asked: Asked, order_number: str, email: str, now: datetime) -> bool:
        """Whether a code that was asked for here still counts, and for these details if given."""
        with self._sessions() as session:
            found = _latest(session, asked)
        if found is None or not _counts(found, now):
            return False
        return not email or found.address_hash == self._pair(order_number, email)

    def may_ask(self, asked: Asked, order_number: str, email: str, now: datetime) -> bool:
        """Whether another code can be asked for, and tried."""
        pair = self._pair(order_number, email)
        limited = [
            (REQUESTS, asked.conversation_id),
            (REQUESTS_OF_PAIR, pair),
            (TRIES, asked.conversation_id),
            (TRIES_OF_PAIR, pair),
        ]
        return self._attempts.left(limited, now) > 0

    def check(self, asked: Asked, code: str, now: datetime) -> VerifiedIdentity:
        """The identity that the code proves; it is remembered, and the code is used up.

        Raises:
            CodeRefusedError: it is wrong, or expired, or used, or there was none.
            TooManyAttemptsError: too many were wrong, of this code or in this conversation, for its
                order and address or in all.
        """
        with self._sessions() as session:
            found = _latest(session, asked)
        limited = [(TRIES, asked.conversation_id), (TRIES_IN_TOTAL, "")]
        if found is not None:
            limited.append((TRIES_OF_PAIR, found.address_hash))
        self._count(limited, asked, "a try of a code", now)
        if found is None:
            raise self._refused(asked, Refusal.WRONG_CODE)
        left = self._take_try(found, asked, now)
        mailbox = self._mailbox(found.address_hash, found.email)
        # As a wrong one, or it would tell that the address has this order.
        is_guessed = not self._counted([(TRIES_OF_ADDRESS, mailbox)], asked, "a try of a code", now)
        digits = "".join(each for each in code if each.isdecimal())
        right = hmac.compare_digest(self._code_hash(asked, digits), found.code_hash)
        if not right or found.email is None or is_guessed:
            raise self._refused(asked, Refusal.WRONG_CODE, left)
        self._use_up(found, asked, now)
        who = Identity(found.customer_id, found.email)
        return self._identities.remember(
            asked.conversation_id, asked.device_id, who, Method.CODE, now
        )

    def _take_try(self, found: OneTimeCode, asked: Asked, now: datetime) -> int:
        """How many are left. Counts in one statement, before the code is compared: of two at once,
        both count."""
        with self._sessions.begin() as session:
            taken: int | None = session.scalar(
                update(OneTimeCode)
                .where(OneTimeCode.id == found.id, OneTimeCode.tries < MOST_TRIES)
                .values(tries=OneTimeCode.tries + 1)
                .returning(OneTimeCode.tries)
            )
        if found.expires_at <= now:
            raise self._refused(asked, Refusal.EXPIRED)
        if taken is None:
            audit.refused("a one-time code", Refusal.TOO_MANY, asked.conversation_id)
            raise TooManyAttemptsError
        return MOST_TRIES - taken

    def _use_up(self, found: OneTimeCode, asked: Asked, now: datetime) -> None:
        with self._sessions.begin() as session:
            used = session.scalar(
                update(OneTimeCode)
                .where(OneTimeCode.id == found.id, OneTimeCode.used_at.is_(None))
                .values(used_at=now)
                .returning(OneTimeCode.id)
            )
        if used is None:
            raise self._refused(asked, Refusal.USED)

    def _count(
        self, limited: list[tuple[Limit, str]], asked: Asked, what: str, now: datetime
    ) -> None:
        try:
            self._attempts.count(limited, now)
        except TooManyAttemptsError:
            audit.refused(what, Refusal.TOO_MANY, asked.conversation_id)
            raise

    def _counted(
        self, limited: list[tuple[Limit, str]], asked: Asked, what: str, now: datetime
    ) -> bool:
        """As `_count`; False where that raises, for what must not show."""
        try:
            self._count(limited, asked, what, now)
        except TooManyAttemptsError:
            return False
        return True

    @staticmethod
    def _refused(asked: Asked, refusal: Refusal, left: int = 0) -> CodeRefusedError:
        audit.refused("a one-time code", refusal, asked.conversation_id)
        return CodeRefusedError(refusal, left)

    def _pair(self, order_number: str, email: str) -> str:
        """Under which an order and an address are counted, however they are written."""
        return self._hash("pair", order_key(order_number), _written(email))

    def _mailbox(self, pair: str, email: str | None) -> str:
        """Under which what concerns a mailbox is counted, apart from others' guesses: from those
        that are wrong, and from those who know nothing but the address."""
        knows_an_order = email is not None and pair != self._pair("", email)
        return self._hash("address", email or "") if knows_an_order else pair

    def _code_hash(self, asked: Asked, code: str) -> str:
        return self._hash("code", asked.conversation_id, asked.device_id, code)

    def _hash(self, *parts: str) -> str:
        return hmac.new(
            self._key, "\0".join(parts).encode(errors="surrogatepass"), sha256
        ).hexdigest()


def _written(email: str) -> str:
    """One spelling of an address."""
    return "".join(email.split()).lower()


def _counts(code: OneTimeCode, now: datetime) -> bool:
    return code.used_at is None and code.tries < MOST_TRIES and code.expires_at > now


def _latest(session: Session, asked: Asked) -> OneTimeCode | None:
    """The code that counts there, if any does."""
    latest = select(OneTimeCode).where(*_here(asked)).order_by(OneTimeCode.id.desc())
    return session.scalars(latest).first()


def _here(asked: Asked) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        OneTimeCode.conversation_id == asked.conversation_id,
        OneTimeCode.device_id == asked.device_id,
    )
