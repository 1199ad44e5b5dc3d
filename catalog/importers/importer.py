"""One import, from file to database."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlalchemy import Engine, select

from catalog.database import hold_write_lock, sessions
from catalog.importers.detection import detect_format
from catalog.importers.item import FeedItem
from catalog.importers.jsonl import read_jsonl
from catalog.importers.merchant import read_merchant
from catalog.importers.report import FeedError, ImportReport, Rejection
from catalog.importers.seen import Seen
from catalog.importers.shopify import read_shopify
from catalog.importers.source import Source, open_source
from catalog.importers.table import read_csv, read_tsv
from catalog.importers.upsert import drop_empty_products, remove_variants, upsert
from catalog.models import Variant

BATCH = 1000
"""Rows in a transaction."""

Progress = Callable[[int, int, int], None]
"""Called with rows read, bytes read, and the file's bytes."""

_READERS: dict[str, Callable[[Source], Iterator[FeedItem | Rejection]]] = {
    "csv": read_csv,
    "tsv": read_tsv,
    "jsonl": read_jsonl,
    "merchant": read_merchant,
    "shopify": read_shopify,
}
FORMATS = ("auto", *_READERS)


def import_products(
    engine: Engine,
    path: Path,
    format: str = "auto",
    replace: bool = False,
    on_progress: Progress | None = None,
) -> ImportReport:
    """Add the feed's products to the database, or change them to what it says.

    Reads as a stream and commits every 1,000 rows, so memory does not grow with the feed, and a
    feed that breaks off keeps what came before. A row that cannot be imported is reported and costs
    no other. Importing the same file again changes nothing.

    Args:
        path: the feed, in UTF-8.
        format: one of `FORMATS`; `auto` looks at the first bytes.
        replace: also remove every variant that is not in the feed, and products without one left.
            A row that is in the feed but rejected keeps what the database has of it, unless it says
            that the product is not sold. Nothing is removed unless the feed was read to its end, a
            row of it accepted, and every rejected row's id readable; else the report says why.
        on_progress: see `Progress`.

    Raises:
        FeedError: the file cannot be read at all, or not to its end; it has the report of the rows
            before that.
        ValueError: no such format.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}: one of {', '.join(FORMATS)}")
    report = ImportReport()
    failure: FeedError | None = None
    with open_source(path) as source, Seen() as seen:

        def show_progress() -> None:
            if on_progress:
                on_progress(report.read, source.position, source.size)

        reader = _READERS[detect_format(source) if format == "auto" else format]
        batch: list[tuple[FeedItem, int]] = []
        try:
            for row in reader(source):
                report.read += 1
                if item := _accept(row, seen, report):
                    batch.append((item, seen.place_in_group(item.group_id)))
                if len(batch) == BATCH:
                    _write(engine, batch, report)
                    batch = []
                if report.read % BATCH == 0:
                    show_progress()
        except FeedError as error:
            failure = error
        _write(engine, batch, report)
        accepted = report.read - report.rejected
        if replace:
            report.kept_because = _reason_to_keep(failure, accepted, seen)
            if report.kept_because is None:
                report.removed = _remove_others(engine, seen)
        with sessions(engine).begin() as session:
            drop_empty_products(session)
        if failure:
            raise FeedError(
                f"{failure} {accepted:,} products before that were imported."
                if accepted
                else str(failure),
                report if report.read else None,
            ) from failure
        show_progress()
    return report


def _accept(row: FeedItem | Rejection, seen: Seen, report: ImportReport) -> FeedItem | None:
    if isinstance(row, Rejection):
        if not row.withdrawn:
            seen.add_rejected(row.id, row.line)
        report.reject(row)
        return None
    if earlier := seen.add(row.id, row.line):
        reason = f"id {row.id} is already on line {earlier}: give every row its own"
        report.reject(Rejection(row.line, reason, row.id))
        return None
    return row


def _write(engine: Engine, batch: list[tuple[FeedItem, int]], report: ImportReport) -> None:
    if not batch:
        return
    with sessions(engine).begin() as session:
        # Two imports at once would otherwise add the same product twice.
        hold_write_lock(session.connection())
        upsert(session, batch, report)


def _reason_to_keep(failure: FeedError | None, accepted: int, seen: Seen) -> str | None:
    """Why the database's other products may not be told from the feed's, as a sentence."""
    if failure is not None:
        return "Nothing was removed: the feed could not be read to its end."
    if not accepted:
        return "Nothing was removed: no row was accepted."
    if (line := seen.first_unidentified) is not None:
        return (
            f"Nothing was removed: the rejected row on line {line:,} has no readable id, so it may "
            "be about any product. Correct it and import again."
        )
    return None


def _remove_others(engine: Engine, seen: Seen) -> int:
    """Remove the variants that the feed has not, a batch a transaction. Returns how many."""
    removed = 0
    for ids in _all_variant_ids(engine):
        if others := seen.missing(ids):
            with sessions(engine).begin() as session:
                remove_variants(session, others)
            removed += len(others)
    return removed


def _all_variant_ids(engine: Engine) -> Iterable[list[str]]:
    after = ""
    while True:
        with sessions(engine)() as session:
            page = select(Variant.id).where(Variant.id > after).order_by(Variant.id).limit(BATCH)
            ids = list(session.scalars(page))
        if not ids:
            return
        yield ids
        after = ids[-1]
