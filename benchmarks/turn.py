"""What a whole turn takes, from the customer's message to the end of the answer, and where.

    .venv/bin/python -m benchmarks.turn

Over a demo shop of its own, through the web widget's channel, one customer at a time: searches
and changes of them, each with reranking. Beside it stands the same Rasa, with the same pipeline
and training data, that answers everything with one fixed sentence and calls no action. Both are
trained from nothing here; what that takes, and the memory of the Rasa that serves, is told too.
"""

import argparse
import asyncio
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
import yaml

from bot import dialogue, supervisor
from bot.chat_client import Conversation
from bot.cli.setup import set_up
from bot.cli.shop import prepare_models
from bot.evaluation.demo_shop import demo_shop
from bot.settings import PROJECT_ROOT, Settings

CONVERSATIONS = (
    ("socks", "in grey", "under 20", "show me more", "cheaper"),
    ("running shoes under $100", "in red", "only Kestrova", "any brand is fine", "in a size 9"),
    ("backpacks", "not black", "under 100", "waterproof ones", "show me more"),
    ("I'm looking for a desk lamp", "cheaper", "in black", "over 30", "any colour is fine"),
    ("wireless headphones under 150", "in white", "show me more", "any colour", "by Thrumbly"),
    ("a rain jacket for women", "in size M", "under 250", "in teal", "what about for men"),
    ("yoga mats", "purple", "up to 60 dollars", "actually blue", "show me more"),
    ("electric kettle", "not white", "under 80", "in black", "any colour is fine"),
    ("tents for two", "under 200", "in green", "show me more", "cheaper"),
    ("office chair", "under 400", "in black", "not Thistledash", "show me more"),
    ("hiking boots for men", "waterproof", "size 10", "under 200", "in brown"),
    ("summer dress", "in blue", "size S", "under 90", "any colour is fine"),
    ("mechanical keyboard", "under 120", "in white", "wireless", "show me more"),
    ("bluetooth speaker", "under 100", "in teal", "not Sonavire", "cheaper"),
    ("sleeping bag for winter", "under 250", "in navy", "show me more", "any colour"),
    ("chef's knife", "under 100", "show me more", "by Brackenedge", "cheaper"),
    ("notebook with dotted pages", "under 20", "in green", "any colour is fine", "show me more"),
    ("puzzle with 1000 pieces", "under 25", "show me more", "cheaper", "over 10"),
    ("garden gloves", "size M", "under 30", "in green", "show me more"),
)
"""The first does not count. No two look for the same, because what was scored is remembered."""
PARTS = ("nlu", "policy", "action", "search")


@dataclasses.dataclass
class Turn:
    """Milliseconds."""

    whole: float
    parts: dict[str, float]

    def of(self, part: str) -> float:
        """What a part takes by itself: a search is part of an action."""
        if part == "action":
            return self.parts["action"] - self.parts["search"]
        if part == "channel and tracker":
            return self.whole - sum(self.parts[name] for name in ("nlu", "policy", "action"))
        return self.parts[part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with demo_shop(Settings()) as settings, tempfile.TemporaryDirectory() as name:
        prepare_models(settings)
        trained = _seconds_of_training(settings)
        set_up(settings)
        bare_model = Path(name) / "bare.tar.gz"
        _train_bare(settings, Path(name), bare_model)
        with _assistant(settings, None) as (probe, memory):
            turns = asyncio.run(_talk(settings.rasa_url, probe))
            resident = memory()
        with _assistant(settings, bare_model) as (probe, _):
            bare = asyncio.run(_talk(settings.rasa_url, probe))
    searched = [turn for turn in turns if turn.parts["search"]]
    whole, alone = (median(turn.whole for turn in each) for each in (searched, bare))
    figures = {
        "cpus": os.cpu_count(),
        "turns": len(searched),
        "aisle": _percentiles([turn.whole for turn in searched]),
        "parts": {
            part: _percentiles([turn.of(part) for turn in searched])
            for part in (*PARTS, "channel and tracker")
        },
        "bare": _percentiles([turn.whole for turn in bare]),
        # What the searching turn takes in all, and what it adds, in bare turns.
        "ratio_of_medians": round(whole / alone, 2),
        "added": round((whole - alone) / alone, 2),
        "training_seconds": round(trained, 1),
        "rasa_resident_mb": round(resident),
    }
    print(json.dumps(figures) if options.json else _table(figures))


def _percentiles(milliseconds: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(median(milliseconds), 1),
        "p95_ms": round(quantiles(milliseconds, n=20)[-1], 1),
    }


def _table(figures: dict[str, Any]) -> str:
    rows = {
        "whole turn": figures["aisle"],
        **figures["parts"],
        "bare turn": figures["bare"],
    }
    lines = [f"{'ms':22}{'p50':>8}{'p95':>8}"]
    for name, of in rows.items():
        lines.append(f"{name:22}{of['p50_ms']:>8}{of['p95_ms']:>8}")
    for name in (
        "ratio_of_medians",
        "added",
        "training_seconds",
        "rasa_resident_mb",
        "turns",
        "cpus",
    ):
        lines.append(f"{name.replace('_', ' '):22}{figures[name]:>8}")
    return "\n".join(lines)


def _seconds_of_training(settings: Settings) -> float:
    started = time.perf_counter()
    dialogue.train(settings, force=True)
    return time.perf_counter() - started


def _train_bare(settings: Settings, folder: Path, model: Path) -> None:
    """The same intents and pipeline, and one fixed reply to each of them."""
    domain = yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text())
    config = yaml.safe_load((PROJECT_ROOT / "config.yml").read_text())
    intents = [name if isinstance(name, str) else next(iter(name)) for name in domain["intents"]]
    config["policies"] = [{"name": "RulePolicy", "core_fallback_action_name": "utter_fixed"}]
    intents = [*dict.fromkeys([*intents, "nlu_fallback"])]
    files = {
        "config.yml": config,
        "domain.yml": {
            "version": "3.1",
            "intents": intents,
            "entities": domain.get("entities", []),
            "responses": {"utter_fixed": [{"text": "Thank you for your message."}]},
        },
        "rules.yml": {
            "version": "3.1",
            "rules": [
                {
                    "rule": f"{intent} is answered",
                    "steps": [{"intent": intent}, {"action": "utter_fixed"}],
                }
                for intent in intents
            ],
        },
    }
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, sort_keys=False))
    command = dialogue.rasa_command(
        settings,
        *("train", "--config", str(folder / "config.yml"), "--domain", str(folder / "domain.yml")),
        *("--data", "bot/data/nlu", str(folder / "rules.yml"), "--out", str(folder)),
        *("--fixed-model-name", model.name.removesuffix(".tar.gz")),
    )
    subprocess.run(
        command,
        cwd=PROJECT_ROOT,
        env=dialogue.rasa_environment(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def _assistant(settings: Settings, model: Path | None) -> Iterator[tuple[Path, "Memory"]]:
    """The service and Rasa with a probe in each; with a model, that Rasa alone."""
    with tempfile.NamedTemporaryFile(suffix=".probe") as file:
        service, rasa = supervisor.children(settings)
        service.command = [sys.executable, "-m", "benchmarks.probe", "service"]
        service.folder = PROJECT_ROOT
        python, _, _, *arguments = rasa.command
        rasa.command = [python, "-m", "benchmarks.probe", "rasa", *arguments]
        if model is not None:
            rasa.command[rasa.command.index("--model") + 1] = str(model)
        started = [rasa] if model is not None else [service, rasa]
        try:
            for child in started:
                child.environment = {**child.environment, "AISLE_PROBE": file.name}
                child.start()
            while not all(child.answers() for child in started):
                if dead := [child for child in started if child.exit_code() is not None]:
                    sys.exit(f"{dead[0].name}: {dialogue.last_line(dead[0].log)}")
                time.sleep(0.2)
            yield Path(file.name), Memory(rasa)
        finally:
            for child in started:
                child.stop()


class Memory:
    """Megabytes that a process and its children hold."""

    def __init__(self, child: supervisor.Child) -> None:
        self._child = child

    def __call__(self) -> float:
        if self._child.process is None:
            return 0.0
        process = psutil.Process(self._child.process.pid)
        every = [process, *process.children(recursive=True)]
        held: int = sum(each.memory_info().rss for each in every)
        return held / 2**20


async def _talk(rasa_url: str, probe: Path) -> list[Turn]:
    turns: list[Turn] = []
    for number, conversation in enumerate(CONVERSATIONS):
        channel = Conversation(rasa_url)
        await channel.open()
        for words in conversation:
            before = probe.stat().st_size
            started = time.perf_counter()
            await channel.say(words)
            whole = (time.perf_counter() - started) * 1000
            if number:
                turns.append(Turn(whole, _parts(probe, before)))
        await channel.close()
    return turns


def _parts(probe: Path, before: int) -> dict[str, float]:
    parts: dict[str, float] = defaultdict(float)
    with probe.open("rb") as file:
        file.seek(before)
        for line in file:
            name, milliseconds = line.decode().split()
            parts[name] += float(milliseconds)
    return parts


if __name__ == "__main__":
    main()
