"""`aisle behaviour`: what customers saw, looked at and took in the chat, as a log to learn from."""

import hashlib
import json
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from bot.cli.console import stdout
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions
from catalog.models import Behaviour


def behaviour(
    out: Annotated[Path, typer.Option("--out", help="The .jsonl file to write.")],
) -> None:
    """Write the searches' impressions, clicks and carts, for `aisle train --behaviour`.

    Example: aisle behaviour --out behaviour.jsonl
    """
    count = 0
    with (
        sessions(open_database(Settings()))() as session,
        out.open("w", encoding="utf-8") as file,
    ):
        for row in session.scalars(select(Behaviour).order_by(Behaviour.id)):
            event = {
                "event": row.event.value,
                "product_id": row.product_id,
                "customer": _pseudonym(row.conversation_id),
                "time": row.at.isoformat(),
                "query": row.query,
                "position": row.position,
            }
            file.write(json.dumps(event, ensure_ascii=False) + "\n")
            count += 1
    stdout.print(f"{count:,} events in {out}")


def _pseudonym(conversation_id: str) -> str:
    """The log leaves the shop's database, and the id is as good as a name there."""
    return hashlib.sha256(conversation_id.encode()).hexdigest()[:16]
