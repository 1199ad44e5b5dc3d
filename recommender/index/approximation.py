"""Structures that find the nearest vectors without looking at all of them."""

import contextlib
import os
import re
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from recommender.index.port import Vectors
from recommender.index.rule import Structure
from recommender.index.slots import Slots

# HNSW: links a vector, and how many candidates are kept while building and while searching.
_LINKS = 32
_EF_CONSTRUCTION = 80
_EF_SEARCH = 256
_HNSW_RESCORED = 2
# IVF-PQ: lists are the root of the number of vectors times this, codes two bits a number.
_LISTS_FACTOR = 2
_SAMPLES_A_LIST = 64
_PROBED_SHARE = 1 / 8
_LEAST_PROBED = 192
_IVF_PQ_RESCORED = 8
_MOST_OF_A_GPU = 2_048
"""More neighbours than these a GPU does not find at once."""
_ADDED_AT_ONCE = 2_048
_READ_AT_ONCE = 1 << 24

_NAME = re.compile(r"(hnsw|ivfpq)-(\d+)-([0-9a-f]{8})\.faiss")


class StoppedError(Exception):
    """Building was ended before it was done."""


class DamagedSnapshotError(Exception):
    """A file that is missing, or is not as it was written."""


@dataclass(frozen=True)
class Approximation:
    """A FAISS index over the first `covered` slots. It is never changed, so may be searched freely.

    Vectors that died since are still in it: a search is told which slots are alive.
    """

    structure: Structure
    covered: int
    index: Any
    one_at_a_time: contextlib.AbstractContextManager[Any] | None = None
    """Of an index that may not be searched by several threads at once."""

    def search(self, query: Vectors, k: int, alive: NDArray[np.bool_]) -> Slots:
        """About the `k` nearest slots that are alive, and some more, in no order.

        `alive` is by slot. There may be fewer than `k`, though so many are alive.
        """
        dead = not alive[: self.covered].all()
        bits = np.packbits(alive[: self.covered], bitorder="little")
        selector = faiss.IDSelectorBitmap(bits) if dead else None
        if self.structure is Structure.GPU:  # its searches take no selector
            dead_count = int(self.covered - alive[: self.covered].sum())
            wanted = min(k + dead_count, _MOST_OF_A_GPU)
            parameters = None
        elif self.structure is Structure.HNSW:
            wanted = k * _HNSW_RESCORED
            parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=max(_EF_SEARCH, wanted))
        else:
            wanted = k * _IVF_PQ_RESCORED
            probed = max(_LEAST_PROBED, int(self.index.nlist * _PROBED_SHARE))
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=probed)
        with self.one_at_a_time or contextlib.nullcontext():
            _, found = self.index.search(query[None], min(wanted, self.covered), params=parameters)
        slots = found[0][found[0] >= 0]
        return np.ascontiguousarray(slots[alive[slots]], dtype=np.int64)

    def save(self, folder: Path) -> str:
        """Writes it into a folder, whole or not at all; returns the name of the file.

        Raises:
            OSError: the disk is full, or the folder is gone.
        """
        beside = folder / f"{self.structure}.tmp"
        try:
            faiss.write_index(self.index, str(beside))
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
        except (OSError, RuntimeError) as error:  # FAISS says everything with the latter
            beside.unlink(missing_ok=True)
            raise OSError(f"{beside} cannot be written: {error}") from error
        name = f"{self.structure}-{self.covered}-{_checksum(beside):08x}.faiss"
        beside.replace(folder / name)
        return name


def gpus() -> int:
    """How many GPUs FAISS can use; none where it is `faiss-cpu`."""
    count: int = faiss.get_num_gpus() if hasattr(faiss, "get_num_gpus") else 0
    return count if hasattr(faiss, "StandardGpuResources") else 0


def load(folder: Path, name: str, *, mapped: bool = True) -> Approximation:
    """What `save` wrote; mapped into memory, so that processes share it, or to be extended.

    Raises:
        DamagedSnapshotError: the file is missing, or is not as it was written.
    """
    parts = _NAME.fullmatch(name)
    path = folder / name
    try:
        # FAISS would believe the file: a link into nowhere ends the process.
        if parts is None or _checksum(path) != int(parts[3], 16):
            raise DamagedSnapshotError(f"{path} is not as it was written")
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
    except (OSError, RuntimeError) as error:
        raise DamagedSnapshotError(f"{path} cannot be read: {error}") from error
    return Approximation(Structure(parts[1]), int(parts[2]), index)


def build(
    structure: Structure,
    vectors: Vectors,
    live: Slots,
    *,
    extending: Approximation | None,
    stopped: Callable[[], bool],
) -> Approximation:
    """The structure over all of `vectors` `[slots, dimension]`, trained on those in `live`.

    Where `extending` is of the same kind and still fits the size, only what it lacks is added;
    it must not be mapped, and is used up. Takes from seconds to many minutes.

    Raises:
        StoppedError: `stopped` said so.
    """
    index: Any
    if structure is Structure.GPU:
        flat = faiss.IndexFlatIP(vectors.shape[1])
        index = faiss.index_cpu_to_gpu(faiss.StandardGpuResources(), 0, flat)
    elif extending is not None and _still_fits(extending, structure, len(vectors)):
        index = extending.index
    else:
        index = _trained(structure, vectors, live)
    for start in range(index.ntotal, len(vectors), _ADDED_AT_ONCE):
        if stopped():
            raise StoppedError
        index.add(vectors[start : start + _ADDED_AT_ONCE])
    lock = threading.Lock() if structure is Structure.GPU else None
    return Approximation(structure, len(vectors), index, lock)


def _still_fits(extending: Approximation, structure: Structure, vectors: int) -> bool:
    if extending.structure is not structure:
        return False
    return structure is not Structure.IVF_PQ or _lists(vectors) < 2 * extending.index.nlist


def _lists(vectors: int) -> int:
    return max(1, min(int(_LISTS_FACTOR * vectors**0.5), vectors // 39))


def _trained(structure: Structure, vectors: Vectors, live: Slots) -> Any:
    dimension = vectors.shape[1]
    if structure is Structure.HNSW:
        index = faiss.IndexHNSWSQ(
            dimension, faiss.ScalarQuantizer.QT_8bit, _LINKS, faiss.METRIC_INNER_PRODUCT
        )
        index.hnsw.efConstruction = _EF_CONSTRUCTION
        samples = 65_536
    else:
        lists = _lists(len(live))
        parts = next(dimension // size for size in (2, 3, 1) if dimension % size == 0)
        index = faiss.index_factory(
            dimension, f"IVF{lists},PQ{parts}x4fs", faiss.METRIC_INNER_PRODUCT
        )
        samples = max(65_536, lists * _SAMPLES_A_LIST)
    chosen = np.random.default_rng(0).choice(live, min(samples, len(live)), replace=False)
    index.train(vectors[np.sort(chosen)])
    return index


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while block := file.read(_READ_AT_ONCE):
            checksum = zlib.crc32(block, checksum)
    return checksum
