"""Fine-tunes the retriever: from judged answers to vectors that bring them near their queries."""

import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import (
    MatryoshkaLoss,
    MultipleNegativesRankingLoss,
)
from sentence_transformers.sentence_transformer.training_args import BatchSamplers

from catalog.models import Product
from recommender.evaluation.measures import RECALL, mean, measure
from recommender.product_text import embedding_text
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import export_encoder
from recommender.training.adaptation import adapt, save_trained
from recommender.training.adversarial import FastGradientMethod
from recommender.training.anchor import Anchored
from recommender.training.averaging import Learnt, learnt_over_seeds
from recommender.training.beginning import model_to_train
from recommender.training.card import write_card
from recommender.training.checkpoints import OwnWeights
from recommender.training.config import RetrieverConfig
from recommender.training.data.augmentation import augmented
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode, HardNegatives, by_query
from recommender.training.data.judgments import gain_of
from recommender.training.data.sources import corpora_of, replayed
from recommender.training.data.split import Part
from recommender.training.data.synthetic import queries_from
from recommender.training.errors import TrainingError
from recommender.training.fitting import (
    OnProgress,
    begin,
    device_of,
    fit,
    steps_of,
)
from recommender.training.labelling import labelled
from recommender.weights.minilm import minilm_folder
from recommender.weights.trained import Kind

_DEPTH = 100
_SHORTER = (256, 128, 64)
"""Lengths of a Matryoshka vector beside the whole."""


@dataclass(frozen=True, slots=True)
class RetrieverReport:
    out: Path
    pairs: int
    """Queries with an answer that were trained on."""
    seconds: float
    learnt: int
    """Weights that learnt."""
    losses: list[float]
    dev: dict[str, float] = field(default_factory=dict)
    """Recall of the development queries' answers over the whole catalogue, before and after."""

    @property
    def quality(self) -> float:
        """What a search for settings makes large."""
        return self.dev[f"after {RECALL}"]


@dataclass(frozen=True, slots=True)
class _Pair:
    query: str
    answer: str
    wrong: tuple[str, ...] = ()
    """Mined wrong answers, the same number in every pair."""


def train(config: RetrieverConfig, on_progress: OnProgress | None = None) -> RetrieverReport:
    """Trains a retriever and writes it, with its settings, to `config.out`.

    Development queries measure it and the test part stays untouched, as in
    `recommender.training.data.split`.

    Raises:
        TrainingError: the products can't be read, or there is nothing to train on.
        JudgmentError, JudgedQueriesError: the judgments can't be read.
        ModelError: MiniLM's package is missing or holds other weights, or so does `config.init`.
    """
    start = time.monotonic()
    (corpus,) = corpora_of(config).values()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        export_encoder(scratch / "before", config.init)
        before = OnnxEncoder(scratch / "before").encode
        corpus = labelled(corpus, config, before, scratch)
        rng = random.Random(config.seed)  # noqa: S311 (a sample, not a secret)
        pairs = _pairs(corpus, Part.TRAIN, before, config, rng)
        if config.written_queries and not config.hard_negatives:
            pairs += _written(corpus.products_of(Part.TRAIN), config.written_queries, rng)
        if (old := replayed(config)) is not None:
            again = _pairs(old, Part.TRAIN, before, config, rng)
            pairs += again[: round(config.replay * len(pairs))]
        pairs = augmented(
            pairs,
            config,
            before,
            rng,
            query_of=lambda pair: pair.query,
            with_query=lambda pair, query: replace(pair, query=query),
            with_texts=lambda pair, change: replace(pair, answer=change(pair.answer)),
        )
        rng.shuffle(pairs)
        dev_pairs = []
        if config.early_stopping:
            dev_pairs = _pairs(corpus, Part.DEV, before, config, rng)
        learnt = learnt_over_seeds(
            config, Kind.RETRIEVER, lambda one: _learn(pairs, dev_pairs, one, on_progress)
        )
        save_trained(learnt.model, Kind.RETRIEVER, config, {})
        export_encoder(scratch / "after", config.out)
        dev = {
            f"{name} {RECALL}": recall(corpus, encode, config.relevant_from)
            for name, encode in (
                ("before", before),
                ("after", OnnxEncoder(scratch / "after").encode),
            )
        }
    report = RetrieverReport(
        out=config.out,
        pairs=len(pairs),
        seconds=time.monotonic() - start,
        learnt=learnt.weights,
        losses=learnt.losses,
        dev=dev,
    )
    write_card(
        Kind.RETRIEVER,
        config,
        {
            "answers": report.pairs,
            "weights learnt": report.learnt,
            "seconds": round(report.seconds),
            **report.dev,
        },
    )
    return report


def recall(corpus: Corpus, encode: Encode, relevant_from: float, part: Part = Part.DEV) -> float:
    """Mean recall@100 of the queries of a part over all products; 0 where there are none."""
    judged = _relevant(corpus, part, relevant_from)
    if not judged:
        return 0.0
    ids = [product.id for product in corpus.products]
    vectors = encode([embedding_text(product) for product in corpus.products])
    run: dict[str, Mapping[str, float]] = {}
    for query, cosines in zip(judged, encode(list(judged)) @ vectors.T, strict=True):
        nearest = np.argsort(-cosines)[:_DEPTH]
        run[query] = {ids[row]: float(cosines[row]) for row in nearest}
    return mean(measure(run, judged, relevant_from=1.0)[RECALL])


def _relevant(corpus: Corpus, part: Part, relevant_from: float) -> dict[str, dict[str, float]]:
    """For each query the products that answer it, each with gain 1."""
    known = {product.id for product in corpus.products}
    least = gain_of(relevant_from) - 1e-6  # 2.33 is a third of an exact three, as people wrote it
    answers = {
        query: {id: 1.0 for id, gain in judged.items() if gain >= least and id in known}
        for query, judged in by_query(corpus.judgments_of(part)).items()
    }
    return {query: ids for query, ids in answers.items() if ids}


def _bi_encoder(config: RetrieverConfig) -> SentenceTransformer:
    """MiniLM as sentence-transformers embeds with it; its weights are put in afterwards."""
    model = SentenceTransformer(str(minilm_folder()), device=device_of(config))
    model.max_seq_length = config.max_tokens
    return model


def _pairs(
    corpus: Corpus, part: Part, encode: Encode, config: RetrieverConfig, rng: random.Random
) -> list[_Pair]:
    """The judged answers of one part, in random order.

    Raises:
        TrainingError: there are none.
    """
    products = {product.id: product for product in corpus.products_of(Part.TRAIN)}
    wrong = _wrong_answers(corpus, part, list(products.values()), encode, config, rng)
    pairs = []
    for query, answers in _relevant(corpus, part, config.relevant_from).items():
        mined = wrong.get(query, ())
        if len(mined) < config.hard_negatives:
            continue
        pairs += [
            _Pair(query, embedding_text(products[id]), mined) for id in answers if id in products
        ]
    if not pairs:
        raise TrainingError(
            f"There is no {'training' if part is Part.TRAIN else 'development'} query with a "
            f"product of relevance {config.relevant_from} or more. Judge more products, or lower "
            "relevant_from."
        )
    rng.shuffle(pairs)
    return pairs


def _written(products: Sequence[Product], count: int, rng: random.Random) -> list[_Pair]:
    chosen = rng.sample(list(products), min(count, len(products)))
    return [
        _Pair(query.text, embedding_text(product))
        for product in chosen
        for query in queries_from(product, 1, rng)
    ]


def _wrong_answers(
    corpus: Corpus,
    part: Part,
    products: Sequence[Product],
    encode: Encode,
    config: RetrieverConfig,
    rng: random.Random,
) -> dict[str, tuple[str, ...]]:
    """For each query so many products that the model as it is takes for answers."""
    count = config.hard_negatives
    if not count:
        return {}
    miner = HardNegatives(products, encode, 4 * count)
    lists = miner.for_judged(corpus.judgments_of(part), rng)
    return {
        ranked.query: tuple(
            text for text, gain in zip(ranked.texts, ranked.gains, strict=True) if gain == 0
        )[:count]
        for ranked in lists
    }


def _learn(
    pairs: Sequence[_Pair],
    dev: Sequence[_Pair],
    config: RetrieverConfig,
    on_progress: OnProgress | None,
) -> Learnt:
    """One training, with the configuration's seed."""
    begin(config)
    model = _bi_encoder(config)
    to_train, shape = model_to_train(Kind.RETRIEVER, config)
    steps = steps_of(config, len(pairs), config.batch_size)
    adapted = adapt(to_train, Kind.RETRIEVER, config, steps)
    transformer: Any = model[0]
    transformer.model = adapted.to(model.device)
    weights = sum(p.numel() for p in adapted.parameters() if p.requires_grad)
    loss: Any = MultipleNegativesRankingLoss(model, scale=config.similarity_scale)
    if config.matryoshka:
        size = int(model.get_embedding_dimension() or 0)
        loss = MatryoshkaLoss(model, loss, matryoshka_dims=[size, *_SHORTER])

    def trainer(arguments: dict[str, Any]) -> _Trainer:
        return _Trainer(
            model=model,
            args=SentenceTransformerTrainingArguments(
                **arguments,
                # The same answer twice in a batch would be right and wrong for one query.
                batch_sampler=BatchSamplers.NO_DUPLICATES,
            ),
            train_dataset=_dataset(pairs, config),
            eval_dataset=_dataset(dev, config) if dev else None,
            loss=loss,
        )

    losses = fit(trainer, config, len(pairs), config.batch_size, on_progress)
    return Learnt(adapted, shape, weights, losses)


def _dataset(pairs: Sequence[_Pair], config: RetrieverConfig) -> Dataset:
    return Dataset.from_dict(
        {
            "query": [pair.query for pair in pairs],
            "answer": [pair.answer for pair in pairs],
            **{
                f"wrong_{number}": [pair.wrong[number] for pair in pairs]
                for number in range(config.hard_negatives)
            },
        }
    )


class _Trainer(OwnWeights, Anchored, FastGradientMethod, SentenceTransformerTrainer):
    pass
