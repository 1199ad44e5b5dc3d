"""All the ways to prove who one is, made once by the service."""

import hmac
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session, sessionmaker

from bot import audit
from bot.identity.channel_links import ChannelLinks
from bot.identity.code_mail import CodeMail
from bot.identity.codes import CustomerOf, OneTimeCodes
from bot.identity.errors import TokenRefusedError
from bot.identity.identities import Identities
from bot.identity.identity import Method, VerifiedIdentity
from bot.identity.shop_token import ShopTokens
from bot.mail import Mail, MailError, mail_of
from bot.secret_key import read_or_create
from bot.settings import Settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proofs:
    tokens: ShopTokens
    codes: OneTimeCodes
    identities: Identities
    links: ChannelLinks
    mail: CodeMail
    key: str = field(repr=False)

    @classmethod
    def of(
        cls, settings: Settings, sessions: sessionmaker[Session], customer_of: CustomerOf
    ) -> "Proofs":
        """
        Args:
            customer_of: whom a code about an order may be sent to.

        Raises:
            KeysError: a key in the settings can't be used.
        """
        key = read_or_create(settings.data_dir / "secrets" / "identity.key")
        identities = Identities(sessions, timedelta(minutes=settings.identity_minutes))
        mail = CodeMail(_mailer(settings))
        return cls(
            tokens=ShopTokens.of(settings),
            codes=OneTimeCodes(sessions, identities, mail, customer_of, key),
            identities=identities,
            links=ChannelLinks(sessions),
            mail=mail,
            key=key,
        )

    def identify(
        self, conversation_id: str, device_id: str, token: str, now: datetime
    ) -> VerifiedIdentity:
        """Believes a token of the shop's site, for this conversation and device.

        Raises:
            TokenRefusedError: it proves nothing. Who was known here before is known no more: the
                site may have logged them out.
        """
        try:
            who = self.tokens.verify_shop_token(token, conversation_id, now)
        except TokenRefusedError as error:
            self.identities.revoke(conversation_id, device_id, now)
            audit.refused("a token of the shop's site", error.refusal, conversation_id)
            raise
        return self.identities.remember(conversation_id, device_id, who, Method.SHOP_TOKEN, now)

    def pseudonym(self, who: VerifiedIdentity) -> str:
        """The same for one customer everywhere, and nothing that tells who it is."""
        return hmac.new(self.key.encode(), who.email.encode(), sha256).hexdigest()[:32]


def _mailer(settings: Settings) -> Mail | None:
    try:
        return mail_of(settings)
    except MailError as error:
        logger.error("One-time codes can't be sent: %s", error)
        return None
