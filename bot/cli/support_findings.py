"""What `aisle validate` says of mail, orders, tokens of the shop's site, and the desk."""

from collections.abc import Callable, Iterator

from sqlalchemy import Engine, select

from bot import mailbox
from bot.actions.orders.return_words import returns_page
from bot.cli.finding import Finding
from bot.desk.engines import make_desk
from bot.desk.port import DeskError
from bot.identity.errors import KeysError
from bot.identity.keys import KeySet
from bot.mail import Mailer, MailError
from bot.orders.configured import make_backend
from bot.orders.errors import OrdersNotConfiguredError
from bot.settings import Settings
from catalog.database import sessions
from catalog.models import Customer


def support_findings(settings: Settings, engine: Engine) -> Iterator[Finding]:
    yield _mail(settings, engine)
    yield _made(
        "Orders",
        f"kept by {settings.orders}",
        lambda: make_backend(settings, sessions(engine)).close(),
    )
    if settings.orders == "database":  # Shopify's people send a label for each
        yield _returns(settings, engine)
    keys = "tokens of the shop's site are " + (
        "checked" if settings.shop_token_secret or settings.shop_token_keys else "not used"
    )
    yield _made("Identity", keys, lambda: KeySet.of(settings))
    yield _made("Desk", f"handed over to {settings.desk}", lambda: make_desk(settings))


def _mail(settings: Settings, engine: Engine) -> Finding:
    if settings.smtp_url:
        return _made("Mail", "goes to a mail server", lambda: Mailer.of(settings))
    with sessions(engine)() as session:
        addresses = session.scalars(select(Customer.email)).all()
    readers = sum(not mailbox.is_nobodys(each) for each in addresses)
    if not readers:
        return Finding("Mail", "ok", "stays in the demo's mailbox")
    return Finding(
        "Mail",
        "warning",
        f"{readers:,} customers can be sent neither codes nor notices",
        "Set AISLE_SMTP_URL, smtps://user:password@host.",
    )


def _returns(settings: Settings, engine: Engine) -> Finding:
    with sessions(engine)() as session:
        page = returns_page(session)
    if settings.return_address or settings.return_label_url:
        return Finding("Returns", "ok", f"within {settings.return_days} days")
    if page is not None:
        return Finding("Returns", "ok", f"where they go is left to the page “{page.title}”")
    return Finding(
        "Returns",
        "warning",
        "who starts one is told neither where to send it nor where to print a label",
        "Set AISLE_RETURN_ADDRESS or AISLE_RETURN_LABEL_URL.",
    )


def _made(check: str, detail: str, make: Callable[[], object]) -> Finding:
    try:
        make()
    except (DeskError, KeysError, MailError, OrdersNotConfiguredError) as error:
        return Finding(check, "error", str(error), "Mend that setting; docs/ says how.")
    return Finding(check, "ok", detail)
