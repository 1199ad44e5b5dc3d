"""A picture of a load run: latency and memory over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.load_watch import OURSELVES, Watch

if TYPE_CHECKING:
    from benchmarks.load import Load


def plot(load: Load, watch: Watch, path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), layout="constrained")
    latency, memory = figure.subplots(2, 1, sharex=True)
    done = [(each.at - load.start, each.seconds) for each in load.turns if each.seconds]
    latency.scatter(*zip(*done, strict=True), s=4, alpha=0.5)
    latency.set(ylabel="seconds to the answer", yscale="log")
    for name in watch.names:
        points = [(each.at, each.memory[name]) for each in watch.samples if name in each.memory]
        if points and name != OURSELVES:
            memory.plot(*zip(*points, strict=True), label=name)
    memory.set(ylabel="memory, MB", xlabel="seconds", ylim=(0, None))
    memory.legend()
    for name, at in watch.killed:
        for panel in (latency, memory):
            panel.axvline(at, color="0.6", linestyle=":")
        latency.annotate(f"{name} killed", (at, 1), xycoords=("data", "axes fraction"))
    figure.savefig(path, dpi=120)
