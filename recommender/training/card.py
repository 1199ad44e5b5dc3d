"""The model card that a training writes beside the weights: how they came to be, and how good."""

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from recommender.training.config import RerankerConfig, TrainingConfig
from recommender.weights.minilm import MINILM
from recommender.weights.trained import Kind, identity

RECORD = "training.json"
_FILES = ("products", "queries", "qrels", "judgments", "behaviour")
_LIBRARIES = ("torch", "transformers", "sentence-transformers", "peft")
_SERVED_BY = {Kind.RERANKER: "AISLE_RERANKER", Kind.RETRIEVER: "AISLE_EMBEDDING_MODEL"}


def write_card(kind: Kind, config: TrainingConfig, measures: Mapping[str, Any]) -> None:
    """Writes `training.json`, for programs, and `README.md`, for people, to `config.out`.

    Args:
        measures: what the training reports: examples, seconds, and development measures.
    """
    record: dict[str, Any] = {
        "kind": kind,
        "base_model": MINILM,
        "config": json.loads(config.model_dump_json()),
        "data": {
            name: {"file": path.name, "sha256": _sha256(path)}
            for name in _FILES
            if (path := getattr(config, name)) is not None
        },
        "measures": dict(measures),
        "made_with": {"python": platform.python_version(), **{n: version(n) for n in _LIBRARIES}},
    }
    if isinstance(config, RerankerConfig):
        # Its folder may be gone, or another one may ship, when it matters.
        record["retriever"] = identity(config.beside)
    (config.out / RECORD).write_text(json.dumps(record, indent=2) + "\n")
    (config.out / "README.md").write_text(_card(kind, config, record))


def _card(kind: Kind, config: TrainingConfig, record: Mapping[str, Any]) -> str:
    chosen = config.model_dump(exclude_defaults=True, mode="json")
    options = "".join(f" \\\n    {_option(name, value)}" for name, value in chosen.items())
    data = "".join(
        f"| {name} | {about['file']} | `{about['sha256'][:16]}…` |\n"
        for name, about in record["data"].items()
    )
    measures = "".join(
        f"| {name} | {value} |\n" for name, value in _flat(record["measures"]).items()
    )
    return f"""# A {kind} for Aisle

{MINILM}, fine-tuned by `aisle train {kind}`. Serve it with `{_SERVED_BY[kind]}=<this folder>`, or \
let `aisle models promote` decide.

```sh
aisle train {kind}{options}
```

| data | file | sha256 |
|---|---|---|
{data}
Measured on development queries, which chose nothing but what stands here:

| | |
|---|---|
{measures}
Configuration with all defaults, and versions of libraries: `{RECORD}`.
"""


def _option(name: str, value: object) -> str:
    name = name.replace("_", "-")
    if isinstance(value, bool):
        return f"--{name}" if value else f"--no-{name}"
    if isinstance(value, list):
        return " ".join(f"--{name} {each}" for each in value)
    return f"--{name} {value}"


def _flat(measures: Mapping[str, Any], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in measures.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name} ")
        else:
            flat[f"{before}{name}"] = f"{value:.4f}" if isinstance(value, float) else str(value)
    return flat


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
