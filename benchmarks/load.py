"""Many customers at once, while processes die: what it takes, and that nothing is lost.

    .venv/bin/python -m benchmarks.load --customers 200 --rate 20 --seconds 300
    .venv/bin/python -m benchmarks.load --workers 2 --database postgresql --rate 3 \
        --kill rasa@60 --kill service@120 --kill redis@180 --kill database@240 --plot load.png

Over a demo shop of its own, on this machine. Turns begin at random moments at the given rate,
whether the shop keeps up or not (an open model): a customer who is still waiting is passed over for
one who is not, and a turn that finds everybody waiting is counted as turned away. At the end every
customer's history is read again: each message must stand there once with an answer to it.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.load_customer import Asked, LoadCustomer
from benchmarks.load_plot import plot
from benchmarks.load_servers import servers
from benchmarks.load_watch import Kill, Watch
from bot import supervisor
from bot.cli.setup import set_up
from bot.evaluation.demo_shop import demo_shop
from bot.settings import Settings

_WORDS = ("kettle", "tent", "lamp", "sneakers", "headphones", "blanket", "backpack", "jacket")
_DRAIN_SECONDS = 120
_CONNECT_AT_ONCE = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--customers", type=int, default=200)
    parser.add_argument("--rate", type=float, default=20.0, help="turns that begin a second")
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--workers", type=int, default=1, help="Rasa processes, over a Redis")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument(
        "--kill",
        action="append",
        default=[],
        metavar="WHAT@SECOND",
        help="rasa@60 (or rasa-2@60), service@120, redis@180, database@240",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plot", type=Path, help="a picture of the latency and the memory")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    kills = [Kill.read(each) for each in options.kill]
    console = Console(stderr=True)
    os.environ["SANIC_PROXIES_COUNT"] = "1"  # so that each customer has an address of its own
    with (
        supervisor.interrupted_by_signals(),
        servers(options.workers, options.database) as (backing, changes),
        demo_shop(Settings(), **changes) as settings,
    ):
        set_up(settings)
        with _kept_running(settings) as children:
            console.print(f"{options.customers} customers, {options.rate} turns a second …")
            load = Load(settings.rasa_url, options)
            watch = Watch(children, backing)
            for kill in kills:
                watch.check(kill)
            asyncio.run(load.run(watch, kills))
    report = load.report() | watch.report()
    if options.plot:
        plot(load, watch, options.plot)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
        print()
    else:
        for name, value in report.items():
            print(f"{name:>24}  {value}")
    if report["lost"] or report["to_the_wrong_person"] or report["answered_twice"]:
        sys.exit(1)


class Load:
    def __init__(self, url: str, options: argparse.Namespace) -> None:
        self._options = options
        self._random = random.Random(options.seed)  # noqa: S311 (a sample, not a secret)
        self.customers = [
            LoadCustomer(url, f"10.0.{number // 250}.{number % 250 + 1}")
            for number in range(options.customers)
        ]
        self.turned_away = 0
        self.start = 0.0

    async def run(self, watch: Watch, kills: list[Kill]) -> None:
        connections = []
        for number, customer in enumerate(self.customers):
            connections.append(asyncio.create_task(customer.run()))
            if number % _CONNECT_AT_ONCE == 0:
                await customer.online()
        for customer in self.customers:
            await customer.online()
        self.start = time.monotonic()
        watching = asyncio.create_task(watch.run(self.start))
        killing = [asyncio.create_task(watch.kill(each)) for each in kills]
        await self._ask()
        deadline = time.monotonic() + _DRAIN_SECONDS
        while time.monotonic() < deadline and not all(each.is_idle for each in self.customers):
            await asyncio.sleep(0.2)
        watching.cancel()
        await asyncio.gather(*killing)
        for customer in self.customers:
            await customer.close()
        await asyncio.gather(*connections)
        await self._read_histories()

    async def _ask(self) -> None:
        asking = set()
        until = self.start + self._options.seconds
        due = self.start
        while (due := due + self._random.expovariate(self._options.rate)) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            idle = [each for each in self.customers if each.is_idle]
            if not idle:
                self.turned_away += 1
                continue
            customer = self._random.choice(idle)
            word = _WORDS[self.customers.index(customer) % len(_WORDS)]
            text = self._random.choice((f"{word} under $150", f"show me a {word}", word))
            task = asyncio.create_task(customer.ask(text, word))
            asking.add(task)
            task.add_done_callback(asking.discard)
        await asyncio.gather(*asking)

    async def _read_histories(self) -> None:
        """Each customer comes back once more, for what the server keeps of the conversation."""
        for customer in self.customers:
            if not customer.asked:
                continue
            again = asyncio.create_task(customer.come_back())
            await asyncio.wait_for(again, 30)

    @property
    def turns(self) -> list[Asked]:
        return [asked for customer in self.customers for asked in customer.asked.values()]

    def report(self) -> dict[str, Any]:
        turns = self.turns
        took = [each.seconds for each in turns if each.seconds is not None]
        lost = [why for customer in self.customers for why in customer.lost().values()]
        ended = [each.done_at for each in turns if each.done_at is not None]
        span = max(ended, default=self.start) - self.start
        return {
            "turns": len(turns),
            "turned_away": self.turned_away,
            "turns_per_second": round(len(took) / span, 2) if span else 0.0,
            **{
                f"p{share}_ms": round(float(np.percentile(took, share)) * 1000) if took else None
                for share in (50, 95, 99)
            },
            "lost": len(lost),
            "lost_because": sorted(set(lost)),
            "answered_twice": sum(customer.doubled() for customer in self.customers),
            "to_the_wrong_person": sum(len(customer.foreign) for customer in self.customers)
            + sum(
                customer.has_foreign_words(set(_WORDS) - {_WORDS[place % len(_WORDS)]})
                for place, customer in enumerate(self.customers)
            ),
            "told_to_try_again": sum(each.is_told_to_try_again for each in turns),
            "reconnects": sum(customer.connects - 2 for customer in self.customers),
        }


@contextmanager
def _kept_running(settings: Settings) -> Iterator[list[supervisor.Child]]:
    with supervisor.running(settings) as children:
        ended = threading.Event()

        def keep() -> None:
            while not ended.wait(0.5):
                supervisor.restart_dead(children)

        keeper = threading.Thread(target=keep)
        keeper.start()
        try:
            yield children
        finally:
            ended.set()
            keeper.join()


if __name__ == "__main__":
    main()
