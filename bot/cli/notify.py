"""`aisle notify`: writes to the customers who asked for a notice."""

from typing import Annotated

import typer

from bot.cli.console import CommandError, print_json, stdout
from bot.cli.shop import open_database
from bot.mail import MailError, mail_of
from bot.notices import send_due
from bot.settings import Settings
from bot.voice.voice import Voice
from catalog.database import sessions


def notify(
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Send every notice whose time has come: back in stock, or cheaper. Each is sent once.

    Run it by cron after each import. One that can't be sent stays due, and is tried again.

    Example: AISLE_SMTP_URL=smtps://user:password@mail.example aisle notify
    """
    settings = Settings()
    engine = open_database(settings)
    try:
        mailer = mail_of(settings)
    except MailError as error:
        raise CommandError(str(error)) from error
    report = send_due(sessions(engine), mailer, Voice.load(settings), settings.service_url)
    if json:
        print_json({"sent": report.sent, "failed": report.failed, "waiting": report.waiting})
    else:
        stdout.print(f"Sent {report.sent}, failed {report.failed}, still waiting {report.waiting}.")
    if report.failed:
        raise CommandError(f"{report.failed} notices could not be sent: {report.reason}")
