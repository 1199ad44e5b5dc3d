"""`aisle attachments`: what customers added to their returns, by links to look at."""

from typing import Annotated, Any

import typer

from bot.attachments.folders import Folder, Folders
from bot.attachments.links import LIFETIME_DAYS
from bot.cli.console import print_json, stdout
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions


def attachments(
    number: Annotated[
        str, typer.Argument(help="Of a return or an order; without one, the newest.")
    ] = "",
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="So many of them.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Report as JSON, one a line.")] = False,
) -> None:
    """List what customers added to returns, newest first, each with a link for the shop's people.

    Whoever has the link sees the files: it is for the shop alone, and lasts sixty days.

    Example: aisle attachments A1040-R1
    """
    settings = Settings()
    found = Folders.of(settings, sessions(open_database(settings))).latest(most, number)
    if json:
        for folder in found:
            print_json(_to_json(folder))
        return
    if not found:
        stdout.print("There are none.")
        return
    for folder in found:
        files = ", ".join(each.name for each in folder.files)
        number = folder.return_number or f"order {folder.order_number}, no return yet"
        stdout.print(f"{number}, {folder.kept_at:%Y-%m-%d %H:%M}: {files}", markup=False)
        stdout.print(f"  {folder.link}", markup=False)
    stdout.print(f"The links last {LIFETIME_DAYS} days.")


def _to_json(folder: Folder) -> dict[str, Any]:
    return {
        "return": folder.return_number,
        "order": folder.order_number,
        "since": folder.kept_at.isoformat(),
        "files": [{"name": each.name, "media_type": each.media_type} for each in folder.files],
        "link": folder.link,
    }
