"""Products embedded in a second, against plain `SentenceTransformer.encode`.

    .venv/bin/python -m benchmarks.embedding --products ../shared/data/homedepot/products.tsv

Both embed the same texts, those that `aisle index` embeds, with MiniLM, in turn and three times
over, with as many threads each; SentenceTransformers as it is by default. What is said is the
median of the rates and of the ratios, and how near the vectors are to each other: the cosine of
the two of each text. `--int8` measures the encoder with its weights in 8 bits instead, as the
reranker's are.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalog.database import sessions
from catalog.models import Product
from recommender.evaluation.catalogue import catalogue_of
from recommender.product_text import embedding_text
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import export_encoder
from recommender.weights.minilm import minilm_folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--products", type=Path, default=Path("../shared/data/homedepot/products.tsv")
    )
    parser.add_argument("--sample", type=int, default=10_000, help="products; 0 for all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--int8", action="store_true")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    texts = _texts(options.products)
    if 0 < options.sample < len(texts):
        texts = random.Random(0).sample(texts, options.sample)  # noqa: S311 (a sample)
    report = _compare(texts, options.rounds, int8=options.int8)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
        print()
        return
    print(
        f"{report['products']:,} products of {options.products.name}, {report['threads']} threads, "
        f"medians of {options.rounds} rounds\n"
        f"SentenceTransformer.encode  {report['plain_per_second']:>7,} products/s\n"
        f"aisle                       {report['aisle_per_second']:>7,} products/s, "
        f"{report['ratio']} times as many "
        f"(from {min(report['ratios'])} to {max(report['ratios'])})\n"
        f"cosine of both vectors: least {report['cosine_min']}, mean {report['cosine_mean']}"
    )


def _texts(products: Path) -> list[str]:
    with (
        tempfile.TemporaryDirectory() as folder,
        catalogue_of(products, Path(folder)) as catalogue,
        sessions(catalogue.engine)() as session,
    ):
        found = session.scalars(select(Product).options(selectinload(Product.variants)))
        return [embedding_text(product) for product in found]


def _compare(texts: list[str], rounds: int, *, int8: bool) -> dict[str, Any]:
    threads = len(os.sched_getaffinity(0))
    torch.set_num_threads(threads)
    plain = SentenceTransformer(str(minilm_folder()), device="cpu")
    with tempfile.TemporaryDirectory() as folder:
        encoder = Path(folder) / "encoder"
        export_encoder(encoder)
        if int8:
            exported = (encoder / "model.onnx").rename(encoder / "exported.onnx")
            quantize_dynamic(exported, encoder / "model.onnx", weight_type=QuantType.QInt8)
        ours = OnnxEncoder(encoder, threads)
    plain.encode(texts[:64]), ours.encode(texts[:64])
    rates: list[tuple[float, float]] = []
    for number in range(rounds):
        started = time.perf_counter()
        theirs = plain.encode(texts)
        between = time.perf_counter()
        vectors = ours.encode(texts)
        ended = time.perf_counter()
        rates.append((len(texts) / (between - started), len(texts) / (ended - between)))
        print(f"round {number + 1}: {rates[-1][0]:.0f}/s, {rates[-1][1]:.0f}/s", file=sys.stderr)
    cosines = (theirs * vectors).sum(axis=1)
    ratios = [round(mine / their, 2) for their, mine in rates]
    return {
        "products": len(texts),
        "threads": threads,
        "plain_per_second": round(statistics.median(their for their, _ in rates)),
        "aisle_per_second": round(statistics.median(mine for _, mine in rates)),
        "ratio": statistics.median(ratios),
        "ratios": ratios,
        "cosine_min": round(float(cosines.min()), 5),
        "cosine_mean": round(float(cosines.mean()), 5),
    }


if __name__ == "__main__":
    main()
