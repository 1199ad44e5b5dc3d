"""`aisle chat`: talks to a running assistant through the web widget's own channel."""

import asyncio
import sys
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from bot.chat_client import ChatError, Conversation
from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.settings import Settings


def chat(
    url: Annotated[str, typer.Option(help="Where Rasa listens. [default: AISLE_RASA_URL]")] = "",
    token: Annotated[
        str, typer.Option(help="Goes on with the conversation that this token belongs to.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object a turn.")] = False,
) -> None:
    """Talk to a running assistant: one customer message a line on stdin, one turn a line out.

    Example: printf 'I need running shoes under $100\\nin red please\\n' | aisle chat --json
    """
    try:
        asyncio.run(_talk(url or Settings().rasa_url, token, json))
    except ChatError as error:
        raise CommandError(str(error)) from error


async def _talk(url: str, token: str, as_json: bool) -> None:
    conversation = Conversation(url, token)
    await conversation.open()
    try:
        if not as_json:
            stderr.print(f"Connected to {url}. Ctrl-D ends; --token goes on later with:")
            stderr.print(conversation.token, soft_wrap=True)
        while line := await asyncio.to_thread(_read_line, prompt=not as_json):
            turn = await conversation.say(line.rstrip("\r\n"))
            if as_json:
                print_json(turn)
            else:
                _show(turn)
    finally:
        await conversation.close()


def _read_line(*, prompt: bool) -> str:
    if prompt and sys.stdin.isatty():
        stderr.print("> ", end="")
    return sys.stdin.readline()


def _show(turn: dict[str, Any]) -> None:
    for reply in turn["replies"]:
        stdout.print(reply["text"], markup=False)
        for number, product in enumerate(reply["products"], start=1):
            price = (
                ""
                if product["price"] is None
                else f", {product['price']:.2f} {product['currency']}"
            )
            stdout.print(f"  {number}. {product['title']}{price}", markup=False)
        if reply["table"]:
            stdout.print(_table(reply["table"]))
        if reply["constraints"]:
            chips = " ".join(f"[{chip['title']} ×]" for chip in reply["constraints"])
            stdout.print(f"  {chips}", markup=False)
        if reply["buttons"]:
            titles = " | ".join(button["title"] for button in reply["buttons"])
            stdout.print(f"  ({titles})", markup=False)


def _table(table: dict[str, Any]) -> Table:
    shown = Table("", *map(escape, table["columns"]), box=None, pad_edge=False)
    for row in table["rows"]:
        shown.add_row(escape(row["name"]), *map(escape, row["values"]))
    return shown
