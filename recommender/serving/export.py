"""Making the model files that are served, once, from what the packages and the adapter hold.

Only this step needs torch. What it writes, under `<data_dir>/models/`, is all that serving reads:

    encoder/        MiniLM itself, for the dialogue model: model.onnx (fp32: token_embeddings,
                    sentence_embedding), tokenizer.json
    retriever-…/    the same, and config.json, of the one that ships and of each trained one
    reranker/       model.onnx (int8: logits), tokenizer.json, config.json

A folder is made beside its place and moved there whole, so that a crash leaves none half made.
"""

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from recommender.errors import ModelError
from recommender.registry.registry import Registry
from recommender.weights.minilm import minilm_folder
from recommender.weights.quiet import quietly
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import Kind, fingerprint, is_trained, load, minilm, settings_of

if TYPE_CHECKING:
    import torch

_KEPT_RETRIEVERS = 3
"""The one that serves, the one that is to take its place, and the one to go back to."""
_OPSET = 17  # the newest that the ONNX Runtime of Rasa's environment surely reads
_FP32 = "fp32"
_INT8 = "int8, a scale for each output, the last layer for the first token"
"""How a reranker's weights are written; what was written otherwise is made again."""
_log = logging.getLogger(__name__)


def encoder_folder(data_dir: Path) -> Path:
    return data_dir / "models" / "encoder"


def retriever_folder(data_dir: Path, trained: Path) -> Path:
    """Of a retriever, the one that ships or a trained one. The dialogue model reads MiniLM itself.

    Each has its own, because the one before goes on serving while the next embeds the catalogue.
    """
    return data_dir / "models" / f"retriever-{fingerprint(trained)[:12]}"


def reranker_folder(data_dir: Path) -> Path:
    return data_dir / "models" / "reranker"


def prepare(data_dir: Path, *, embedding_model: str = "", reranker: str = "") -> None:
    """Exports whatever of the models that serve is not exported yet. Idempotent.

    A model that is not named is the one that the registry has in service. One that is named by a
    hub name, or by a folder with a whole model, is served as it is. The dialogue model reads MiniLM
    itself.

    Raises:
        ModelError: the weights are not the pinned ones, or those that are named are broken.
    """
    prepare_minilm(data_dir)
    serving = Registry(data_dir, Kind.RETRIEVER)
    prepare_retriever(data_dir, embedding_model or str(serving.in_service()))
    prepare_reranker(data_dir, reranker)


def prepare_minilm(data_dir: Path) -> None:
    with _alone(data_dir):
        if not _complete(encoder_folder(data_dir)):
            export_encoder(encoder_folder(data_dir))


def prepare_retriever(data_dir: Path, embedding_model: str) -> None:
    """Of the embedding models only this one: others may serve."""
    trained = Path(embedding_model)
    if not is_trained(trained):
        if trained == SHIPPED_RETRIEVER:
            raise ModelError(
                f"The retriever that ships is missing from {SHIPPED_RETRIEVER}. Restore that "
                "folder, or name another one by AISLE_EMBEDDING_MODEL."
            )
        return
    folder = retriever_folder(data_dir, trained)
    with _alone(data_dir):
        if _made_from(trained, folder):
            return
        export_encoder(folder, trained)
        serving = Registry(data_dir, Kind.RETRIEVER).in_service()
        kept = {folder, retriever_folder(data_dir, serving)}
        others = [other for other in folder.parent.glob("retriever-*/") if other not in kept]
        others.sort(key=lambda other: other.stat().st_mtime, reverse=True)
        for other in others[_KEPT_RETRIEVERS - len(kept) :]:
            shutil.rmtree(other, ignore_errors=True)


def prepare_reranker(data_dir: Path, reranker: str = "") -> None:
    named = Path(reranker) if reranker else Registry(data_dir, Kind.RERANKER).in_service()
    with _alone(data_dir):
        if is_trained(named) and not _made_from(named, reranker_folder(data_dir), _INT8):
            export_reranker(named, reranker_folder(data_dir))


def export_encoder(target: Path, trained: Path | None = None) -> None:
    """Writes MiniLM, with mean pooling and normalization in the graph, as ONNX to `target`.

    Args:
        trained: the folder of a retriever, whose weights go over MiniLM's.

    Raises:
        ModelError: the trained weights cannot be read.
    """
    _log.info("exporting the embedding model to %s", target)
    model = minilm(Kind.RETRIEVER).eval() if trained is None else load(trained, Kind.RETRIEVER)
    with _made_beside(target) as folder:
        _export(
            _sentence_encoder(model),
            folder / "model.onnx",
            {
                "token_embeddings": {0: "batch", 1: "tokens"},
                "sentence_embedding": {0: "batch"},
            },
        )
        shutil.copy(minilm_folder() / "tokenizer.json", folder)
        if trained is not None:
            _write_config(folder, trained)


def export_reranker(trained: Path, target: Path) -> None:
    """Puts trained weights over MiniLM's and writes the cross-encoder, int8, to `target`.

    The folder's `aisle.json` has settings for serving: `max_tokens`, and `blend`, the weight of
    the reranker's score against the retrieval's, 0 to 1.

    Raises:
        ModelError: the weights cannot be read.
    """
    from peft import PeftModel

    from recommender.weights.first_token import keep_first_token

    _log.info("exporting the reranker of %s to %s", trained, target)
    model = load(trained, Kind.RERANKER)
    if not isinstance(model, PeftModel):  # where something stands before each layer's tokens
        keep_first_token(model)
    with _made_beside(target) as folder:
        export_scorer(model, folder)
        _write_config(folder, trained, _INT8)


def export_scorer(model: Any, folder: Path) -> None:
    """Writes a cross-encoder, int8, and its tokenizer to a folder that is there."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as scratch, quietly():
        full = Path(scratch) / "model.onnx"
        _export(_scorer(model), full, {"logits": {0: "batch"}})
        # With one scale for all of a layer the logits are twice as far from fp32's.
        quantize_dynamic(full, folder / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)
    shutil.copy(minilm_folder() / "tokenizer.json", folder)


def _write_config(folder: Path, trained: Path, weights: str = _FP32) -> None:
    config = {**settings_of(trained), "trained": fingerprint(trained), "weights": weights}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def _sentence_encoder(model: Any) -> "torch.nn.Module":
    import torch

    class SentenceEncoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, types: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            tokens = self.model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=types
            ).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
            pooled = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return tokens, torch.nn.functional.normalize(pooled, dim=1)

    return SentenceEncoder()


def _scorer(model: Any) -> "torch.nn.Module":
    import torch

    class Scorer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor, types: torch.Tensor
        ) -> torch.Tensor:
            logits: torch.Tensor = self.model(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=types
            ).logits
            return logits.squeeze(-1)

    return Scorer()


def _export(model: "torch.nn.Module", path: Path, outputs: dict[str, dict[int, str]]) -> None:
    """Traces a model of `input_ids`, `attention_mask`, `token_type_ids` `[batch, tokens]`."""
    import torch

    example = torch.ones((2, 8), dtype=torch.int64)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    # The tracing exporter is deprecated, but what the new one writes cannot be quantized yet.
    with torch.inference_mode(), quietly():
        torch.onnx.export(
            model,
            (example, example, torch.zeros_like(example)),
            str(path),
            input_names=names,
            output_names=list(outputs),
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | outputs,
            opset_version=_OPSET,
            dynamo=False,
        )


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Two processes that start at once would make everything twice."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(data_dir / "models.lock"):
        yield


@contextmanager
def _made_beside(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `target` when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    beside.chmod(0o755)  # mkdtemp's 0o700 would keep out a dialogue server of another user
    try:
        yield beside
        if target.exists():
            shutil.rmtree(target)
        os.replace(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("model.onnx", "tokenizer.json"))


def _made_from(trained: Path, folder: Path, weights: str = _FP32) -> bool:
    if not _complete(folder):
        return False
    try:
        config = json.loads((folder / "config.json").read_text())
    except (OSError, ValueError):
        return False
    return (
        isinstance(config, dict)
        and config.get("trained") == fingerprint(trained)
        and config.get("weights", _FP32) == weights
    )
