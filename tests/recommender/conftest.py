"""A small shop, the real encoder, and a reranker like the one that ships."""

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalog.database import sessions
from catalog.models import Product, Variant
from recommender.index.faiss_index import FaissIndex
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.query.english import ENGLISH
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import prepare, retriever_folder
from recommender.weights.minilm import minilm_folder
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import WEIGHTS, Kind, minilm, save_settings
from tests.recommender.query import outfitters as outfitters_shop


def product(id: str, title: str, *variants: Variant, **values: object) -> Product:
    """A product with these variants; without any, one that says nothing."""
    return Product(id=id, title=title, variants=list(variants) or [Variant(id=id)], **values)


def variant(id: str, price: str | None = None, **values: object) -> Variant:
    amount = None if price is None else Decimal(price)
    return Variant(id=id, price=amount, currency="USD" if amount else "", **values)


def shop() -> list[Product]:
    return [
        product(
            "swift",
            "Swift Running Shoes",
            variant("swift-red-9", "54", color="Red", size="9", stock=3),
            variant("swift-red-10", "54", color="Red", size="10", stock=0),
            variant("swift-navy-9", "89", color="Navy", size="9", stock=5),
            brand="Veloce",
            category="Shoes > Running",
            gender="men",
        ),
        product(
            "comet",
            "Comet Road Running Shoes",
            variant("comet-red-10", "120", color="Red", size="10", stock=2),
            variant("comet-black-9", "49.99", color="Black", size="9", stock=2),
            brand="Halden",
            category="Shoes > Running",
            gender="women",
        ),
        product(
            "drover",
            "Drover Chelsea Boots",
            variant("drover-brown-9", "150", color="Brown", size="9", stock=1),
            brand="Oakmere",
            category="Shoes > Boots",
            material="Full-grain leather",
        ),
        product(
            "pebble",
            "Pebble Wireless Headphones",
            variant("pebble-blue", "79", color="Light Blue", stock=None),
            brand="Sonavox",
            category="Electronics > Headphones",
        ),
        product(
            "mug",
            "Sunrise Coffee Mug",
            variant("mug-red", "12", color="Red", stock=40),
            brand="Hearthside",
            category="Kitchen > Mugs",
            material="Ceramic",
        ),
        product("mystery", "Paper Star Lantern", brand="Hearthside", category="Home > Lighting"),
    ]


@pytest.fixture(scope="session")
def encoder(models: Path) -> OnnxEncoder:
    return OnnxEncoder(retriever_folder(models, SHIPPED_RETRIEVER))


@pytest.fixture(scope="session")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter like the one that ships, its weights random but not zero."""
    import torch
    from peft import LoraConfig, TaskType, get_peft_model
    from transformers import AutoModelForSequenceClassification

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("adapter")
    base = AutoModelForSequenceClassification.from_pretrained(minilm_folder(), num_labels=1)
    lora = LoraConfig(
        task_type=TaskType.SEQ_CLS,
        r=4,
        init_lora_weights=False,
        target_modules=["query", "key", "value", "dense"],
    )
    get_peft_model(base, lora).save_pretrained(str(folder))
    (folder / "aisle.json").write_text(json.dumps({"blend": 0.7, "max_tokens": 96}))
    return folder


@pytest.fixture(scope="session")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained retriever that thinks otherwise than MiniLM: its last layer is noise."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("retriever")
    weights = minilm(Kind.RETRIEVER).state_dict()
    last = {name: value for name, value in weights.items() if "layer.5." in name}
    save_file(
        {name: torch.randn_like(value) * 0.3 for name, value in last.items()}, folder / WEIGHTS
    )
    save_settings(folder, Kind.RETRIEVER, {})
    return folder


@pytest.fixture(scope="session")
def reranker_models(models: Path, adapter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with encoder and reranker."""
    folder = tmp_path_factory.mktemp("with-reranker")
    shutil.copytree(models, folder, dirs_exist_ok=True)
    prepare(folder, reranker=str(adapter))
    return folder


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database that holds the small shop."""
    with sessions(engine).begin() as session:
        session.add_all(shop())
    return engine


@pytest.fixture
def open_search(encoder: OnnxEncoder, tmp_path: Path) -> Callable[[Engine], SearchEngine]:
    """Opens a search without a reranker over a database, its index in this test's folder."""

    def open_search(engine: Engine) -> SearchEngine:
        folder = tmp_path / "index"
        index = FaissIndex(folder / "faiss", encoder.dimension, encoder.fingerprint)
        return SearchEngine(engine, EmbeddedCatalogue(engine, encoder, index, folder, ENGLISH))

    return open_search


@pytest.fixture
def search(filled: Engine, open_search: Callable[[Engine], SearchEngine]) -> SearchEngine:
    """The search over the small shop."""
    engine = open_search(filled)
    engine.refresh()
    return engine


@pytest.fixture
def outfitters(engine: Engine, open_search: Callable[[Engine], SearchEngine]) -> SearchEngine:
    """The search over the shop that the constraint questions are asked of."""
    with sessions(engine).begin() as session:
        session.add_all(outfitters_shop.products())
    search = open_search(engine)
    search.refresh()
    return search
