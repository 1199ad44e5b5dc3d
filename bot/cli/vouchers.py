"""`aisle vouchers`: the shop's codes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import stdout
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions
from catalog.vouchers import load_vouchers


def vouchers(
    file: Annotated[Path, typer.Argument(help="TOML, as catalog/demo/vouchers.toml.")],
) -> None:
    """Add or change the vouchers that the assistant knows. Codes without an entry stay.

    Example: aisle vouchers vouchers.toml
    """
    engine = open_database(Settings())
    with sessions(engine).begin() as session:
        codes = [each.code for each in load_vouchers(session, file, datetime.now(UTC))]
    stdout.print(f"Loaded: {', '.join(codes)}", markup=False)
