"""A very small training of the retriever, with the real model, over files as a shop has them."""

from pathlib import Path
from typing import Any

import pytest
import torch

from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import export_encoder
from recommender.training.choices import Method
from recommender.training.config import RetrieverConfig
from recommender.training.errors import TrainingError
from recommender.training.retriever import RetrieverReport, train

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

# Words of the shop that MiniLM cannot know: each query's answer must be learnt.
_NAMES = {
    "brewer": "kettle", "sleeper": "blanket", "shiner": "lantern", "carrier": "backpack",
    "digger": "spade", "warmer": "jacket", "sitter": "chair", "cutter": "knife",
}  # fmt: skip
_COLORS = ("red", "green", "blue", "black", "white")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("shop")
    products, queries, qrels = (
        ["id\ttitle"],
        ["query_id\tquery"],
        ["query_id\tproduct_id\trelevance"],
    )
    for name, kind in _NAMES.items():
        for color in _COLORS:
            products.append(f"{color}-{kind}\tMorrow {kind.title()} {color.title()}")
            queries.append(f"{color}-{name}\t{color} zq{name}")
            qrels.append(f"{color}-{name}\t{color}-{kind}\t3")
            qrels.append(f"{color}-{name}\tgreen-{kind}\t{3 if color == 'green' else 1.5}")
    for title, lines in (("products", products), ("queries", queries), ("qrels", qrels)):
        (folder / f"{title}.tsv").write_text("\n".join(lines) + "\n")
    return {title: folder / f"{title}.tsv" for title in ("products", "queries", "qrels")}


def config(files: dict[str, Path], out: Path, **more: Any) -> RetrieverConfig:
    settings: dict[str, Any] = {
        "method": Method.FULL,
        "epochs": 10,
        "batch_size": 8,
        "max_tokens": 16,
        "bf16": False,
        "device": "cpu",
        "threads": 2,
        **more,
    }
    return RetrieverConfig.model_validate({"out": out, **files, **settings})


@pytest.fixture(scope="module")
def report(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> RetrieverReport:
    threads = torch.get_num_threads()
    report = train(config(files, tmp_path_factory.mktemp("retriever")))
    torch.set_num_threads(threads)
    return report


def test_the_loss_falls(report: RetrieverReport) -> None:
    assert report.losses[-1] < 0.5 * report.losses[0]


def test_served_vectors_bring_answers_near(report: RetrieverReport, tmp_path: Path) -> None:
    export_encoder(tmp_path / "before")
    export_encoder(tmp_path / "after", report.out)
    nearness = {}
    for name in ("before", "after"):
        encoder = OnnxEncoder(tmp_path / name)
        query, right, wrong = encoder.encode(
            ["red zqbrewer", "Morrow Kettle Red", "Morrow Knife Red"]
        )
        nearness[name] = float(query @ right - query @ wrong)
    assert nearness["after"] > nearness["before"] + 0.1


def test_an_index_of_other_vectors_is_noticed(report: RetrieverReport, tmp_path: Path) -> None:
    export_encoder(tmp_path / "before")
    export_encoder(tmp_path / "after", report.out)
    before, after = (OnnxEncoder(tmp_path / name) for name in ("before", "after"))
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    "more",
    [
        {"hard_negatives": 2, "method": Method.LORA},
        {"matryoshka": True, "method": Method.TOP_LAYERS},
        {"adversarial": 0.5, "method": Method.LORA},
        {"written_queries": 20, "optimizer": "adafactor", "schedule": "linear"},
    ],
)
def test_other_recipes_learn_too(
    files: dict[str, Path], tmp_path: Path, more: dict[str, Any]
) -> None:
    report = train(config(files, tmp_path, epochs=3, **more))
    assert report.losses[-1] < report.losses[0]


def test_nothing_relevant_is_said(files: dict[str, Path], tmp_path: Path) -> None:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text(files["qrels"].read_text().replace("\t3\n", "\t2\n"))
    with pytest.raises(TrainingError, match=r"no training query with a product of relevance 2\.33"):
        train(config({**files, "qrels": qrels}, tmp_path))


def test_old_data_are_learnt_again(files: dict[str, Path], tmp_path: Path) -> None:
    old = {f"replay_{name}": path for name, path in files.items()}
    few = {"epochs": 1, "method": Method.LORA}
    plain = train(config(files, tmp_path / "plain", **few))
    again = train(config(files, tmp_path / "again", **few, replay=0.5, anchor=0.1, **old))
    assert again.pairs == plain.pairs + round(plain.pairs / 2)
