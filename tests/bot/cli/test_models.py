import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recommender.evaluation.significance import Difference
from recommender.registry.audit import Audit
from recommender.registry.gate import Guard, Verdict
from recommender.registry.registry import Registry
from recommender.training.data.corpus import Corpus, corpus_of_behaviour
from recommender.training.data.split import Part
from recommender.weights.trained import WEIGHTS, Kind
from tests.bot.cli.conftest import RunAisle
from tests.recommender.training.data.simulated_shoppers import Shoppers

BETTER = Verdict("ndcg@10", Difference(0.02, 0.01, 0.03, 0.001), True, [])
SLOWER = Verdict(
    "ndcg@10",
    Difference(0.02, 0.01, 0.03, 0.001),
    True,
    [Guard("ms a query", False, "ms a query: 20.0 to 90.0, at most 1.25x is allowed")],
)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    texts = {
        "products": "id\ttitle\np1\tMug\n",
        "queries": "query_id\tquery\nq1\tmug\n",
        "qrels": "query_id\tproduct_id\trelevance\nq1\tp1\t3\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.tsv").write_text(text)
    return [part for name in texts for part in (f"--{name}", str(tmp_path / f"{name}.tsv"))]


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    folder = tmp_path / "trained"
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(b"1")
    (folder / "aisle.json").write_text(json.dumps({"kind": "reranker"}))
    return folder


@pytest.fixture
def logged(tmp_path: Path) -> list[str]:
    """The same of a shop that has a log and no judgments."""
    shoppers = Shoppers(queries=30, products=6)
    products = ["id\ttitle", *(f"p{number}\tThing {number}" for number in range(6))]
    (tmp_path / "shop.tsv").write_text("\n".join(products) + "\n")
    rows = [
        f"{each.kind}\t{each.product_id}\t{each.customer}\t{each.time.isoformat()}"
        f"\t{each.query}\t{each.position}"
        for each in shoppers.events(200, seed=1)
    ]
    header = "event\tproduct_id\tcustomer\ttime\tquery\tposition"
    (tmp_path / "log.tsv").write_text("\n".join([header, *rows]) + "\n")
    return ["--products", str(tmp_path / "shop.tsv"), "--behaviour", str(tmp_path / "log.tsv")]


def decide(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    """The gate itself is tested by itself; here, what follows from it."""
    monkeypatch.setattr("recommender.registry.trial.try_reranker", lambda *_, **__: verdict)


def test_a_better_model_goes_into_service_and_out(
    aisle: RunAisle,
    data_dir: Path,
    files: list[str],
    trained: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide(monkeypatch, BETTER)
    done = aisle("models", "promote", str(trained), *files, "--json")
    assert done.status == 0
    assert done.json["version"] == 1
    listed = aisle("models", "list", "--json").json["models"]
    serving = [(each["kind"], each["version"]) for each in listed if each["in_service"]]
    assert serving == [("reranker", 1), ("retriever", 0)]
    assert aisle("models", "show", "reranker", "1").json["gate"]["passes"] is True
    assert "What ships" in aisle("models", "rollback", "reranker").out
    assert Registry(data_dir, Kind.RERANKER).current == 0
    again = aisle("models", "rollback", "reranker")
    assert again.status == 1
    assert "No other reranker" in again.err


def test_a_refused_model_says_why_and_changes_nothing(
    aisle: RunAisle,
    data_dir: Path,
    files: list[str],
    trained: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide(monkeypatch, SLOWER)
    done = aisle("models", "promote", str(trained), *files)
    assert done.status == 1
    assert "Not promoted: ms a query: 20.0 to 90.0" in done.err
    assert Registry(data_dir, Kind.RERANKER).versions() == []


def test_an_unknown_version_and_a_missing_file_are_told(
    aisle: RunAisle, files: list[str], trained: Path
) -> None:
    assert "There are: none" in aisle("models", "show", "reranker", "9").err
    files[-1] += ".gone"
    done = aisle("models", "promote", str(trained), *files)
    assert done.status == 1
    assert "No such file" in done.err


def test_a_reranker_is_measured_beside_the_retriever_that_serves(
    aisle: RunAisle,
    files: list[str],
    trained: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    retriever = tmp_path / "retriever"
    retriever.mkdir()
    (retriever / WEIGHTS).write_bytes(b"1")
    monkeypatch.setenv("AISLE_EMBEDDING_MODEL", str(retriever))
    beside: list[Path | None] = []

    def judged(*_: object, retriever: Path | None = None, **__: object) -> Verdict:
        beside.append(retriever)
        return SLOWER

    monkeypatch.setattr("recommender.registry.trial.try_reranker", judged)
    aisle("models", "promote", str(trained), *files)
    assert beside == [retriever]


def test_a_log_judges_in_the_place_of_people(
    aisle: RunAisle,
    logged: list[str],
    trained: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpora: list[Corpus] = []

    def judged(corpus: Corpus, *_: object, **__: object) -> Verdict:
        corpora.append(corpus)
        return BETTER

    def audited(corpus: Corpus, *_: object, **__: object) -> Audit:
        corpora.append(corpus)
        return Audit(Kind.RERANKER, 0, {}, {}, [])

    monkeypatch.setattr("recommender.registry.trial.try_reranker", judged)
    monkeypatch.setattr("recommender.registry.trial.audit_reranker", audited)
    few = ("--fewest-impressions", "1")
    since = ("--test-since", "2026-01-03")
    assert aisle("models", "promote", str(trained), *logged, *few, "--json").json["version"] == 1
    assert aisle("models", "audit", str(trained), *logged, *since, "--json").status == 0
    shop, log = tmp_path / "shop.tsv", tmp_path / "log.tsv"
    expected = [
        corpus_of_behaviour(shop, log, fewest=1),
        corpus_of_behaviour(shop, log, test_since=datetime(2026, 1, 3, tzinfo=UTC)),
    ]
    for corpus, same in zip(corpora, expected, strict=True):
        assert corpus.judgments_of(Part.TEST) == same.judgments_of(Part.TEST) != []
    assert corpora[0].judgments != corpora[1].judgments


@pytest.mark.parametrize("verb", ["promote", "audit"])
def test_judgments_that_cannot_be_used_are_told(
    aisle: RunAisle, files: list[str], logged: list[str], trained: Path, verb: str
) -> None:
    both = aisle("models", verb, str(trained), *files, *logged[2:])
    assert (both.status, "give one of" in both.err) == (2, True)
    none = aisle("models", verb, str(trained))
    assert (none.status, "give products" in none.err) == (2, True)
    with Path(logged[-1]).open("a") as log:
        log.write("applause\tp1\tc1\t2026-01-09T12:00:00\t\t\n")
    broken = aisle("models", verb, str(trained), *logged)
    assert (broken.status, "applause" in broken.err) == (1, True)


def test_a_retriever_is_promoted_too_and_the_reranker_beside_it_is_told(
    aisle: RunAisle,
    data_dir: Path,
    files: list[str],
    trained: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (trained / "aisle.json").write_text(json.dumps({"kind": "retriever"}))
    monkeypatch.setattr("recommender.serving.export.prepare", lambda *_, **__: None)
    monkeypatch.setattr("recommender.serving.models.open_reranker", lambda *_: None)
    monkeypatch.setattr(
        "recommender.registry.retriever_trial.try_retriever", lambda *_, **__: BETTER
    )
    monkeypatch.setenv("AISLE_EMBEDDING_MODEL", "named/model")
    done = aisle("models", "promote", str(trained), *files, "--json")
    assert done.json["version"] == 1
    assert "AISLE_EMBEDDING_MODEL is set" in done.err
    monkeypatch.delenv("AISLE_EMBEDDING_MODEL")
    assert Registry(data_dir, Kind.RETRIEVER).current == 1
    assert Registry(data_dir, Kind.RERANKER).current == 0
    listed = aisle("models", "list", "--json").json
    assert "chosen beside the retriever that ships" in listed["warnings"][0]
    assert "chosen beside the retriever that ships" in " ".join(aisle("models", "list").out.split())
    aisle("models", "rollback", "retriever")
    assert aisle("models", "list", "--json").json["warnings"] == []
