"""The measured stages as a picture. Wants matplotlib, of the extra `plots`."""

from pathlib import Path

from recommender.evaluation.measures import MRR, NDCG, RECALL
from recommender.evaluation.search_report import MEASURES, SearchReport

_NAMES = {NDCG: "NDCG@10", MRR: "MRR@10", RECALL: "Recall@100"}


class PlotError(Exception):
    """A picture that cannot be made; the message says what to do."""


def check_plot(path: Path) -> None:
    """Sees beforehand whether a picture can be made at this path: measuring takes minutes.

    Raises:
        PlotError: matplotlib is missing, or does not know this kind of file.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PlotError(
            "A plot wants matplotlib. Run `pip install -e '.[plots]'`, or leave out --plot."
        ) from error
    kinds = Figure().canvas.get_supported_filetypes()
    if path.suffix.removeprefix(".").lower() not in kinds:
        raise PlotError(
            f"A plot cannot be written to {path.name}. Give it a name that ends in .png or .svg."
        )
    if not path.absolute().parent.is_dir():
        raise PlotError(f"There is no folder {path.absolute().parent}. Make it first.")


def plot(report: SearchReport, title: str, path: Path) -> None:
    """A panel for each measure with every stage's mean and 95 % interval, and one for the time."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator

    names = list(report.stages)
    colors = [f"C{number}" for number in range(len(names))]
    figure = Figure(figsize=(3.2 * (len(MEASURES) + 1), 4.4), layout="constrained")
    panels = figure.subplots(1, len(MEASURES) + 1)
    for panel, measure in zip(panels, MEASURES, strict=False):
        for place, (name, color) in enumerate(zip(names, colors, strict=True)):
            stage = report.stages[name]
            if not stage.values[measure]:
                continue
            mean, interval = stage.mean(measure), stage.interval(measure)
            panel.errorbar(
                place,
                mean,
                yerr=[[mean - interval.low], [interval.high - mean]],
                fmt="o",
                capsize=5,
                color=color,
            )
            panel.annotate(
                f"{mean:.3f}", (place, mean), (7, 0), textcoords="offset points", va="center"
            )
        asked = len(next(iter(report.stages.values())).values[measure])
        panel.set(title=f"{_NAMES[measure]}, {asked:,} queries", ylabel="mean, 95 % interval")
    time = panels[-1]
    for place, (name, color) in enumerate(zip(names, colors, strict=True)):
        median, late = (report.stages[name].percentile_ms(percent) for percent in (50, 95))
        time.vlines(place, median, late, color=color)
        time.plot(place, median, "o", color=color)
        time.plot(place, late, "_", markersize=12, color=color)
        time.annotate(
            f"{median:.3g}", (place, median), (7, 0), textcoords="offset points", va="center"
        )
    time.set(title="Time of a query", ylabel="ms: median, and 95th percentile above", yscale="log")
    time.yaxis.set_major_formatter("{x:g}")
    time.yaxis.set_minor_locator(LogLocator(subs=(2, 5)))
    time.yaxis.set_minor_formatter("{x:g}")
    for panel in panels:
        panel.set_xticks(range(len(names)), names, rotation=30, ha="right")
        panel.set_xlim(-0.5, len(names) - 0.1)
        panel.grid(axis="y", alpha=0.3)
        panel.spines[["top", "right"]].set_visible(False)
    figure.suptitle(title)
    figure.savefig(path, dpi=150)
