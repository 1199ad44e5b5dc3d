"""Heads of the real MiniLM, cut away."""

from pathlib import Path
from typing import Any

import pytest
import torch
from sentence_transformers import CrossEncoder

from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.training.adaptation import adapt, save_trained
from recommender.training.choices import Method
from recommender.training.config import RerankerConfig
from recommender.training.data.dataset import RankedList
from recommender.training.errors import TrainingError
from recommender.training.pruning import heads_to_keep
from recommender.weights.minilm import minilm_folder
from recommender.weights.shape import HEADS, Shape, encoder_of, keep_heads, shape_in
from recommender.weights.trained import Kind, load, minilm, settings_of

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

SIZE = 32
"""Numbers of a head."""
LISTS = [
    RankedList(
        f"{color} mug", (f"{color} mug", "blue tent", "rope"), (1.0, 0.1, 0.0), (0.9, 0.5, 0)
    )
    for color in ("red", "green", "white")
]
SIX = tuple(tuple(range(layer % 2, HEADS, 2)) for layer in range(6))


def logits(model: Any) -> torch.Tensor:
    ids = torch.arange(2000, 2012).reshape(2, 6)
    with torch.inference_mode():
        out: torch.Tensor = model(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            token_type_ids=torch.zeros_like(ids),
        ).logits
    return out


def config(out: Path, **more: Any) -> RerankerConfig:
    return RerankerConfig(out=out, database_url="sqlite://", **more)


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """A model that learnt to like some heads: what the others of each layer say, it ignores."""
    torch.manual_seed(0)
    model = minilm(Kind.RERANKER)
    with torch.no_grad():
        for layer, liked in zip(encoder_of(model).encoder.layer, SIX, strict=True):
            for head in set(range(HEADS)) - set(liked):
                layer.attention.output.dense.weight[:, head * SIZE : (head + 1) * SIZE] = 0
    save_trained(model, Kind.RERANKER, config(tmp_path / "a", method=Method.FULL), {})
    return tmp_path / "a"


def test_heads_that_say_nothing_are_not_kept(trained: Path, tmp_path: Path) -> None:
    model = CrossEncoder(str(minilm_folder()), num_labels=1, device="cpu")
    kept = heads_to_keep(LISTS, model, config(tmp_path, init=trained, heads=6))
    assert kept == SIX


def test_a_model_without_heads_that_said_nothing_scores_the_same(trained: Path) -> None:
    model = load(trained, Kind.RERANKER)
    before = logits(model)
    keep_heads(model, SIX)
    torch.testing.assert_close(logits(model), before, atol=1e-5, rtol=1e-5)
    layer = encoder_of(model).encoder.layer[0].attention
    assert layer.self.query.weight.shape == (6 * SIZE, HEADS * SIZE)
    assert layer.output.dense.weight.shape == (HEADS * SIZE, 6 * SIZE)


@pytest.mark.parametrize("method", sorted({*Method} - {Method.PREFIX}))
def test_what_is_written_has_the_heads_that_learnt(
    method: Method, trained: Path, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    told = config(tmp_path / "b", init=trained, heads=6, method=method)
    model = load(trained, Kind.RERANKER)
    keep_heads(model, SIX)
    adapted = adapt(model, Kind.RERANKER, told, steps=10)
    with torch.no_grad():
        for weight in adapted.parameters():
            if weight.requires_grad:
                weight.add_(torch.randn_like(weight) * 0.01)
    learnt = logits(adapted.eval())
    save_trained(adapted, Kind.RERANKER, told, {}, Shape().with_heads(SIX))
    assert shape_in(settings_of(told.out)) == Shape(heads=SIX)
    torch.testing.assert_close(logits(load(told.out, Kind.RERANKER)), learnt, atol=2e-4, rtol=1e-3)


def test_fewer_heads_are_served_and_take_less_room(trained: Path, tmp_path: Path) -> None:
    model = load(trained, Kind.RERANKER)
    keep_heads(model, SIX)
    told = config(tmp_path / "b", init=trained, heads=6, method=Method.FULL)
    save_trained(model, Kind.RERANKER, told, {}, Shape().with_heads(SIX))
    for name, folder in (("all", trained), ("six", told.out)):
        export_reranker(folder, tmp_path / "served" / name)
    whole, half = (OnnxReranker(tmp_path / "served" / name) for name in ("all", "six"))
    texts = ["a red mug", "a tent"]
    assert half.scores("mug", texts) == pytest.approx(whole.scores("mug", texts), abs=0.02)
    sizes = [(tmp_path / "served" / name / "model.onnx").stat().st_size for name in ("all", "six")]
    assert sizes[0] - sizes[1] > 1_500_000  # half of four matrices of 147 kB, in six layers


def test_heads_keep_the_numbers_that_they_have_in_minilm() -> None:
    six = Shape().with_heads([(1, 3, 5)] * 6)
    assert six.with_heads([(0, 2)] * 6).heads == ((1, 5),) * 6
    three = six.with_layers([1, 3, 5])
    assert (three.layers, three.heads) == ((1, 3, 5), ((1, 3, 5),) * 3)
    assert shape_in(three.to_settings()) == three
    assert Shape().to_settings() == {}


def test_heads_do_not_come_back(trained: Path, tmp_path: Path) -> None:
    model = load(trained, Kind.RERANKER)
    keep_heads(model, SIX)
    told = config(tmp_path / "b", init=trained, heads=6, method=Method.FULL)
    save_trained(model, Kind.RERANKER, told, {}, Shape().with_heads(SIX))
    more = config(tmp_path / "c", init=told.out, heads=8)
    encoder = CrossEncoder(str(minilm_folder()), num_labels=1, device="cpu")
    with pytest.raises(TrainingError, match="has 6 heads in a layer"):
        heads_to_keep(LISTS, encoder, more)
