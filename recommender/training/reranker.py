"""Fine-tunes the reranker: gathers ranked lists, trains, chooses the blend, writes the model."""

import random
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from datasets import Dataset
from sentence_transformers import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments

from recommender.embedding import OnnxEncoder
from recommender.evaluation.measures import NDCG
from recommender.export import export_encoder, export_reranker
from recommender.reranking import OnnxReranker
from recommender.training.adaptation import adapt, save_trained
from recommender.training.adversarial import FastGradientMethod
from recommender.training.anchor import Anchored
from recommender.training.beginning import model_to_train
from recommender.training.blend import choose_blend
from recommender.training.card import write_card
from recommender.training.checkpoints import OwnWeights
from recommender.training.choices import RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.data.augmentation import augmented
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode, HardNegatives, RankedList, judged_lists
from recommender.training.data.sources import corpora_of, replayed
from recommender.training.data.split import Part
from recommender.training.data.synthetic import queries_from
from recommender.training.distillation import taught
from recommender.training.errors import TrainingError
from recommender.training.fitting import (
    OnProgress,
    begin,
    device_of,
    fit,
    steps_of,
)
from recommender.training.labelling import labelled
from recommender.training.reranker_losses import loss_of
from recommender.weights.minilm import minilm_folder
from recommender.weights.quiet import quietly
from recommender.weights.trained import Kind

_HARD = -0.1
"""Difficulty from which a synthetic query is worth its time."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    out: Path
    lists: int
    """Queries trained on."""
    pairs: int
    """Query and product pairs trained on."""
    seconds: float
    learnt: int
    """Weights that learnt."""
    losses: list[float]
    blend: float
    """The reranker's weight in the served order, which the development queries chose."""
    dev: dict[str, dict[str, float]] = field(default_factory=dict)
    """By collection: each measure of the development queries, dense alone and reranked."""

    @property
    def quality(self) -> float:
        """What a search for settings makes large: NDCG@10 as served, over the collections."""
        return sum(each[f"reranked {NDCG}"] for each in self.dev.values()) / max(1, len(self.dev))


def train(config: RerankerConfig, on_progress: OnProgress | None = None) -> TrainingReport:
    """Trains a reranker and writes it, with its settings, to `config.out`.

    Held-out queries and products, as `recommender.training.data.split` draws them, are not trained
    on: the development part chooses the blend, the test part stays untouched.

    Raises:
        TrainingError: the products can't be read, or there is nothing to train on.
        JudgmentError, JudgedQueriesError: the judgments can't be read.
        ModelError: MiniLM's package is missing or holds other weights, or so does `config.init`.
    """
    start = time.monotonic()
    begin(config)
    corpora = corpora_of(config)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_encoder(scratch / "encoder", config.retriever)
        encode = OnnxEncoder(scratch / "encoder").encode
        if "judged" in corpora:
            corpora["judged"] = labelled(corpora["judged"], config, encode, scratch)
        lists = _ranked_lists(corpora.values(), encode, config)
        if config.teacher is not None:
            lists = taught(lists, config.teacher, device_of(config))
        model = _cross_encoder(config)
        to_train, layers = model_to_train(Kind.RERANKER, config)
        rows = sum(len(ranked.texts) for ranked in lists)
        examples = rows if config.loss.is_pointwise else len(lists)
        transformer: Any = model[0]
        steps = steps_of(config, examples, _batch_size(config, rows, len(lists)))
        adapted = adapt(to_train, Kind.RERANKER, config, steps)
        transformer.model = adapted.to(model.device)
        learnt = sum(p.numel() for p in adapted.parameters() if p.requires_grad)
        losses = _fit(model, lists, _development(corpora, encode, config), config, on_progress)
        settings = {"blend": 1.0, "max_tokens": config.served_tokens}
        save_trained(adapted, Kind.RERANKER, config, settings, layers)
        export_reranker(config.out, scratch / "reranker")
        blend, dev = choose_blend(corpora, encode, OnnxReranker(scratch / "reranker"))
        save_trained(adapted, Kind.RERANKER, config, {**settings, "blend": blend}, layers)
    report = TrainingReport(
        out=config.out,
        lists=len(lists),
        pairs=rows,
        seconds=time.monotonic() - start,
        learnt=learnt,
        losses=losses,
        blend=blend,
        dev=dev,
    )
    write_card(
        Kind.RERANKER,
        config,
        {
            "queries": report.lists,
            "pairs": report.pairs,
            "weights learnt": report.learnt,
            "seconds": round(report.seconds),
            "blend": report.blend,
            **report.dev,
        },
    )
    return report


def _cross_encoder(config: RerankerConfig) -> CrossEncoder:
    """MiniLM as sentence-transformers reads pairs with it; its weights are put in afterwards."""
    with quietly():
        model: CrossEncoder = CrossEncoder(
            str(minilm_folder()),
            num_labels=1,
            max_length=config.max_tokens,
            device=device_of(config),
        )
    return model


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
    with_cosines = encode if config.loss is RerankerLoss.RESIDUAL_LISTNET else None
    for corpus in corpora:
        products = corpus.products_of(Part.TRAIN)
        judgments = corpus.judgments_of(Part.TRAIN)
        if not products:
            continue
        if not config.negatives:
            judged += judged_lists(judgments, products, with_cosines)
            continue
        miner = HardNegatives(products, encode, config.negatives)
        judged += miner.for_judged(judgments, rng)
        queries = [
            query
            for product in products
            for query in queries_from(product, config.synthetic_queries, rng)
        ]
        synthetic += miner.for_synthetic(queries, rng)
    hard = [ranked for ranked in synthetic if ranked.difficulty > _HARD]
    rng.shuffle(hard)
    lists = [ranked for ranked in [*judged, *hard] if len(ranked.texts) > 1]
    if config.most_lists:
        lists = lists[: config.most_lists]
    if not lists:
        raise TrainingError(
            "There is too little to train on: a query needs a product that answers it "
            "and one that does not. Import more products, or judge more of them."
        )
    if (old := replayed(config)) is not None:
        again = judged_lists(old.judgments_of(Part.TRAIN), old.products, with_cosines)
        rng.shuffle(again)
        lists += again[: round(config.replay * len(lists))]
    lists = augmented(
        lists,
        config,
        encode,
        rng,
        query_of=lambda ranked: ranked.query,
        with_query=lambda ranked, query: _asked_so(ranked, query, with_cosines),
        with_texts=lambda ranked, change: replace(
            ranked, texts=tuple(change(text) for text in ranked.texts)
        ),
    )
    rng.shuffle(lists)
    return lists


def _asked_so(ranked: RankedList, query: str, encode: Encode | None) -> RankedList:
    """The list for the same question in other words."""
    cosines = ranked.cosines
    if encode is not None:
        vectors = encode([query, *ranked.texts])
        cosines = tuple(float(cosine) for cosine in vectors[1:] @ vectors[0])
    return replace(ranked, query=query, cosines=cosines)


def _development(
    corpora: Mapping[str, Corpus], encode: Encode, config: RerankerConfig
) -> list[RankedList]:
    """What the training may look at to stop early: only what was judged.

    Raises:
        TrainingError: that is nothing.
    """
    if not config.early_stopping:
        return []
    with_cosines = encode if config.loss is RerankerLoss.RESIDUAL_LISTNET else None
    lists = [
        ranked
        for corpus in corpora.values()
        for ranked in judged_lists(corpus.judgments_of(Part.DEV), corpus.products, with_cosines)
    ]
    if not lists:
        raise TrainingError("No development query has two products that differ: judge more.")
    return lists


def _fit(
    model: CrossEncoder,
    lists: Sequence[RankedList],
    dev: Sequence[RankedList],
    config: RerankerConfig,
    on_progress: OnProgress | None,
) -> list[float]:
    """Trains the model in place; the logged losses."""

    def trainer(arguments: dict[str, Any]) -> _Trainer:
        return _Trainer(
            model=model,
            args=CrossEncoderTrainingArguments(**arguments),
            train_dataset=_dataset(lists, config.loss),
            eval_dataset=_dataset(dev, config.loss) if config.early_stopping else None,
            loss=loss_of(model, config),
        )

    rows = sum(len(ranked.texts) for ranked in lists)
    batch_size = _batch_size(config, rows, len(lists))
    examples = rows if config.loss.is_pointwise else len(lists)
    return fit(trainer, config, examples, batch_size, on_progress)


class _Trainer(OwnWeights, Anchored, FastGradientMethod, CrossEncoderTrainer):
    pass


def _batch_size(config: RerankerConfig, rows: int, lists: int) -> int:
    """Examples in a step: queries, or about as many pairs as so many queries have."""
    if not config.loss.is_pointwise:
        return config.batch_size
    return max(1, round(config.batch_size * rows / lists))


def _dataset(lists: Sequence[RankedList], loss: RerankerLoss) -> Dataset:
    if loss.is_pointwise:
        return Dataset.from_dict(
            {
                "query": [ranked.query for ranked in lists for _ in ranked.texts],
                "text": [text for ranked in lists for text in ranked.texts],
                "label": [gain for ranked in lists for gain in ranked.gains],
            }
        )
    if loss is RerankerLoss.RESIDUAL_LISTNET:
        labels: list[Any] = [
            [list(label) for label in zip(ranked.gains, ranked.cosines, strict=True)]
            for ranked in lists
        ]
    else:
        labels = [list(ranked.gains) for ranked in lists]
    return Dataset.from_dict(
        {
            "query": [ranked.query for ranked in lists],
            "texts": [list(ranked.texts) for ranked in lists],
            "labels": labels,
        }
    )
