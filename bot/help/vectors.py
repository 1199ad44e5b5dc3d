"""Vectors of texts that are asked for again and again, and change now and then."""

import hashlib
from collections.abc import Sequence
from threading import Lock

import numpy as np

from recommender.index.port import Vectors
from recommender.serving.encoder import Encoder


class KeptVectors:
    """Embeds only what is new since the last call. Thread-safe."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self._lock = Lock()

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row for each text: float32 `[len(texts), dimension]`."""
        if not texts:
            return np.zeros((0, self._encoder.dimension), dtype=np.float32)
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        with self._lock:
            # What no page says any more is forgotten here too.
            known = {key: self._vectors[key] for key in keys if key in self._vectors}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                vectors = self._encoder.encode(list(missing.values()))
                known |= dict(zip(missing, vectors, strict=True))
            self._vectors = known
            return np.stack([known[key] for key in keys])
