"""`aisle validate`: what is wrong with this shop's set-up, and what to do about it."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import dialogue
from bot.cli.channel_findings import channel_findings
from bot.cli.console import print_json, stderr, stdout
from bot.cli.finding import Finding, Level
from bot.cli.support_findings import support_findings
from bot.search_engine import open_search
from bot.settings import PROJECT_ROOT, Settings
from bot.voice.errors import VoiceError
from bot.voice.voice import Voice
from catalog import schema
from catalog.database import connect, sessions
from catalog.importers import FeedError
from catalog.models import Policy, Product, Variant
from recommender.errors import IndexUnavailableError, ModelError
from recommender.evaluation.judged_queries import JudgedQueriesError
from recommender.serving.models import open_minilm
from recommender.training.data.click_judgments import FEWEST_IMPRESSIONS

MARKS: dict[Level, str] = {"ok": "✓", "warning": "!", "error": "✗"}


class Part(StrEnum):
    CHANNELS = "channels"


def validate(
    part: Annotated[
        Part | None,
        typer.Argument(help="Instead, ask the messaging platforms whose keys these are."),
    ] = None,
    products: Annotated[
        Path | None, typer.Option(help="Instead, check data to train on: the product file.")
    ] = None,
    queries: Annotated[Path | None, typer.Option(help="TSV: `query_id query`.")] = None,
    qrels: Annotated[
        Path | None, typer.Option(help="TSV: `query_id product_id relevance`, from 1 to 3.")
    ] = None,
    behaviour: Annotated[
        Path | None,
        typer.Option(help="In their place: a log of what customers did, as `aisle train` reads."),
    ] = None,
    test_since: Annotated[
        datetime | None, typer.Option(help="As for `aisle train`: the log is held out from here.")
    ] = None,
    fewest_impressions: Annotated[
        int, typer.Option(min=1, help="As for `aisle train`: those that judge a product.")
    ] = FEWEST_IMPRESSIONS,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check configuration, data, models and index, and say what to do about each finding.

    With products, and queries and qrels or behaviour, check those instead: what `aisle train` would
    stumble over.
    Exit status 1 if anything keeps the assistant from working, or the data from being used.
    """
    judged = (queries, qrels)
    if part is Part.CHANNELS:
        if any((products, behaviour, *judged)):
            raise typer.BadParameter("channels have no products, queries, qrels or behaviour")
        found = channel_findings(Settings())
    elif products is not None and behaviour is not None and not any(judged):
        found = list(_behaviour(products, behaviour, test_since, fewest_impressions))
    elif products is not None and queries is not None and qrels is not None and not behaviour:
        found = list(_judgments(products, queries, qrels))
    elif any((products, behaviour, *judged)):
        raise typer.BadParameter("give products, and either queries and qrels, or behaviour")
    else:
        found = list(findings(Settings()))
    failed = any(each.level == "error" for each in found)
    if json:
        print_json({"ok": not failed, "findings": [asdict(each) for each in found]})
    else:
        for each in found:
            stdout.print(f"{MARKS[each.level]} {each.check}: {each.detail}", markup=False)
            if each.do:
                stdout.print(f"    {each.do}", markup=False)
    if failed:
        stderr.print(
            "These data can't be learnt from."
            if products
            else "The assistant can't work like this."
        )
        raise typer.Exit(1)


def findings(settings: Settings) -> Iterator[Finding]:
    """Every check's outcome, in the order in which one would mend them."""
    yield _rasa_environment(settings)
    engine = connect(settings.database_url)
    database = _database(engine)
    yield database
    if database.level != "error":
        yield from _catalogue(engine)
        yield _search(settings, engine)
        yield from support_findings(settings, engine)
    yield _dialogue(settings)
    yield _voice(settings)
    yield _secrets(settings)
    engine.dispose()


def _judgments(products: Path, queries: Path, qrels: Path) -> Iterator[Finding]:
    from recommender.training.data.validation import validate_judgments

    finding, product_of = _imported(products)
    yield finding
    if finding.level != "error":
        for each in validate_judgments(queries, qrels, product_of.keys()):
            yield Finding("judgments", each.level, each.detail, each.do)


def _behaviour(
    products: Path, log: Path, test_since: datetime | None, fewest: int
) -> Iterator[Finding]:
    from recommender.training.data.behaviour_validation import validate_behaviour

    finding, product_of = _imported(products)
    yield finding
    if finding.level != "error":
        for each in validate_behaviour(log, product_of, test_since=test_since, fewest=fewest):
            yield Finding("behaviour", each.level, each.detail, each.do)


def _imported(products: Path) -> tuple[Finding, Mapping[str, str]]:
    """What is to say of a product file, and the product that each of its ids stands for."""
    from recommender.evaluation.catalogue import catalogue_of

    with tempfile.TemporaryDirectory() as folder:
        try:
            with catalogue_of(products, Path(folder)) as catalogue:
                imported, product_of = catalogue.imported, catalogue.product_of
        except (FeedError, JudgedQueriesError) as error:
            return Finding("products", "error", str(error), "Mend the file first."), {}
    if imported.rejected:
        first = imported.rejections[0]
        finding = Finding(
            "products",
            "warning",
            f"{imported.rejected:,} of {imported.read:,} rows are left out; line {first.line}: "
            f"{first.reason}",
            "`aisle import` says why of each.",
        )
        return finding, product_of
    return Finding("products", "ok", f"{imported.read:,} rows"), product_of


def _rasa_environment(settings: Settings) -> Finding:
    check = "Rasa's environment"
    repair = "Run `make setup`."
    if not settings.rasa_python.exists():
        return Finding(check, "error", f"{settings.rasa_python} is missing", repair)
    program = "import importlib.metadata as m; print(m.version('rasa'))"
    done = subprocess.run(
        [str(settings.rasa_python), "-c", program], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        return Finding(check, "error", "Rasa is not installed in it", repair)
    return Finding(check, "ok", f"Rasa {done.stdout.strip()}")


def _database(engine: Engine) -> Finding:
    check = "Database"
    where = engine.url.render_as_string(hide_password=True)
    try:
        current = schema.is_current(engine)
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        return Finding(check, "error", f"{where}: {reason}", "Check AISLE_DATABASE_URL.")
    if not current:
        return Finding(check, "error", f"{where} has no current tables", "Run `aisle setup`.")
    return Finding(check, "ok", where)


def _catalogue(engine: Engine) -> Iterator[Finding]:
    with sessions(engine)() as session:
        products = session.scalar(select(func.count()).select_from(Product)) or 0
        variants, priced = session.execute(
            select(func.count(), func.count(Variant.price)).select_from(Variant)
        ).one()
        policies = session.scalar(select(func.count()).select_from(Policy)) or 0
    unpriced = variants - priced
    if not products:
        yield Finding(
            "Catalogue",
            "error",
            "no products",
            "Run `aisle import FILE`, or `aisle setup` for the demo shop.",
        )
    else:
        yield Finding("Catalogue", "ok", f"{products:,} products, {variants:,} variants")
    if unpriced:
        yield Finding(
            "Prices",
            "warning",
            f"{unpriced:,} of {variants:,} variants have no price; a price limit leaves them out",
            "Add a `price` column to the feed if the shop sells them.",
        )
    if not policies:
        yield Finding(
            "Policies",
            "warning",
            "no policy texts; questions about returns or shipping can't be answered",
            "Run `aisle policies FOLDER` over the shop's help pages in Markdown.",
        )


def _search(settings: Settings, engine: Engine) -> Finding:
    check = "Models and index"
    try:
        open_minilm(settings.data_dir)
        search = open_search(settings, engine)
    except ModelError as error:
        return Finding(check, "error", str(error), "Run `aisle setup`.")
    except IndexUnavailableError as error:
        return Finding(check, "error", str(error))
    behind = search.outstanding
    if behind:
        return Finding(
            check, "warning", f"the index is {behind:,} changes behind", "Run `aisle index`."
        )
    if not search.reranks:
        return Finding(
            check, "warning", "no reranker; search ranks by retrieval alone", "Run `aisle setup`."
        )
    return Finding(check, "ok", f"{len(search):,} products in the index")


def _dialogue(settings: Settings) -> Finding:
    check = "Dialogue model"
    if not (dialogue.model_folder(settings) / dialogue.MODEL_NAME).exists():
        return Finding(check, "error", "not trained yet", "Run `aisle train dialogue`.")
    if not dialogue.is_trained(settings):
        changed = ", ".join(str(PROJECT_ROOT / name) for name in dialogue.INPUTS[:2])
        return Finding(
            check, "warning", f"older than its inputs ({changed}, …)", "Run `aisle train dialogue`."
        )
    return Finding(check, "ok", "trained, and its inputs have not changed since")


def _voice(settings: Settings) -> Finding:
    check = "Voice"
    try:
        shop = Voice.load(settings).shop
    except VoiceError as error:
        return Finding(check, "error", str(error), "Mend that line: docs/voice.md.")
    return Finding(check, "ok", f"{shop.assistant_name} of {shop.name}, {shop.tone}")


def _secrets(settings: Settings) -> Finding:
    check = "Secrets"
    folder = settings.data_dir / "secrets"
    exposed = (
        [file.name for file in folder.glob("*.key") if file.stat().st_mode & 0o077]
        if folder.exists()
        else []
    )
    if exposed:
        return Finding(
            check,
            "error",
            f"{', '.join(exposed)} can be read by other users of this machine",
            f"Run `chmod 600 {folder}/*.key`, and delete them if others may have seen them: "
            "new ones are made at the next start.",
        )
    return Finding(check, "ok", "readable by their owner only")
