import json
import shutil
from pathlib import Path

import pytest

from recommender.errors import ModelError
from recommender.reranking.reranker import OnnxReranker
from recommender.serving import export
from recommender.serving.encoder import OnnxEncoder
from recommender.weights.shipped import SHIPPED_RETRIEVER

# peft still asks transformers for a name that is deprecated there.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")

PAIRS_QUERY = "running shoes"
TEXTS = [
    "Swift Running Shoes. Veloce. Shoes > Running",
    "Sunrise Coffee Mug. Kitchen > Mugs",
    "Light shoes for runners, " * 30,
    "",
]


def test_second_preparation_does_nothing(reranker_models: Path, adapter: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in reranker_models.rglob("*.onnx")}

    export.prepare(reranker_models, reranker=str(adapter))

    assert {path: path.stat().st_mtime_ns for path in reranker_models.rglob("*.onnx")} == before


def test_minilm_is_exported_beside_another_embedding_model(
    reranker_models: Path, adapter: Path, tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(reranker_models, data_dir)
    shutil.rmtree(export.encoder_folder(data_dir))

    export.prepare(data_dir, embedding_model="someone/other", reranker=str(adapter))

    assert OnnxEncoder(export.encoder_folder(data_dir)).dimension == 384


def test_changed_adapter_is_exported_again(
    reranker_models: Path, adapter: Path, tmp_path: Path
) -> None:
    changed, data_dir = tmp_path / "adapter", tmp_path / "data"
    shutil.copytree(adapter, changed)
    shutil.copytree(reranker_models, data_dir)
    (changed / "aisle.json").write_text(json.dumps({"blend": 0.2}))

    export.prepare(data_dir, reranker=str(changed))

    assert OnnxReranker(export.reranker_folder(data_dir)).blend == 0.2


def test_a_reranker_that_was_quantized_otherwise_is_exported_again(
    reranker_models: Path, adapter: Path, tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(reranker_models, data_dir)
    path = export.reranker_folder(data_dir) / "config.json"
    config = json.loads(path.read_text())
    path.write_text(json.dumps({name: config[name] for name in config if name != "weights"}))

    export.prepare(data_dir, reranker=str(adapter))

    assert json.loads(path.read_text()) == config


def test_the_retriever_that_serves_is_kept_whatever_was_tried(
    models: Path, retriever: Path, tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(models, data_dir)
    ships = export.retriever_folder(data_dir, SHIPPED_RETRIEVER)
    tried = []
    for number in range(3):
        folder = tmp_path / f"tried-{number}"
        shutil.copytree(retriever, folder)
        (folder / "aisle.json").write_text(json.dumps({"kind": "retriever", "number": number}))
        export.prepare_retriever(data_dir, str(folder))
        tried.append(export.retriever_folder(data_dir, folder))
    assert [each.exists() for each in (ships, *tried)] == [True, False, True, True]


def test_a_missing_retriever_is_named(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "SHIPPED_RETRIEVER", tmp_path / "gone")

    with pytest.raises(ModelError, match=r"missing from .*gone"):
        export.prepare_retriever(models, str(tmp_path / "gone"))


def test_weights_that_are_not_the_pinned_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.weights.minilm.MINILM_SHA256", "0" * 64)

    with pytest.raises(ModelError, match=r"53aa5117….*Reinstall"):
        export.prepare(tmp_path)
    assert not export.encoder_folder(tmp_path).exists()


def test_broken_adapter_leaves_the_old_reranker(
    reranker_models: Path, adapter: Path, tmp_path: Path
) -> None:
    broken, data_dir = tmp_path / "adapter", tmp_path / "data"
    shutil.copytree(adapter, broken)
    shutil.copytree(reranker_models, data_dir)
    (broken / "adapter_model.safetensors").write_bytes(b"scribble")

    with pytest.raises(ModelError, match="aisle train reranker"):
        export.prepare(data_dir, reranker=str(broken))

    assert OnnxReranker(export.reranker_folder(data_dir)).blend == 0.7
    assert [path.name for path in (data_dir / "models").iterdir()].count("reranker") == 1
