"""What is wrong with judged queries, before a training finds out the hard way."""

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from recommender.evaluation.judged_queries import (
    FEWEST_JUDGED,
    HIGHEST_GRADE,
    LOWEST_GRADE,
    JudgedQueriesError,
    read_table,
)
from recommender.training.data.split import Part, by_evaluation, split_queries

Level = Literal["ok", "warning", "error"]

_SKEWED = 0.95
FEW_TO_TEST = 30
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class DataFinding:
    level: Level
    detail: str
    do: str = ""
    """What mends it; empty where nothing is wrong."""


def validate_judgments(
    queries: Path, qrels: Path, products: Collection[str]
) -> Iterator[DataFinding]:
    """Every fault of the two files, each with its first lines; the counts where there is none.

    Args:
        products: ids of products and variants that may be judged.
    """
    texts: dict[str, str] = {}
    try:
        for where, row in read_table(queries, ("query_id", "query")):
            if texts.setdefault(row["query_id"], row["query"]) != row["query"]:
                yield DataFinding(
                    "error",
                    f"{where}: {row['query_id']} stands for another query already",
                    "Give each query an id of its own.",
                )
        rows = list(read_table(qrels, ("query_id", "product_id", "relevance")))
    except (JudgedQueriesError, csv.Error) as error:
        yield DataFinding("error", str(error))
        return
    yield from _broken(rows, texts, products)
    good = [
        (row["query_id"], row["product_id"], grade)
        for _, row in rows
        if (grade := _grade(row["relevance"])) is not None
        and row["query_id"] in texts
        and row["product_id"] in products
    ]
    yield from _contradicting(good)
    yield from label_findings([grade for _, _, grade in good])
    yield from _parts(texts, good)


def _broken(
    rows: list[tuple[str, dict[str, str]]], texts: Mapping[str, str], products: Collection[str]
) -> Iterator[DataFinding]:
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    for where, row in rows:
        if _grade(row["relevance"]) is None:
            fault = (
                f"have a relevance that is no number from {LOWEST_GRADE:.0f} to "
                f"{HIGHEST_GRADE:.0f}",
                "Bring your grades to that scale.",
            )
            faults[fault].append(f"{where}: {row['relevance']}")
        if row["query_id"] not in texts:
            fault = ("judge a query that the queries lack", "Add it, or take the lines out.")
            faults[fault].append(f"{where}: {row['query_id']}")
        if row["product_id"] not in products:
            fault = ("judge a product that the shop lacks", "Import it, or take the lines out.")
            faults[fault].append(f"{where}: {row['product_id']}")
    for (what, do), places in faults.items():
        yield DataFinding("error", f"{len(places):,} judgments {what} ({first_of(places)})", do)


def first_of(places: Sequence[str]) -> str:
    """The first few of many places, and how many more there are."""
    named = "; ".join(places[:_MOST_NAMED])
    more = f"; and {len(places) - _MOST_NAMED:,} more" if len(places) > _MOST_NAMED else ""
    return named + more


def _contradicting(good: list[tuple[str, str, float]]) -> Iterator[DataFinding]:
    grades: dict[tuple[str, str], set[float]] = defaultdict(set)
    pairs = Counter((query, product) for query, product, _ in good)
    for query, product, grade in good:
        grades[query, product].add(grade)
    twice = sum(count > 1 for count in pairs.values())
    apart = sum(len(each) > 1 for each in grades.values())
    if apart:
        yield DataFinding(
            "warning",
            f"{apart:,} pairs of query and product are judged differently in two places",
            "The better grade counts. Settle which is right.",
        )
    elif twice:
        yield DataFinding(
            "warning", f"{twice:,} pairs of query and product are judged twice", "Take one out."
        )


def label_findings(grades: list[float]) -> Iterator[DataFinding]:
    """Grades that tell nothing apart, or next to nothing."""
    if not grades:
        yield DataFinding("error", "not one judgment can be used", "Mend the files first.")
        return
    grade, count = Counter(grades).most_common(1)[0]
    if count == len(grades):
        yield DataFinding(
            "error",
            f"all judgments are {grade:g}: there is nothing to tell apart",
            "Judge products that do not answer a query, too.",
        )
    elif count > _SKEWED * len(grades):
        yield DataFinding(
            "warning",
            f"{count / len(grades):.0%} of the judgments are {grade:g}",
            "Judge more of what is rare: a model learns little from the rest.",
        )


def _parts(texts: Mapping[str, str], good: list[tuple[str, str, float]]) -> Iterator[DataFinding]:
    judged = Counter(query for query, _, _ in good)
    asked = {id: " ".join(text.split()) for id, text in texts.items() if judged[id]}
    if not asked:
        return
    parts = split_queries(asked.values(), by_evaluation)
    sizes = Counter(parts[text] for text in asked.values())
    short = sum(judged[id] < FEWEST_JUDGED for id in asked)
    if not sizes[Part.TRAIN]:
        yield DataFinding("error", "no query is left to train on", "Judge more queries.")
    if sizes[Part.TEST] < FEW_TO_TEST:
        yield DataFinding(
            "warning",
            f"only {sizes[Part.TEST]} queries are held out for the test",
            f"Under {FEW_TO_TEST} a better model is not told from a lucky one: judge more.",
        )
    if short > len(asked) / 2:
        yield DataFinding(
            "warning",
            f"{short:,} of {len(asked):,} queries have fewer than {FEWEST_JUDGED} judgments",
            "Judge more products of a query: an order of few says little.",
        )
    yield DataFinding(
        "ok",
        f"{len(asked):,} queries with {sum(judged.values()):,} judgments: "
        f"{sizes[Part.TRAIN]:,} to train on, {sizes[Part.DEV]:,} to choose by, "
        f"{sizes[Part.TEST]:,} held out",
    )


def _grade(relevance: str) -> float | None:
    try:
        grade = float(relevance)
    except ValueError:
        return None
    return grade if LOWEST_GRADE <= grade <= HIGHEST_GRADE else None
