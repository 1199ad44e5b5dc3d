"""Fine-tunes the reranker: gathers ranked lists, trains, chooses the blend, writes the model."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasets import Dataset
from sentence_transformers import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments

from recommender.evaluation.measures import NDCG
from recommender.reranking.reranker import OnnxReranker
from recommender.serving.export import export_reranker
from recommender.serving.models import open_retriever
from recommender.training.adaptation import adapt, save_trained
from recommender.training.adversarial import FastGradientMethod
from recommender.training.anchor import Anchored
from recommender.training.averaging import Learnt, learnt_over_seeds
from recommender.training.beginning import model_to_train
from recommender.training.blend import choose_blend
from recommender.training.card import write_card
from recommender.training.checkpoints import OwnWeights
from recommender.training.choices import RerankerLoss
from recommender.training.config import RerankerConfig
from recommender.training.data.dataset import RankedList
from recommender.training.data.sources import corpora_of
from recommender.training.distillation import taught
from recommender.training.fitting import (
    OnProgress,
    begin,
    device_of,
    fit,
    steps_of,
)
from recommender.training.label_smoothing import smoothed
from recommender.training.labelling import labelled
from recommender.training.pruning import Heads, heads_to_keep
from recommender.training.reranker_lists import development_lists, ranked_lists
from recommender.training.reranker_losses import loss_of
from recommender.weights.minilm import minilm_folder
from recommender.weights.quiet import quietly
from recommender.weights.shape import keep_heads
from recommender.weights.trained import Kind


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
    corpora = corpora_of(config)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        encode = open_retriever(config.beside, scratch / "encoder", device_of(config)).encode
        if "judged" in corpora:
            corpora["judged"] = labelled(corpora["judged"], config, encode, scratch)
        lists = ranked_lists(corpora.values(), encode, config)
        heads = heads_to_keep(lists, _cross_encoder(config), config) if config.heads else ()
        if config.teacher:
            lists = taught(lists, config.teacher, device_of(config))
        dev_lists = development_lists(corpora, encode, config)
        learnt = learnt_over_seeds(
            config, Kind.RERANKER, lambda one: _learn(lists, dev_lists, heads, one, on_progress)
        )
        settings = {"blend": 1.0, "max_tokens": config.served_tokens}
        save_trained(learnt.model, Kind.RERANKER, config, settings, learnt.shape)
        export_reranker(config.out, scratch / "reranker")
        reranker = OnnxReranker(scratch / "reranker")
        blend, dev = choose_blend(corpora, encode, reranker, config.blend_rule)
        save_trained(
            learnt.model, Kind.RERANKER, config, {**settings, "blend": blend}, learnt.shape
        )
    report = TrainingReport(
        out=config.out,
        lists=len(lists),
        pairs=sum(len(ranked.texts) for ranked in lists),
        seconds=time.monotonic() - start,
        learnt=learnt.weights,
        losses=learnt.losses,
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


def _learn(
    lists: Sequence[RankedList],
    dev: Sequence[RankedList],
    heads: Heads,
    config: RerankerConfig,
    on_progress: OnProgress | None,
) -> Learnt:
    """One training, with the configuration's seed, of these heads or of all."""
    begin(config)
    rows = sum(len(ranked.texts) for ranked in lists)
    examples, batch_size = len(lists), config.batch_size
    if config.loss.is_pointwise:
        # About as many pairs as so many queries have.
        examples, batch_size = rows, max(1, round(config.batch_size * rows / len(lists)))
    model = _cross_encoder(config)
    to_train, shape = model_to_train(Kind.RERANKER, config)
    if heads:
        keep_heads(to_train, heads)
        shape = shape.with_heads(heads)
    adapted = adapt(to_train, Kind.RERANKER, config, steps_of(config, examples, batch_size))
    transformer: Any = model[0]
    transformer.model = adapted.to(model.device)
    weights = sum(p.numel() for p in adapted.parameters() if p.requires_grad)

    def trainer(arguments: dict[str, Any]) -> _Trainer:
        return _Trainer(
            model=model,
            args=CrossEncoderTrainingArguments(**arguments),
            train_dataset=_dataset(
                smoothed(lists, config.loss, config.label_smoothing), config.loss
            ),
            eval_dataset=_dataset(dev, config.loss) if config.early_stopping else None,
            loss=loss_of(model, config),
        )

    losses = fit(trainer, config, examples, batch_size, on_progress)
    return Learnt(adapted, shape, weights, losses)


class _Trainer(OwnWeights, Anchored, FastGradientMethod, CrossEncoderTrainer):
    pass


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
