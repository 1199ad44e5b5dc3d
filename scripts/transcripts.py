"""Writes docs/transcripts.md, the conversations of transcripts.toml anew: `make transcripts`."""

import asyncio
from pathlib import Path
from typing import Any

import tomllib

from bot import supervisor
from bot.chat_client import Conversation
from bot.cli.setup import set_up
from bot.evaluation.demo_shop import demo_shop
from bot.settings import PROJECT_ROOT, Settings

CONVERSATIONS = Path(__file__).with_suffix(".toml")
PAGE = PROJECT_ROOT / "docs" / "transcripts.md"
_MOST_CARDS = 6


def main() -> None:
    conversations = tomllib.loads(CONVERSATIONS.read_text())["conversations"]
    with supervisor.interrupted_by_signals(), demo_shop(Settings()) as settings:
        set_up(settings)
        with supervisor.running(settings):
            told = asyncio.run(_told(settings.rasa_url, conversations))
    PAGE.write_text(
        "# Ten conversations, unedited\n\n"
        "With the demo shop, by `make transcripts`: what the customer typed, what the assistant"
        " answered, and how long it took on two shared cores. `[card]` is a product card, `(…)`"
        " quick replies, `[… ×]` what is looked for, each to be tapped away.\n\n" + told
    )


async def _told(url: str, conversations: list[dict[str, Any]]) -> str:
    parts = []
    for number, conversation in enumerate(conversations, start=1):
        parts.append(f"## {number}. {conversation['title']}\n")
        parts.append(await _conversation(url, conversation["says"]))
    return "\n".join(parts)


async def _conversation(url: str, says: list[str]) -> str:
    channel = Conversation(url)
    await channel.open()
    try:
        turns = [await channel.say(text) for text in says]
    finally:
        await channel.close()
    return "\n".join(map(_turn, turns))


def _turn(turn: dict[str, Any]) -> str:
    lines = [f"**{turn['user']}** · {turn['took_ms']:.0f} ms", ""]
    for reply in turn["replies"]:
        lines += [f"> {line}" for line in reply["text"].splitlines() if line.strip()]
        for card in reply["products"][:_MOST_CARDS]:
            price = "" if card["price"] is None else f", {card['price']:.2f} {card['currency']}"
            sold_out = ", out of stock" if card["in_stock"] is False else ""
            lines.append(f"> `[card]` {card['title']}{price}{sold_out}")
        if reply["table"]:
            lines += [">", *_table(reply["table"]), ">"]
        if reply["constraints"]:
            tags = " ".join(f"`[{each['title']} ×]`" for each in reply["constraints"])
            lines.append(f"> {tags}")
        if reply["buttons"]:
            ways = " · ".join(each["title"] for each in reply["buttons"])
            lines.append(f"> ({ways})")
        lines.append(">")
    # A line break of Markdown's own between the lines of one bubble.
    return "  \n".join(lines).rstrip(" >\n") + "\n"


def _table(table: dict[str, Any]) -> list[str]:
    rows = [["", *table["columns"]], ["---"] * (len(table["columns"]) + 1)]
    rows += [[row["name"], *(value or "–" for value in row["values"])] for row in table["rows"]]
    return [f"> | {' | '.join(row)} |" for row in rows]


if __name__ == "__main__":
    main()
