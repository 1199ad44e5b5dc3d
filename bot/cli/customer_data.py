"""`aisle export-customer`, `aisle erase-customer` and `aisle prune`: what is kept of customers."""

import os
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import CommandError, print_json, stdout
from bot.cli.shop import open_database
from bot.privacy.customer_data import CustomerData
from bot.privacy.retention import Retention
from bot.privacy.store import StoreError
from bot.settings import Settings
from catalog.database import sessions

Who = Annotated[
    str, typer.Argument(help="An e-mail address, a customer's id, or a conversation's id.")
]


def export_customer(
    who: Who, out: Annotated[Path, typer.Option(help="The file to write; only you may read it.")]
) -> None:
    """Write all that the assistant keeps of a customer into a file, as JSON.

    Example: aisle export-customer ada@example.com --out ada.json
    """
    found = _open(Settings()).export(who)
    _write(out, dumps(found, ensure_ascii=False, indent=2) + "\n")
    counts = ", ".join(f"{name} {len(each)}" for name, each in found.items())
    stdout.print(f"Wrote {out}: {counts}.")


def erase_customer(
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Delete all that the assistant keeps of a customer, but orders, which the law keeps.

    What a desk such as Chatwoot has of them is deleted there.

    Example: aisle erase-customer ada@example.com
    """
    data = _open(Settings())
    if not yes:
        subject = data.find(who)
        typer.confirm(
            f"Delete {len(subject.conversations)} conversations and all that hangs on them?",
            abort=True,
            err=True,
        )
    report = data.erase(who)
    if json:
        print_json(report.to_json())
        return
    for name, each in report.stores.items():
        kept = f" {each.kept_because}" if each.found and each.kept_because else ""
        stdout.print(f"{name}: found {each.found}, erased {each.erased}.{kept}")
    if report.only_mentioned:
        stdout.print(
            "Conversations that name the address, and may be somebody else's; give the id to "
            f"erase one: {', '.join(report.only_mentioned)}"
        )


def prune(
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Delete conversations, tickets and the like that are older than AISLE_RETENTION_DAYS.

    The running service does it, too, four times a day.

    Example: AISLE_RETENTION_DAYS=90 aisle prune
    """
    settings = Settings()
    if not settings.retention_days:
        raise CommandError("AISLE_RETENTION_DAYS is 0: everything is kept.")
    try:
        erased = Retention(settings, sessions(open_database(settings))).prune()
    except StoreError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(erased)
    else:
        stdout.print(", ".join(f"{name} {count}" for name, count in erased.items()) + ".")


def _open(settings: Settings) -> CustomerData:
    try:
        return CustomerData.of(settings, sessions(open_database(settings)))
    except StoreError as error:
        raise CommandError(str(error)) from error


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        os.fchmod(handle, 0o600)  # a file that was there before
        file.write(text)
