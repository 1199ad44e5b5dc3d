"""How often the assistant asks where a human seller asked, and shows where one showed.

    .venv/bin/python -m benchmarks.pscon --data ../shared/data/pscon

The products that the sellers of PSCon (CC BY 4.0) recommended make up a shop, by their titles.
Each customer's messages are said to the assistant in their order, and its next action is compared
with the seller's: a clarifying question, or products. The assistant may do both at once. The
customer answers the seller's questions and not ours, so that the later turns are harder on us than
a conversation would be. Turns in which the seller only chatted do not count.
"""

import argparse
import asyncio
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot import supervisor
from bot.chat_client import Conversation
from bot.cli.setup import set_up
from bot.cli.shop import open_database
from bot.evaluation.demo_shop import demo_shop
from bot.settings import Settings
from catalog.importers import import_products

ASK, SHOW, BOTH, NEITHER = "ask", "show", "show and ask", "neither"
_ACTIONS = {"Clarify": ASK, "Recommend": SHOW}

Exchange = tuple[str, str]
"""What the customer says, and what the seller does then."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/pscon"))
    parser.add_argument("--sample", type=int, default=0, help="only the first so many; 0 for all")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    every = json.loads((options.data / "conversations.json").read_text(encoding="utf-8"))
    chosen = every[: options.sample] if options.sample else every
    with demo_shop(Settings()) as settings:
        feed = settings.data_dir / "products.csv"
        _write_feed(every, feed)
        engine = open_database(settings)
        import_products(engine, feed, "csv")
        engine.dispose()
        set_up(settings, with_demo=False)
        with supervisor.running(settings):
            pairs = asyncio.run(_replay(list(map(_exchanges, chosen)), settings.rasa_url))
    figures = _figures(pairs)
    print(json.dumps(figures) if options.json else _table(figures))


def _write_feed(conversations: list[dict[str, Any]], feed: Path) -> None:
    titles = {
        product["product_id"]: product["product_title"]
        for conversation in conversations
        for message in conversation["conversation"]
        for product in message.get("recommended_products") or ()
    }
    with feed.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title"])
        rows.writerows(titles.items())


def _exchanges(conversation: dict[str, Any]) -> list[Exchange]:
    """Messages of one side in a row are one; of several actions the first is what was chosen."""
    exchanges: list[Exchange] = []
    said: list[str] = []
    for message in conversation["conversation"]:
        if message["role"] == "user":
            said.append(message["content"])
        elif said:
            exchanges.append((" ".join(said), _ACTIONS.get(message.get("action"), NEITHER)))
            said = []
    return exchanges


async def _replay(conversations: list[list[Exchange]], rasa_url: str) -> list[tuple[str, str]]:
    """What the assistant did, and what the seller did, turn by turn."""
    pairs = []
    for exchanges in conversations:
        channel = Conversation(rasa_url)
        await channel.open()
        for said, seller in exchanges:
            turn = await channel.say(said)
            if seller != NEITHER:
                pairs.append((_choice(turn), seller))
        await channel.close()
    return pairs


def _choice(turn: dict[str, Any]) -> str:
    shows = any(reply["products"] for reply in turn["replies"])
    if any("?" in reply["text"] for reply in turn["replies"]):
        return BOTH if shows else ASK
    return SHOW if shows else NEITHER


def _figures(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    sellers = Counter(seller for _, seller in pairs)
    return {
        "turns": len(pairs),
        # Products with a question under them are products in the first, and either in the second.
        "agreement": _share(
            ours == seller or (ours, seller) == (BOTH, SHOW) for ours, seller in pairs
        ),
        "agreement_with_either": _share(ours in (seller, BOTH) for ours, seller in pairs),
        "always_show": round(sellers[SHOW] / len(pairs), 4),
        "majority": round(max(sellers.values()) / len(pairs), 4),
        "confusion": {
            f"seller {seller}, assistant {ours}": count
            for (ours, seller), count in sorted(Counter(pairs).items())
        },
    }


def _share(agrees: Iterable[bool]) -> float:
    every = list(agrees)
    return round(sum(every) / len(every), 4)


def _table(figures: dict[str, Any]) -> str:
    return "\n".join(_lines(figures))


def _lines(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from (f"{each:36} {count:>6}" for each, count in value.items())
        else:
            yield f"{name:36} {value:>6}"


if __name__ == "__main__":
    main()
