import hashlib
import re
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.models import Product, Variant

_DIMENSIONS = 256


@pytest.fixture
def product() -> Callable[..., Product]:
    def make(id: str, title: str, *, colors: tuple[str, ...] = (), **fields: str) -> Product:
        columns = {"description": "", "brand": "", "category": "", "material": "", "gender": ""}
        variants = [Variant(id=f"{id}-{n}", color=c, size="") for n, c in enumerate(colors or [""])]
        return Product(
            id=id, title=title, attributes={}, variants=variants, **{**columns, **fields}
        )

    return make


@pytest.fixture
def encode() -> Callable[[list[str]], NDArray[np.float32]]:
    """Bags of hashed words: texts that share words are near each other."""

    def vectors(texts: list[str]) -> NDArray[np.float32]:
        rows = np.full((len(texts), _DIMENSIONS), 1e-6, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.casefold()):
                row[hashlib.sha256(word.encode()).digest()[0]] += 1
        normalized: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return normalized

    return vectors
