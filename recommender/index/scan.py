"""Exact search: inner products with all vectors, or with those in some slots.

By FAISS's own loops, not by BLAS: one query is bound by memory, and the threads of BLAS wait for
each other far longer than it takes where another process has work too.
"""

import faiss
import numpy as np
from numpy.typing import NDArray

from recommender.index.port import Vectors
from recommender.index.slots import Slots

Scores = NDArray[np.float32]


def scores_of_all(vectors: Vectors, query: Vectors) -> Scores:
    """The inner product of each of `vectors` `[n, dimension]` with `query` `[dimension]`."""
    scores = np.empty(len(vectors), dtype=np.float32)
    vectors, query = np.ascontiguousarray(vectors), np.ascontiguousarray(query)
    faiss.fvec_inner_products_ny(
        faiss.swig_ptr(scores),
        faiss.swig_ptr(query),
        faiss.swig_ptr(vectors),
        vectors.shape[1],
        len(vectors),
    )
    return scores


def scores_at(vectors: Vectors, slots: Slots, query: Vectors) -> Scores:
    """The same for the vectors in `slots` alone, read where they lie."""
    if len(slots) and not 0 <= slots.min() <= slots.max() < len(vectors):
        raise IndexError("a slot is outside the vectors")  # FAISS would not look
    scores = np.empty(len(slots), dtype=np.float32)
    faiss.fvec_inner_products_by_idx(
        faiss.swig_ptr(scores),
        faiss.swig_ptr(query),
        faiss.swig_ptr(vectors),
        faiss.swig_ptr(slots),
        vectors.shape[1],
        1,
        len(slots),
    )
    return scores


def best(scores: Scores, k: int) -> NDArray[np.intp]:
    """The positions of the `k` highest scores, highest first; of equal ones the earlier first."""
    if k < len(scores):
        positions = np.argpartition(scores, -k)[-k:]
        positions.sort()
    else:
        positions = np.arange(len(scores))
    return positions[np.argsort(-scores[positions], kind="stable")]


def distinct(slots: Slots, used: int) -> Slots:
    """The slots in the order of memory, each once; all are below `used`."""
    if len(slots) * 16 < used:
        return np.unique(slots)
    marked = np.zeros(used, dtype=np.bool_)
    marked[slots] = True
    return np.flatnonzero(marked)
