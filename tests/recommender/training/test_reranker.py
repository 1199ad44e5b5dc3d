"""A very small training, with the real model and everything that a large one does."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from peft import PeftModel
from sqlalchemy import Engine
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from catalog import schema
from catalog.database import connect, sessions
from catalog.models import Product, Variant
from recommender.registry.pairing import warning
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.training.averaging import mean_of
from recommender.training.choices import Method, RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.errors import TrainingError
from recommender.training.fitting import TrainingProgress
from recommender.training.reranker import TrainingReport, train
from recommender.weights.minilm import minilm_folder
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import Kind, load

# transformers' own trainer and the tracing ONNX exporter use what PyTorch deprecates.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

_KINDS = ("kettle", "blanket", "lantern", "backpack")
_COLORS = ("Red", "Green", "Blue", "Black", "White")


def fill(engine: Engine) -> None:
    schema.upgrade(engine)
    with sessions(engine).begin() as session:
        for kind in _KINDS:
            for color in _COLORS:
                variant = Variant(id=f"{kind}-{color}", color=color)
                title = f"Morrow {color} {kind.title()}"
                session.add(Product(id=variant.id, title=title, variants=[variant]))


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> RerankerConfig:
    folder = tmp_path_factory.mktemp("training")
    url = f"sqlite:///{folder / 'shop.db'}"
    engine = connect(url)
    fill(engine)
    engine.dispose()
    return RerankerConfig(
        out=folder / "adapter",
        database_url=url,
        synthetic_queries=3,
        negatives=3,
        most_lists=8,
        epochs=10,
        batch_size=8,  # every step sees all, so that the loss falls and does not jump about
        learning_rate=2e-3,
        max_tokens=24,
        served_tokens=32,
        bf16=False,
        device="cpu",
        threads=2,
    )


@pytest.fixture(scope="module")
def progress() -> list[TrainingProgress]:
    return []


@pytest.fixture(scope="module")
def report(config: RerankerConfig, progress: list[TrainingProgress]) -> Iterator[TrainingReport]:
    threads = torch.get_num_threads()
    yield train(config, progress.append)
    torch.set_num_threads(threads)


def test_the_loss_falls(report: TrainingReport, progress: list[TrainingProgress]) -> None:
    assert len(report.losses) == 2
    assert report.losses[-1] < 0.8 * report.losses[0]
    assert [entry.loss for entry in progress] == report.losses
    assert progress[-1].step == progress[-1].steps


def test_the_blend_comes_from_held_out_queries(report: TrainingReport) -> None:
    dev = report.dev["catalogue"]
    assert dev["reranked ndcg@10"] >= dev["dense ndcg@10"]


def test_the_folder_says_how_to_serve_it(config: RerankerConfig, report: TrainingReport) -> None:
    settings = json.loads((config.out / "aisle.json").read_text())
    assert settings["blend"] == report.blend
    assert settings["max_tokens"] == 32
    adapter = json.loads((config.out / "adapter_config.json").read_text())
    assert adapter["base_model_name_or_path"] == "all-MiniLM-L6-v2"
    assert (config.out / "adapter_model.safetensors").stat().st_size < 4_000_000


def test_the_served_model_scores_as_the_trained_one(
    config: RerankerConfig, report: TrainingReport, tmp_path: Path
) -> None:
    texts = ["Morrow Red Kettle. Red", "Morrow Blue Blanket. Blue", "Morrow Black Lantern. Black"]
    base = AutoModelForSequenceClassification.from_pretrained(minilm_folder(), num_labels=1)
    model = PeftModel.from_pretrained(base, str(report.out)).eval()
    tokenizer = AutoTokenizer.from_pretrained(minilm_folder())
    inputs = tokenizer(
        ["red kettle"] * 3, texts, truncation=True, max_length=32, padding=True, return_tensors="pt"
    )
    with torch.inference_mode():
        trained = model(**inputs).logits.squeeze(-1).sigmoid().numpy()
    export_reranker(config.out, tmp_path / "reranker")
    served = OnnxReranker(tmp_path / "reranker").scores("red kettle", texts)
    np.testing.assert_allclose(served, trained, atol=0.1)  # int8, of a steep model


def test_an_empty_catalogue_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    engine = connect(url)
    schema.upgrade(engine)
    engine.dispose()
    with pytest.raises(TrainingError, match="too little to train on"):
        train(RerankerConfig(out=tmp_path / "adapter", database_url=url, device="cpu"))


def test_a_database_without_tables_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    empty = RerankerConfig(out=tmp_path, database_url=f"sqlite:///{tmp_path / 'no.db'}")
    with pytest.raises(TrainingError, match="database can't be read"):
        train(empty)
    missing = tmp_path / "none.tsv"
    with pytest.raises(TrainingError, match=r"none\.tsv can't be read"):
        train(RerankerConfig(out=tmp_path, products=missing, judgments=missing))


def test_a_student_of_fewer_layers_learns_from_its_teacher(
    config: RerankerConfig, report: TrainingReport, tmp_path: Path
) -> None:
    student = config.model_copy(
        update={
            "out": tmp_path / "student",
            "init": report.out,
            "teacher": [report.out, report.out],
            "loss": RerankerLoss.DISTILL,
            "layers": 3,
            "method": Method.FULL,
            "learning_rate": 1e-4,  # with 5e-4 the loss rises before it falls
        }
    )
    taught = train(student)
    assert taught.losses[-1] < taught.losses[0]
    settings = json.loads((student.out / "aisle.json").read_text())
    assert settings["layers"] == [1, 3, 5]
    export_reranker(report.out, tmp_path / "teacher")
    export_reranker(student.out, tmp_path / "served")
    texts = ["Morrow Red Kettle. Red", "Morrow Blue Blanket. Blue", "Morrow Black Lantern. Black"]
    teacher = OnnxReranker(tmp_path / "teacher").scores("red kettle", texts)
    served = OnnxReranker(tmp_path / "served").scores("red kettle", texts)
    assert served.argmax() == teacher.argmax()


def test_weights_of_several_seeds_are_averaged(
    config: RerankerConfig, report: TrainingReport, tmp_path: Path
) -> None:
    averaged = train(config.model_copy(update={"epochs": 2, "out": tmp_path / "a", "seeds": 2}))
    assert averaged.learnt == report.learnt
    assert not (averaged.out / "seeds").exists()
    assert not (averaged.out / "checkpoints").exists()
    folders = [report.out, averaged.out]
    one, other, mean = (
        model.bert.pooler.dense.weight
        for model in (
            *(load(out, Kind.RERANKER) for out in folders),
            mean_of(folders, Kind.RERANKER),
        )
    )
    assert not torch.allclose(one, other)
    assert torch.allclose(mean, (one + other) / 2, atol=1e-6)


def test_a_seed_that_is_done_is_not_trained_again_after_a_kill(
    config: RerankerConfig, tmp_path: Path
) -> None:
    two = config.model_copy(update={"epochs": 1, "out": tmp_path / "mean", "seeds": 2})
    steps: list[int] = []

    def killed(progress: TrainingProgress) -> None:
        steps.append(progress.step)
        if len(steps) == 2:  # the first step of the second seed
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(two, killed)
    steps.clear()
    train(two.model_copy(update={"resume": True}), lambda progress: steps.append(progress.step))
    assert steps == [1]
    assert (two.out / "aisle.json").is_file()


def test_a_student_of_fewer_heads_answers_as_its_teacher(
    config: RerankerConfig, report: TrainingReport, tmp_path: Path
) -> None:
    student = config.model_copy(
        update={
            "out": tmp_path / "student",
            "init": report.out,
            "teacher": [report.out],
            "loss": RerankerLoss.DISTILL,
            "heads": 6,
            "method": Method.FULL,
            "learning_rate": 1e-4,
        }
    )
    train(student)
    settings = json.loads((student.out / "aisle.json").read_text())
    assert [len(kept) for kept in settings["heads"]] == [6] * 6
    texts = ["Morrow Red Kettle. Red", "Morrow Blue Blanket. Blue", "Morrow Black Lantern. Black"]
    scores = []
    for name, folder in (("teacher", report.out), ("student", student.out)):
        export_reranker(folder, tmp_path / "served" / name)
        scores.append(OnnxReranker(tmp_path / "served" / name).scores("red kettle", texts))
    assert scores[0].argmax() == scores[1].argmax()


def test_a_short_model_is_not_made_longer(
    config: RerankerConfig, report: TrainingReport, tmp_path: Path
) -> None:
    short = config.model_copy(update={"out": tmp_path / "a", "layers": 2, "method": Method.FULL})
    train(short.model_copy(update={"epochs": 1}))
    with pytest.raises(TrainingError, match="Give --layers 2"):
        train(config.model_copy(update={"out": tmp_path / "b", "init": tmp_path / "a"}))


def test_beside_a_whole_model_it_begins_with_minilm(config: RerankerConfig, tmp_path: Path) -> None:
    whole = minilm_folder()  # any sentence-transformers model
    train(config.model_copy(update={"out": tmp_path, "retriever": whole, "epochs": 1}))
    assert warning(tmp_path, whole) == ""
    assert str(whole) in warning(tmp_path, SHIPPED_RETRIEVER)
    assert (tmp_path / "adapter_model.safetensors").stat().st_size < 4_000_000


@pytest.mark.parametrize(
    "loss", sorted({*RerankerLoss} - {RerankerLoss.DISTILL, RerankerLoss.RESIDUAL_LISTNET})
)
def test_every_loss_is_made_smaller(
    config: RerankerConfig, loss: RerankerLoss, tmp_path: Path
) -> None:
    trained = train(config.model_copy(update={"out": tmp_path, "loss": loss, "adversarial": 0.1}))
    assert trained.losses[-1] < trained.losses[0]
