"""Fine-tunes the reranker: gathers ranked lists, trains, chooses the blend, writes the adapter."""

import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from sentence_transformers import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments
from sqlalchemy.exc import SQLAlchemyError
from transformers import PrinterCallback, TrainerCallback, set_seed

from catalog.database import connect
from catalog.importers import FeedError
from recommender.embedding import OnnxEncoder
from recommender.export import export_encoder, export_reranker
from recommender.reranking import OnnxReranker
from recommender.training.blend import choose_blend
from recommender.training.config import RerankerConfig
from recommender.training.corpus import Corpus, corpus_from, corpus_in
from recommender.training.dataset import Encode, HardNegatives, RankedList
from recommender.training.loss import ResidualListNetLoss
from recommender.training.modeling import cross_encoder, save_adapter, save_settings
from recommender.training.split import Part
from recommender.training.synthetic import queries_from

_LOGGED_EVERY = 10
_HARD = -0.1
"""Difficulty from which a synthetic query is worth its time."""


class TrainingError(Exception):
    """The data can't be read or hold nothing to train on; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    step: int
    steps: int
    loss: float
    """Mean since the last one."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    output: Path
    lists: int
    """Queries trained on."""
    pairs: int
    """Query and product pairs trained on."""
    seconds: float
    losses: list[float]
    blend: float
    """The reranker's weight in the served order, which the development queries chose."""
    dev: dict[str, dict[str, float]] = field(default_factory=dict)
    """By collection: each measure of the development queries, dense alone and reranked."""


def train(
    config: RerankerConfig, on_log: Callable[[TrainingProgress], None] | None = None
) -> TrainingReport:
    """Trains an adapter and writes it, with its settings, to `config.output`.

    Held-out queries and products, as `recommender.training.split` draws them, are not trained
    on: the development part chooses the blend, the test part stays untouched.

    Raises:
        TrainingError: the products can't be read, or there is nothing to train on.
        JudgmentError: the judgments can't be read.
        ModelError: MiniLM's package is missing or holds other weights.
    """
    start = time.monotonic()
    set_seed(config.seed)
    if config.threads:
        torch.set_num_threads(config.threads)
    corpora = _corpora(config)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_encoder(scratch / "encoder")
        encode = OnnxEncoder(scratch / "encoder").encode
        lists = _ranked_lists(corpora.values(), encode, config)
        model = cross_encoder(config)
        losses = _fit(model, lists, config, scratch, on_log)
        save_adapter(model, config)
        save_settings(config, blend=1.0)
        export_reranker(config.output, scratch / "reranker")
        blend, dev = choose_blend(corpora, encode, OnnxReranker(scratch / "reranker"))
        save_settings(config, blend)
    return TrainingReport(
        output=config.output,
        lists=len(lists),
        pairs=sum(len(ranked.texts) for ranked in lists),
        seconds=time.monotonic() - start,
        losses=losses,
        blend=blend,
        dev=dev,
    )


def _corpora(config: RerankerConfig) -> dict[str, Corpus]:
    corpora = {}
    try:
        if config.products is not None and config.judgments is not None:
            corpora["judged"] = corpus_from(config.products, config.judgments)
        if config.database_url:
            engine = connect(config.database_url)
            try:
                corpora["catalogue"] = corpus_in(engine)
            finally:
                engine.dispose()
    except FeedError as error:
        raise TrainingError(f"{config.products} can't be read: {error}") from error
    except SQLAlchemyError as error:
        raise TrainingError(
            "The database can't be read. Check its URL, and fill it with `aisle import`."
        ) from error
    return corpora


def _ranked_lists(
    corpora: Iterable[Corpus], encode: Encode, config: RerankerConfig
) -> list[RankedList]:
    """All judged training queries, and synthetic ones that are hard, in random order.

    Where the bi-encoder is far from a mistake, the residual loss has next to no gradient: such a
    list costs as much time as another and teaches nothing.
    """
    rng = random.Random(config.seed)  # noqa: S311 (a sample, not a secret)
    judged: list[RankedList] = []
    synthetic: list[RankedList] = []
    for corpus in corpora:
        products = corpus.products_of(Part.TRAIN)
        if not products:
            continue
        miner = HardNegatives(products, encode, config.negatives)
        judged += miner.for_judged(corpus.judgments_of(Part.TRAIN), rng)
        queries = [
            query
            for product in products
            for query in queries_from(product, config.synthetic_queries, rng)
        ]
        synthetic += miner.for_synthetic(queries, rng)
    hard = [ranked for ranked in synthetic if ranked.difficulty > _HARD]
    rng.shuffle(hard)
    lists = [ranked for ranked in [*judged, *hard] if len(ranked.texts) > 1][: config.most_lists]
    if not lists:
        raise TrainingError(
            "The catalogue is too small to train on: a query needs a product that answers it "
            "and one that does not. Import more products first."
        )
    rng.shuffle(lists)
    return lists


def _fit(
    model: CrossEncoder,
    lists: Sequence[RankedList],
    config: RerankerConfig,
    scratch: Path,
    on_log: Callable[[TrainingProgress], None] | None,
) -> list[float]:
    """Trains the model in place; the logged losses."""
    log = _Log(on_log)
    on_cpu = model.device.type == "cpu"
    trainer = CrossEncoderTrainer(
        model=model,
        args=CrossEncoderTrainingArguments(
            output_dir=str(scratch / "trainer"),
            num_train_epochs=config.epochs,
            per_device_train_batch_size=config.batch_size,
            learning_rate=config.learning_rate,
            lr_scheduler_type="cosine",
            warmup_steps=0.05,
            logging_steps=_LOGGED_EVERY,
            logging_first_step=True,
            save_strategy="no",
            bf16=config.bf16,
            report_to="none",
            disable_tqdm=True,
            use_cpu=on_cpu,
            dataloader_pin_memory=not on_cpu,
            seed=config.seed,
        ),
        train_dataset=_dataset(lists),
        loss=ResidualListNetLoss(model, config.cosine_scale),
        callbacks=[log],
    )
    trainer.remove_callback(PrinterCallback)  # it would write to stdout
    trainer.train()
    return log.losses


def _dataset(lists: Sequence[RankedList]) -> Dataset:
    return Dataset.from_dict(
        {
            "query": [ranked.query for ranked in lists],
            "texts": [list(ranked.texts) for ranked in lists],
            "labels": [
                [list(label) for label in zip(ranked.gains, ranked.cosines, strict=True)]
                for ranked in lists
            ],
        }
    )


class _Log(TrainerCallback):
    def __init__(self, on_log: Callable[[TrainingProgress], None] | None) -> None:
        self.losses: list[float] = []
        self._on_log = on_log

    def on_log(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        logs = kwargs["logs"]
        if "loss" not in logs:
            return
        loss = float(logs["loss"])
        self.losses.append(loss)
        if self._on_log is not None:
            self._on_log(TrainingProgress(state.global_step, state.max_steps, loss))
