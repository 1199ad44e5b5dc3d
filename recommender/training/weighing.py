"""The weight of a reranker's score, chosen anew beside another retriever: without a training."""

import json
import tempfile
from pathlib import Path

from recommender.errors import ModelError
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.serving.models import open_retriever
from recommender.training.blend import choose_blend
from recommender.training.card import RECORD
from recommender.training.choices import BlendRule
from recommender.training.data.corpus import Corpus
from recommender.weights.trained import Kind, identity, save_settings, settings_of


def weigh(
    trained: Path, corpus: Corpus, retriever: Path, rule: BlendRule, *, device: str = "cpu"
) -> tuple[float, dict[str, float]]:
    """Chooses the weight by the development queries, as a training does, and keeps it and the
    retriever's name in the reranker's folder; the weight, and what was measured at it.

    Raises:
        ModelError: the folder holds no reranker, the retriever cannot be read, or no development
            query is judged, which would give the reranker all the weight. The folder stays.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_reranker(trained, scratch / "reranker")
        encode = open_retriever(retriever, scratch / "encoder", device).encode
        reranker = OnnxReranker(scratch / "reranker")
        blend, dev = choose_blend({"judged": corpus}, encode, reranker, rule)
    if not dev:
        raise ModelError(
            "No development query is judged, so nothing tells the weight. Judge more queries."
        )
    save_settings(trained, Kind.RERANKER, {**settings_of(trained), "blend": blend})
    _note(trained, retriever, blend)
    return blend, dev["judged"]


def _note(trained: Path, retriever: Path, blend: float) -> None:
    path = trained / RECORD
    record = json.loads(path.read_text()) if path.is_file() else {}
    record.setdefault("config", {})["retriever"] = str(retriever)
    record.setdefault("measures", {})["blend"] = blend
    record["retriever"] = identity(retriever)
    path.write_text(json.dumps(record, indent=2) + "\n")
