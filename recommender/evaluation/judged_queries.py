"""Queries of people, and how relevant they found each product: read from TSV files, and split."""

import csv
import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LOWEST_GRADE, HIGHEST_GRADE = 1.0, 3.0
RELEVANT_FROM = 2.33
"""Of the grades from 1 to 3."""
FEWEST_JUDGED = 5
"""A shorter judged list has little to order."""
_HELD_OUT_ONE_IN = 5


class JudgedQueriesError(ValueError):
    """A file that cannot be used; the message says which line, why, and what to do."""


class QueryPart(StrEnum):
    """A part of the queries, by a hash of their words: it never changes, and needs no file."""

    ALL = "all"
    DEV = "dev"
    """Four fifths: whatever is chosen, is chosen here."""
    TEST = "test"
    """The held-out fifth: it chooses nothing, and is reported."""

    def holds(self, query: str) -> bool:
        if self is QueryPart.ALL:
            return True
        digest = hashlib.sha256(query.encode()).digest()
        held_out = int.from_bytes(digest[:8]) % _HELD_OUT_ONE_IN == 0
        return held_out is (self is QueryPart.TEST)


@dataclass(frozen=True, slots=True)
class JudgedQueries:
    """Queries with at least one judged product each, in the order of their file."""

    texts: Mapping[str, str]
    """By query id."""
    grades: Mapping[str, Mapping[str, float]]
    """For each of these query ids, the relevance of each judged product id, 1 to 3."""

    def __len__(self) -> int:
        return len(self.texts)

    def gains(self) -> dict[str, dict[str, float]]:
        """2^(relevance - 1) - 1 in place of each relevance."""
        return {
            query_id: {product_id: gain(grade) for product_id, grade in judged.items()}
            for query_id, judged in self.grades.items()
        }

    def of(self, part: QueryPart) -> "JudgedQueries":
        return self._only(query_id for query_id, text in self.texts.items() if part.holds(text))

    def with_judged(self, fewest: int) -> "JudgedQueries":
        """Those with so many judged products or more."""
        return self._only(
            query_id for query_id in self.texts if len(self.grades[query_id]) >= fewest
        )

    def sample(self, size: int, *, seed: int = 0) -> "JudgedQueries":
        """So many of them, always the same ones; all where there are no more."""
        if size >= len(self):
            return self
        rng = random.Random(seed)  # noqa: S311 (a sample, not a secret)
        chosen = set(rng.sample(sorted(self.texts), size))
        return self._only(query_id for query_id in self.texts if query_id in chosen)

    def _only(self, query_ids: Iterator[str]) -> "JudgedQueries":
        kept = list(query_ids)
        return JudgedQueries(
            {query_id: self.texts[query_id] for query_id in kept},
            {query_id: self.grades[query_id] for query_id in kept},
        )


def gain(grade: float) -> float:
    """What a product of this relevance adds to a list, in NDCG: 2^(relevance - 1) - 1."""
    return float(2 ** (grade - 1) - 1)


def read_judged_queries(queries: Path, qrels: Path, product_of: Mapping[str, str]) -> JudgedQueries:
    """Reads `query_id query` and `query_id product_id relevance`, both TSV with a header.

    Judgments of queries that `queries` does not have are left out, so that a part of the queries
    can be taken without touching the qrels. `product_of` gives the product that each id of the
    qrels stands for: its own, or a variant's. A pair that was judged twice keeps the better grade.

    Raises:
        JudgedQueriesError: a file or column is missing, a value is not what it should be, a judged
            product is not in `product_of`, or no query is judged.
    """
    texts: dict[str, str] = {}
    for where, row in read_table(queries, ("query_id", "query")):
        if texts.setdefault(row["query_id"], row["query"]) != row["query"]:
            raise JudgedQueriesError(
                f"{where}: the query_id {row['query_id']} stands for another query already. "
                "Give each query an id of its own."
            )
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for where, row in read_table(qrels, ("query_id", "product_id", "relevance")):
        grade = _grade(row["relevance"], where)
        product_id = product_of.get(row["product_id"])
        if product_id is None:
            raise JudgedQueriesError(
                f"{where}: there is no product {row['product_id']} among those imported. "
                "Add it to the products, or take this line out."
            )
        if row["query_id"] in texts:
            judged = grades[row["query_id"]]
            judged[product_id] = max(grade, judged.get(product_id, grade))
    if not grades:
        raise JudgedQueriesError(
            f"None of the queries in {queries} is judged in {qrels}. "
            "Compare the query_id columns of the two files."
        )
    return JudgedQueries(
        {query_id: text for query_id, text in texts.items() if query_id in grades},
        {query_id: grades[query_id] for query_id in texts if query_id in grades},
    )


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a TSV file that have these columns, none empty, each with where it stands.

    Quotes are characters like any other: search queries are full of inches.

    Raises:
        JudgedQueriesError: the file cannot be read, or a column or value is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in columns if name not in (table.fieldnames or ())]
            if missing:
                raise JudgedQueriesError(
                    f"{path}, line 1: the column {missing[0]} is missing. "
                    f"The first line names the columns, with tabs between: {' '.join(columns)}."
                )
            for row in table:
                where = f"{path}, line {table.line_num}"
                for name in columns:
                    if not (row[name] or "").strip():
                        raise JudgedQueriesError(
                            f"{where}: {name} is empty. Fill it in, or take the line out."
                        )
                yield where, {name: row[name].strip() for name in columns}
    except OSError as error:
        raise JudgedQueriesError(f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise JudgedQueriesError(f"{path} is not UTF-8. Save it as UTF-8.") from error
    except csv.Error as error:
        raise JudgedQueriesError(f"{path} cannot be read as TSV: {error}.") from error


def _grade(relevance: str, where: str) -> float:
    try:
        grade = float(relevance)
    except ValueError:
        grade = math.nan
    if not LOWEST_GRADE <= grade <= HIGHEST_GRADE:
        raise JudgedQueriesError(
            f"{where}: the relevance {relevance} is not a number from 1 (irrelevant) to 3 "
            "(just what was asked for). Bring your grades to that scale."
        )
    return grade
