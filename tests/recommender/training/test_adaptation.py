"""Each method over the real MiniLM: what learns, and that what is written is what was learnt."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer

from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.training.adaptation import adapt, save_trained
from recommender.training.choices import Method
from recommender.training.config import RerankerConfig, RetrieverConfig
from recommender.weights.minilm import minilm_folder
from recommender.weights.trained import Kind, is_trained, load, minilm

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    # Of one text, and no pair, they are all the same.
    pytest.mark.filterwarnings("ignore:Token type ids are not supported:UserWarning"),
]

ALL = 22_565_376
"""Weights of MiniLM with its pooler."""
SETTINGS = {"blend": 0.5, "max_tokens": 64}


def config(out: Path, method: Method, **more: Any) -> RerankerConfig:
    return RerankerConfig(out=out, database_url="sqlite://", method=method, **more)


def scores(model: Any) -> torch.Tensor:
    ids = torch.arange(2000, 2012).reshape(2, 6)
    with torch.inference_mode():
        inputs = {"attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
        out: torch.Tensor = model(input_ids=ids, **inputs)[0]
    return out


def stirred(model: Any) -> Any:
    """The model as if it had learnt: each weight that may is moved a little."""
    torch.manual_seed(1)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.requires_grad:
                weight.add_(torch.randn_like(weight) * 0.01)
    return model.eval()


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("kind", Kind)
def test_what_is_written_scores_as_what_learnt(method: Method, kind: Kind, tmp_path: Path) -> None:
    torch.manual_seed(0)
    adapted = stirred(adapt(minilm(kind), kind, config(tmp_path / "out", method), steps=100))
    learnt = scores(adapted)
    save_trained(adapted, kind, config(tmp_path / "out", method), SETTINGS)
    assert is_trained(tmp_path / "out")
    torch.testing.assert_close(scores(load(tmp_path / "out", kind)), learnt, atol=2e-4, rtol=1e-3)


@pytest.mark.parametrize("method", [Method.FULL, Method.ADAPTER, Method.PREFIX])
def test_what_cannot_be_merged_is_served_too(method: Method, tmp_path: Path) -> None:
    torch.manual_seed(0)
    adapted = stirred(adapt(minilm(Kind.RERANKER), Kind.RERANKER, config(tmp_path, method), 100))
    save_trained(adapted, Kind.RERANKER, config(tmp_path, method), SETTINGS)
    export_reranker(tmp_path, tmp_path / "served")
    texts = ["a red kettle", "a blue and very long blanket of wool"]
    served = OnnxReranker(tmp_path / "served").scores("red kettle", texts)
    tokenizer = AutoTokenizer.from_pretrained(minilm_folder())
    inputs = tokenizer(["red kettle"] * 2, texts, padding=True, return_tensors="pt")
    with torch.inference_mode():
        expected = adapted(**inputs).logits.squeeze(-1).sigmoid().numpy()
    np.testing.assert_allclose(served, expected, atol=0.05)


def test_few_weights_learn_but_with_full(tmp_path: Path) -> None:
    learning = {
        method: sum(
            weight.numel()
            for weight in adapt(
                minilm(Kind.RERANKER), Kind.RERANKER, config(tmp_path, method), steps=100
            ).parameters()
            if weight.requires_grad
        )
        for method in Method
    }
    assert learning[Method.FULL] > ALL
    assert learning[Method.HEAD] < learning[Method.TOP_LAYERS] < ALL / 4
    for method in (Method.LORA, Method.ADALORA, Method.IA3, Method.ADAPTER, Method.PREFIX):
        assert learning[method] < ALL / 15


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("kind", Kind)
def test_what_is_written_takes_no_more_than_what_learnt(
    method: Method, kind: Kind, tmp_path: Path
) -> None:
    adapted = stirred(adapt(minilm(kind), kind, config(tmp_path, method), steps=100))
    learnt = sum(each.numel() for each in adapted.parameters() if each.requires_grad)
    save_trained(adapted, kind, config(tmp_path, method), SETTINGS)
    written = sum(file.stat().st_size for file in tmp_path.glob("*.safetensors"))
    names_and_shapes = 40_000
    assert 3 * learnt < written < 4 * learnt + names_and_shapes


def test_going_on_from_a_model_keeps_what_it_knew(tmp_path: Path) -> None:
    torch.manual_seed(0)
    first = stirred(adapt(minilm(Kind.RETRIEVER), Kind.RETRIEVER, _retriever(tmp_path / "a"), 10))
    save_trained(first, Kind.RETRIEVER, _retriever(tmp_path / "a"), SETTINGS)
    goes_on = _retriever(tmp_path / "b", init=tmp_path / "a")
    second = adapt(load(tmp_path / "a", Kind.RETRIEVER), Kind.RETRIEVER, goes_on, 10)
    before = scores(first)
    torch.testing.assert_close(scores(second.eval()), before, atol=2e-4, rtol=1e-3)
    learnt = scores(stirred(second))
    save_trained(second, Kind.RETRIEVER, goes_on, SETTINGS)
    torch.testing.assert_close(
        scores(load(tmp_path / "b", Kind.RETRIEVER)), learnt, atol=2e-4, rtol=1e-3
    )


def _retriever(out: Path, init: Path | None = None) -> RetrieverConfig:
    files = {name: Path(name) for name in ("products", "queries", "qrels")}
    return RetrieverConfig.model_validate({"out": out, "init": init, **files})
