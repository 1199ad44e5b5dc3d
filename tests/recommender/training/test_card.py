import hashlib
import json
from pathlib import Path

from recommender.training.card import write_card
from recommender.training.choices import Method
from recommender.training.config import RetrieverConfig
from recommender.weights.trained import Kind


def test_a_card_says_how_to_make_the_model_again(tmp_path: Path) -> None:
    files = {}
    for name in ("products", "queries", "qrels"):
        files[name] = tmp_path / f"{name}.tsv"
        files[name].write_text(name)
    chosen = {"method": Method.FULL, "epochs": 2, "bf16": False, "matryoshka": True}
    config = RetrieverConfig.model_validate({"out": tmp_path, **files, **chosen})
    write_card(Kind.RETRIEVER, config, {"pairs": 12, "dev": {"recall@100": 0.81237}})
    card = (tmp_path / "README.md").read_text()
    for part in (
        "aisle train retriever",
        "--method full",
        "--epochs 2.0",
        "--no-bf16",
        "--matryoshka",
        "AISLE_EMBEDDING_MODEL",
        "| dev recall@100 | 0.8124 |",
    ):
        assert part in card
    assert "--seed" not in card  # what stayed at its default
    record = json.loads((tmp_path / "training.json").read_text())
    assert record["config"]["seed"] == 0
    assert record["data"]["qrels"]["sha256"] == hashlib.sha256(b"qrels").hexdigest()
