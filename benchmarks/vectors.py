"""Vectors that lie as those of product titles do, as many as one likes.

Their measure was taken from 54,667 titles of the Home Depot collection, embedded by MiniLM:
`.venv/bin/python -m benchmarks.vectors FILE.npy` prints both side by side.
"""

import sys

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIMENSION = 384
_AT_ONCE = 50_000
# What share of the variance tells departments apart, kinds of product, lines of one kind, and the
# products of a line; and how many products there are of each.
_SHARES = (0.30, 0.20, 0.25, 0.25)
_MEMBERS = (1_000, 60, 6)
_COMMON = 0.15
"""Of the squared length: what all product titles have in common."""
_QUERY_NOISE = 1.4


class SyntheticCatalogue:
    """So many products; `vectors` `[n, 384]`, of length 1."""

    def __init__(self, products: int, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        # A few directions matter most, and all of them a little.
        spread = (np.arange(DIMENSION) + 12.0) ** -1.3
        self._spread = np.sqrt(spread / spread.sum()).astype(np.float32)
        common = self._normal(1)[0]
        self._common = common * np.float32(_COMMON**0.5 / np.linalg.norm(common))
        self._centres = [
            self._normal(max(1, products // members)) * np.float32(((1 - _COMMON) * share) ** 0.5)
            for share, members in zip(_SHARES, _MEMBERS, strict=False)
        ]
        self.vectors = np.empty((products, DIMENSION), dtype=np.float32)
        for start in range(0, products, _AT_ONCE):
            part = self.vectors[start : start + _AT_ONCE]
            part[:] = self._kind(len(part), len(self._centres), _SHARES[-1])

    def queries(self, count: int) -> Vectors:
        """Queries `[count, 384]`, each for a kind of product, in words that no title has."""
        return self._kind(count, 2, _QUERY_NOISE * (1 - sum(_SHARES[:2])))

    def _kind(self, count: int, levels: int, noise: float) -> Vectors:
        """Vectors around random centres. Centres are nested: a line's kind, a kind's department."""
        vectors = self._normal(count) * np.float32(((1 - _COMMON) * noise) ** 0.5) + self._common
        finest = self._centres[levels - 1]
        # Some kinds have many products, most have few.
        chosen = (len(finest) * self._random.random(count) ** 1.5).astype(np.int64)
        for centres in self._centres[:levels]:
            vectors += centres[chosen * len(centres) // len(finest)]
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _normal(self, count: int) -> Vectors:
        drawn = self._random.standard_normal((count, DIMENSION), dtype=np.float32)
        return drawn * self._spread


def shape(vectors: Vectors) -> dict[str, float]:
    """How vectors lie: cosines of pairs and of neighbours, and how few directions matter."""
    random = np.random.default_rng(0)
    some = vectors[random.choice(len(vectors), 500, replace=False)]
    cosines = np.sort(some @ vectors.T, axis=1)[:, ::-1]
    centred = vectors[random.choice(len(vectors), min(5_000, len(vectors)), replace=False)]
    variances = np.linalg.svd(centred - centred.mean(0), compute_uv=False) ** 2
    shares = np.cumsum(variances) / variances.sum()
    return {
        "cosine of two": float(cosines.mean()),
        "its deviation": float(cosines.std()),
        **{f"cosine of neighbour {n}": float(cosines[:, n].mean()) for n in (1, 10, 50, 500)},
        **{f"variance in {n} directions": float(shares[n - 1]) for n in (10, 64, 128)},
    }


def main() -> None:
    real = np.load(sys.argv[1])
    measured, synthetic = shape(real), shape(SyntheticCatalogue(len(real)).vectors)
    for name, value in measured.items():
        print(f"{name:28} {value:.2f} {synthetic[name]:.2f}")


if __name__ == "__main__":
    main()
