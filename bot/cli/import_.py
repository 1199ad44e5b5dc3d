"""`aisle import`: a product feed into the catalogue."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bot.cli.console import print_json, stderr, stdout
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.importers import FeedError, ImportReport, import_products

SHOWN_REJECTIONS = 20


class Format(StrEnum):
    AUTO = "auto"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    MERCHANT = "merchant"
    SHOPIFY = "shopify"


def import_(
    file: Annotated[Path, typer.Argument(help="The feed. Columns `id` and `title` are required.")],
    format: Annotated[
        Format, typer.Option(help="What kind of feed it is; `auto` looks at name and first bytes.")
    ] = Format.AUTO,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also remove products that are not in the feed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Report as one JSON object.")] = False,
) -> None:
    """Add and change products from a feed: CSV, TSV, JSON Lines, Google Merchant or Shopify.

    A bad row is reported with its line and the reason, and never stops the rest. Importing the
    same file twice changes nothing. A running assistant finds the new products by itself.

    Columns that Aisle knows: id, title, description, brand, category ("Shoes > Running"), color,
    size, material, gender, price, currency, stock (empty means unknown), url, image, group_id.
    Any other column becomes a searchable attribute.

    Example: aisle import products.csv && aisle search "red running shoes under $60"
    """
    engine = open_database(Settings())
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=stderr,
        disable=not stderr.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task(f"Importing {file.name}", total=None)

        def show(rows: int, read: int, total: int) -> None:
            progress.update(task, description=f"{rows:,} rows", completed=read, total=total or None)

        try:
            report = import_products(engine, file, format.value, replace=replace, on_progress=show)
        except FeedError as failure:
            if failure.report:
                progress.stop()
                _print_report(file, failure.report, replace=replace, json=json)
            raise
    _print_report(file, report, replace=replace, json=json)


def _print_report(file: Path, report: ImportReport, *, replace: bool, json: bool) -> None:
    rejected = [{"line": each.line, "reason": each.reason} for each in report.rejections]
    if json:
        print_json(
            {
                "file": str(file),
                "read": report.read,
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "removed": report.removed,
                "kept_because": report.kept_because,
                "rejected": report.rejected,
                "rejections": rejected,
            }
        )
        return
    stdout.print(
        f"{report.read:,} rows read: {report.added:,} added, {report.changed:,} changed, "
        f"{report.unchanged:,} unchanged, {report.rejected:,} rejected"
        + (f", {report.removed:,} removed" if replace else "")
    )
    for each in rejected[:SHOWN_REJECTIONS]:
        stderr.print(f"  line {each['line']}: {each['reason']}", markup=False)
    if report.rejected > SHOWN_REJECTIONS:
        listed = "them" if report.rejected == len(rejected) else f"the first {len(rejected):,}"
        stderr.print(f"  … and {report.rejected - SHOWN_REJECTIONS:,} more (--json lists {listed})")
    if report.kept_because:
        stderr.print(report.kept_because, markup=False, soft_wrap=True)
