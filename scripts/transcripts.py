"""Writes docs/transcripts.md, the conversations of transcripts.toml anew: `make transcripts`."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomllib

from bot import supervisor
from bot.chat_client import Conversation
from bot.cli.setup import set_up
from bot.evaluation.demo_desk import DemoDesk, demo_desk
from bot.evaluation.demo_mail import Mailbox
from bot.evaluation.demo_shop import demo_shop
from bot.settings import PROJECT_ROOT, Settings

CONVERSATIONS = Path(__file__).with_suffix(".toml")
PAGE = PROJECT_ROOT / "docs" / "transcripts.md"
_MOST_CARDS = 6
_DESK_SECONDS = 3
"""In which the last of an earlier conversation is at the desk."""
_CODE = "{code}"
"""Said by a customer who reads it in the mail that has just come."""


def main() -> None:
    conversations = tomllib.loads(CONVERSATIONS.read_text())["conversations"]
    with (
        supervisor.interrupted_by_signals(),
        demo_desk() as desk,
        demo_shop(Settings(), **desk.settings()) as settings,
    ):
        set_up(settings)
        with supervisor.running(settings):
            told = asyncio.run(_told(Stage(settings, desk), conversations))
    PAGE.write_text(
        f"# {len(conversations)} conversations, unedited\n\n"
        "With the demo shop, by `make transcripts`: what the customer typed, what the assistant"
        " answered, and how long it took on two shared cores. `[card]` is a product card, `(…)`"
        " quick replies, `[… ×]` what is looked for, each to be tapped away.\n\n" + told
    )


@dataclass
class Stage:
    """Where the conversations are held."""

    settings: Settings
    desk: DemoDesk
    mailbox: Mailbox = field(init=False)

    def __post_init__(self) -> None:
        self.mailbox = Mailbox(self.settings.data_dir)

    @property
    def service_url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"


async def _told(stage: Stage, conversations: list[dict[str, Any]]) -> str:
    parts = []
    for number, conversation in enumerate(conversations, start=1):
        parts.append(f"## {number}. {conversation['title']}\n")
        parts.append(await _conversation(stage, conversation["says"]))
    return "\n".join(parts)


async def _conversation(stage: Stage, says: list[str | dict[str, str]]) -> str:
    channel = Conversation(stage.settings.rasa_url)
    await channel.open()
    stage.mailbox.mark()
    if any(isinstance(text, dict) for text in says):
        await asyncio.sleep(_DESK_SECONDS)
        stage.desk.mark()
    turns = []
    try:
        for text in says:
            if isinstance(text, dict):
                turns.append(await _at_the_desk(stage, channel, text))
                continue
            said = await stage.mailbox.next_code() if text == _CODE else text
            turns.append(_turn(await channel.say(said)))
    finally:
        await channel.close()
    return "\n".join(turns)


async def _at_the_desk(stage: Stage, channel: Conversation, told: dict[str, str]) -> str:
    """`{desk = "gets"}` shows what has come to the desk; `{desk = "says", text, author}` and
    `{desk = "hands back"}` are its person."""
    if told["desk"] == "gets":
        return _at_desk(_event(await asyncio.to_thread(stage.desk.next)))
    if told["desk"] == "hands back":
        await asyncio.to_thread(stage.desk.hand_back, stage.service_url)
        return _at_desk(["is done, and hands the conversation back."])
    await asyncio.to_thread(stage.desk.say, stage.service_url, told["text"], told["author"])
    heard = await channel.hear_person()
    return f"> **{heard['author']}:** {heard['text']}\n"


def _at_desk(lines: list[str]) -> str:
    return "  \n".join([f"*At the desk:* {lines[0]}", *lines[1:]]) + "\n"


def _event(event: dict[str, Any]) -> list[str]:
    data = event["data"]
    if event["type"] != "ticket.opened":
        return [f"`{event['type']}` {data['text']}"]
    customer = data["customer"]
    who = f"{customer['email']}, by {customer['verified_by']}" if customer else "not verified"
    return [
        f"`ticket.opened` because: {data['reason']}; customer: {who}",
        *(f"{fact['name']}: {fact['value']}" for fact in data["summary"]),
        f"and the transcript, {len(data['transcript'])} lines",
    ]


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
