"""Questions of constraint_questions.toml: what is understood of them, and that it holds.

`pytest tests/recommender/query/test_constraint_questions.py -s` prints what was not understood.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomllib

from recommender.search import MOST_RESULTS, SearchEngine
from tests.recommender.query.checker import obeys, passing
from tests.recommender.query.outfitters import SHELVES, stocked

_UNDERSTOOD = 0.95
_QUESTIONS = tomllib.loads((Path(__file__).parent / "constraint_questions.toml").read_text())
_VARIANTS = {variant.id: variant for variant in stocked()}


@dataclass(frozen=True)
class Question:
    kind: str
    ask: str
    wants: dict[str, Any]


def questions() -> Iterator[Question]:
    for kind, asked in _QUESTIONS.items():
        for each in asked:
            wants = {name: _number(value) for name, value in each["wants"].items()}
            yield Question(kind, each["ask"], wants)


def test_what_is_shown_obeys_all_that_was_understood(outfitters: SearchEngine) -> None:
    """Every one, of as many as there are; a constraint is left out only where that is said."""
    broken, checked = [], 0
    for question in questions():
        response = outfitters.search(outfitters.understand(question.ask), k=MOST_RESULTS)
        understood = response.to_json(question.ask)["understood"]["filters"]
        for offer in response.results:
            for name, value in understood.items():
                if name in response.relaxed:
                    continue
                checked += 1
                if not obeys(_VARIANTS[offer.id], name, value):
                    broken.append(f"{question.ask!r}: {offer.id} is not {name} {value}")
    assert not broken, "\n".join(broken)
    assert checked > 1_500


def test_nothing_that_obeys_is_kept_back(outfitters: SearchEngine) -> None:
    """A constraint that is too strict would obey itself as well."""
    lost = []
    for question in questions():
        query = outfitters.understand(question.ask)
        wanted = query.filters.to_json()
        if "sort" in wanted or not wanted:
            continue  # those are about what the words say as well
        response = outfitters.search(query, k=MOST_RESULTS)
        if response.relaxed:
            expected = set()
        else:
            expected = passing(wanted)
            found = {offer.group_id for offer in response.results}
            if expected - found:
                lost.append(f"{question.ask!r}: {sorted(expected - found)} for {wanted}")
        if response.relaxed and passing(wanted):
            lost.append(f"{question.ask!r}: {response.relaxed} relaxed for {passing(wanted)}")
    assert not lost, "\n".join(lost)


def test_what_is_stated_is_understood(outfitters: SearchEngine) -> None:
    right: defaultdict[str, int] = defaultdict(int)
    stated: defaultdict[str, int] = defaultdict(int)
    missed: defaultdict[str, list[str]] = defaultdict(list)
    wrong: list[str] = []
    for question in questions():
        understood = outfitters.understand(question.ask).filters.to_json()
        for name, value in question.wants.items():
            stated[question.kind] += 1
            if _same(understood.get(name), value):
                right[question.kind] += 1
            else:
                missed[question.kind].append(
                    f"{question.ask!r}: {name} {value}, not {understood.get(name)}"
                )
        wrong += [
            f"{question.ask!r}: {name} {understood[name]}"
            for name in understood.keys() - question.wants.keys()
        ]
    lines = [f"{sum(right.values())} of {sum(stated.values())} stated constraints understood"]
    for kind, number in stated.items():
        lines.append(f"{kind}: {right[kind]} of {number}")
        lines += [f"    {each}" for each in missed[kind]]
    lines += ["understood but not stated:", *(f"    {each}" for each in wrong)]
    report = "\n".join(lines)
    print(report)
    assert sum(right.values()) >= _UNDERSTOOD * sum(stated.values()), report
    assert len(wrong) <= (1 - _UNDERSTOOD) * sum(stated.values()), report


def _number(value: object) -> object:
    """ "third of Kitchen > Pans" is the price that a third of the pans do not exceed."""
    for words, part in (("third of ", 1), ("two thirds of ", 2)):
        if isinstance(value, str) and value.startswith(words):
            path = value.removeprefix(words)
            lowest: dict[str, float] = {}
            for each in stocked():
                if each.category.startswith(path):
                    price = float(each.price)
                    lowest[each.row.id] = min(price, lowest.get(each.row.id, price))
            prices = sorted(lowest.values())
            return prices[-(-len(prices) * part // 3) - 1]
    return value


def _same(understood: object, wanted: object) -> bool:
    if isinstance(understood, list) and isinstance(wanted, list):
        return {str(each).lower() for each in understood} == {str(each).lower() for each in wanted}
    return understood == wanted


def test_the_questions_are_many_and_of_every_kind() -> None:
    kinds = {question.kind for question in questions()}
    assert len(list(questions())) >= 200
    assert len(kinds) >= 10
    assert len(SHELVES) >= 10
