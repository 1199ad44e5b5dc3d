"""Semi-supervised learning: a teacher judges what nobody has, and only what it is sure of counts.

Reference: Lee, Pseudo-Label: The Simple and Efficient Semi-Supervised Learning Method, 2013.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from catalog.models import Product
from recommender.evaluation.judged_queries import read_table
from recommender.product_text import embedding_text, reranking_text
from recommender.reranking.reranker import Reranker
from recommender.training.data.corpus import Corpus
from recommender.training.data.dataset import Encode
from recommender.training.data.judgments import Judgment
from recommender.training.data.split import Part, split_queries

_DEPTH = 10
"""Of a query's nearest products, so many are put to the teacher."""


def with_pseudo_labels(
    corpus: Corpus, unlabelled: Path, encode: Encode, teacher: Reranker, confidence: float
) -> tuple[Corpus, int]:
    """The corpus with the teacher's judgments of queries that nobody judged; and how many.

    Queries that are held out, or that ask what a held-out one asks, are left alone.

    Args:
        unlabelled: TSV of `query_id query`.
        confidence: from this probability on a product answers the query, and below the rest of it
            to 1 it does not; what is between is dropped.

    Raises:
        JudgedQueriesError: the file can't be read.
    """
    judged = {judgment.query for judgment in corpus.judgments}
    rows = read_table(unlabelled, ("query_id", "query"))
    asked = {" ".join(row["query"].split()) for _, row in rows}
    parts = split_queries([*judged, *asked], corpus.part_of_group)
    queries = sorted(query for query in asked - judged if parts[query] is Part.TRAIN)
    labels = list(_labels(queries, corpus.products_of(Part.TRAIN), encode, teacher, confidence))
    return replace(corpus, judgments=[*corpus.judgments, *labels]), len(labels)


def _labels(
    queries: Sequence[str],
    products: Sequence[Product],
    encode: Encode,
    teacher: Reranker,
    confidence: float,
) -> Iterator[Judgment]:
    if not queries:
        return
    vectors = encode([embedding_text(product) for product in products])
    for query, vector in zip(queries, encode(list(queries)), strict=True):
        nearest = [products[place] for place in np.argsort(-(vectors @ vector))[:_DEPTH]]
        scores = teacher.scores(query, [reranking_text(product) for product in nearest])
        sure = [
            (product, score >= confidence)
            for product, score in zip(nearest, scores, strict=True)
            if score >= confidence or score <= 1 - confidence
        ]
        # A query without an answer teaches neither model.
        if any(is_right for _, is_right in sure):
            for product, is_right in sure:
                yield Judgment(query, product.id, float(is_right))
