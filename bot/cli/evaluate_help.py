"""`aisle evaluate help`: how well questions find their answers in the help pages."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import CommandError, print_json, stdout
from bot.help.answers import HelpDesk
from bot.help.learning import learn
from bot.help.measuring import Outcome, measure
from bot.help.questions import DEVELOPMENT, TEST, HelpQuestionsError, read_questions
from bot.settings import Settings
from catalog.demo.source import POLICIES
from catalog.policy_files import read_policies
from recommender.serving.models import open_minilm


def evaluate_help(
    questions: Annotated[
        Path,
        typer.Option(help="TOML, as bot/help/test.toml: questions with the passages they want."),
    ] = TEST,
    pages: Annotated[
        Path, typer.Option(help="Help pages, as `aisle policies` reads them.", exists=True)
    ] = POLICIES,
    calibrate: Annotated[
        bool,
        typer.Option(
            "--calibrate",
            help=f"First learn weights and threshold from {DEVELOPMENT.name} over the demo "
            "shop's pages, and keep them.",
        ),
    ] = False,
    mistakes: Annotated[
        bool, typer.Option("--mistakes", help="Also print every question that went wrong.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how many questions get the right passage, and how many a wrong one with confidence.

    By default: questions over the demo shop's pages, none of which anything was learnt from.

    Example: aisle evaluate help --mistakes
    """
    desk = HelpDesk.open(open_minilm(Settings().data_dir))
    try:
        if calibrate:
            learnt = learn(desk.finder, read_policies(POLICIES), read_questions(DEVELOPMENT))
            learnt.save()
            desk.finder.calibration = learnt
        report, outcomes = measure(desk, read_policies(pages), read_questions(questions))
    except HelpQuestionsError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(report.to_json())
        return
    stdout.print(
        f"{report.questions:,} questions, {report.answerable:,} of which the pages answer: right "
        f"passage {report.right_passage:.4f}, given with confidence {report.answered:.4f}; wrong "
        f"with confidence {report.wrong_with_confidence:.4f} of all, at the threshold "
        f"{report.threshold:.4f}"
    )
    for each in outcomes if mistakes else ():
        if each.is_wrong or (each.question.answers and not each.is_answered):
            stdout.print(_told(each), markup=False)


def _told(outcome: Outcome) -> str:
    given = [each.heading or each.page for each in outcome.help.answers]
    nearest = outcome.help.nearest
    unsure = f"not sure of {nearest.heading or nearest.page!r}" if nearest else "nothing"
    return f"{outcome.question.ask}: {', '.join(given) or unsure}"
