"""Which desk the settings name."""

from bot.desk.answer_link import AnswerLinks
from bot.desk.chatwoot import ChatwootAccount, ChatwootDesk
from bot.desk.email import EmailDesk
from bot.desk.port import Desk, DeskRefusedError
from bot.desk.signing import SigningKeyError, signing_key
from bot.desk.webhook import WebhookDesk
from bot.mail import Mailer, MailError
from bot.secret_key import read_or_create
from bot.settings import Settings


def make_desk(settings: Settings) -> Desk | None:
    """None where the shop has no desk: then nothing is handed over.

    Raises:
        DeskRefusedError: a setting that the engine needs is missing or wrong.
    """
    if settings.desk == "chatwoot":
        return ChatwootDesk(_account(settings))
    if settings.desk == "email":
        try:
            return EmailDesk(Mailer.of(settings), settings.desk_address, answer_links(settings))
        except MailError as error:
            raise DeskRefusedError(str(error)) from error
    if settings.desk == "webhook":
        _required(settings.desk_url, "AISLE_DESK_URL")
        try:
            key = signing_key(settings.desk_secret.get_secret_value())
        except SigningKeyError as error:
            raise DeskRefusedError(f"AISLE_DESK_SECRET: {error}") from error
        return WebhookDesk(settings.desk_url, key)
    return None


def answer_links(settings: Settings) -> AnswerLinks | None:
    """None where the desk's people can't reach the service."""
    if settings.desk != "email" or not settings.desk_public_url:
        return None
    key = read_or_create(settings.data_dir / "secrets" / "desk.key")
    return AnswerLinks(settings.desk_public_url, key)


def _account(settings: Settings) -> ChatwootAccount:
    return ChatwootAccount(
        url=_required(settings.desk_url, "AISLE_DESK_URL"),
        account=settings.desk_account,
        inbox=_required(settings.desk_inbox, "AISLE_DESK_INBOX"),
        token=_required(settings.desk_token.get_secret_value(), "AISLE_DESK_TOKEN"),
        secret=_required(settings.desk_secret.get_secret_value(), "AISLE_DESK_SECRET"),
    )


def _required(value: str, name: str) -> str:
    if not value:
        raise DeskRefusedError(f"{name} is missing; docs/hand-off.md says what it is.")
    return value
