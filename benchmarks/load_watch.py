"""What the processes of a load run take, and their violent ends."""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil

from benchmarks.load_servers import Server
from bot.supervisor import Child

DOWN_SECONDS = 2.0
"""How long Redis and the database stay away; of the others, as long as they take to start."""
OURSELVES = "load generator"


@dataclass(frozen=True)
class Kill:
    what: str
    second: float

    @classmethod
    def read(cls, told: str) -> Kill:
        what, _, second = told.partition("@")
        try:
            return cls(what, float(second))
        except ValueError as error:
            raise SystemExit(f"--kill {told}: write rasa@60") from error


@dataclass(frozen=True)
class Sample:
    at: float
    """Seconds from the start."""
    memory: dict[str, float]
    """MB, of each process with its children; what they share counts once for each."""
    cores: dict[str, float]


class Watch:
    """Looks every second."""

    def __init__(self, children: list[Child], servers: dict[str, Server]) -> None:
        service, *workers = children
        names = ["rasa"] if len(workers) == 1 else [f"rasa-{n + 1}" for n in range(len(workers))]
        self._children = {"service": service, **dict(zip(names, workers, strict=True))}
        self._servers = servers
        self.samples: list[Sample] = []
        self.killed: list[tuple[str, float]] = []
        self._known: dict[int, psutil.Process] = {}
        self._start = 0.0

    @property
    def names(self) -> list[str]:
        return [*self._children, *self._servers, OURSELVES]

    def check(self, kill: Kill) -> None:
        """Ends the program where there is no such process."""
        if self._named(kill.what) not in (*self._children, *self._servers):
            argparse.ArgumentParser().error(f"--kill {kill.what}: there are {self.names[:-1]}")

    async def run(self, start: float) -> None:
        self._start = start
        while True:
            memory, cores = {}, {}
            for name in self.names:
                try:
                    found = self._processes(name)
                    memory[name] = sum(each.memory_info().rss for each in found) / 1e6
                    cores[name] = sum(each.cpu_percent() for each in found) / 100
                except (psutil.Error, AttributeError):
                    continue
            self.samples.append(Sample(time.monotonic() - start, memory, cores))
            await asyncio.sleep(1)

    async def kill(self, kill: Kill) -> None:
        await asyncio.sleep(kill.second)
        name = self._named(kill.what)
        self.killed.append((name, time.monotonic() - self._start))
        if server := self._servers.get(name):
            await asyncio.to_thread(server.kill)
            await asyncio.sleep(DOWN_SECONDS)
            await asyncio.to_thread(server.run)
        elif process := self._children[name].process:
            process.kill()

    def report(self) -> dict[str, Any]:
        report: dict[str, Any] = {}
        for name in self.names:
            memory = [sample.memory[name] for sample in self.samples if name in sample.memory]
            cores = [sample.cores[name] for sample in self.samples if name in sample.cores]
            if memory:
                report[f"{name} MB"] = [round(memory[0]), round(max(memory)), round(memory[-1])]
                report[f"{name} cores"] = round(float(np.mean(cores)), 2)
        return report

    def _named(self, what: str) -> str:
        """`rasa` is the first of several."""
        return "rasa-1" if what == "rasa" and "rasa" not in self._children else what

    def _processes(self, name: str) -> list[psutil.Process]:
        if name == OURSELVES:
            return [self._process(os.getpid())]
        if child := self._children.get(name):
            if child.process is None:
                raise psutil.NoSuchProcess(0)
            return [self._process(child.process.pid)]
        first = self._process(self._servers[name].pid)
        return [first, *(self._process(each.pid) for each in first.children(recursive=True))]

    def _process(self, pid: int) -> psutil.Process:
        return self._known.setdefault(pid, psutil.Process(pid))
