"""Embedding a large catalogue with Ray Data: on all of a machine's GPUs, or on many machines."""

import logging
import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalog.database import connect, sessions
from catalog.models import Product
from recommender.digest import digest
from recommender.errors import RayError
from recommender.index.port import Ids
from recommender.indexing.indexer import Embedded
from recommender.product_text import embedding_text
from recommender.serving.export import prepare_retriever
from recommender.serving.models import open_encoder

_Batch = Mapping[str, NDArray[Any]]

_SHARD = 1_024
"""Products that are read at once, and go from one step to the next together."""
_CONNECT_SECONDS = 5
_BATCH = 512
"""Texts that an encoder gets at once. It sorts them by length, and batches them as it likes."""


@dataclass(frozen=True, slots=True)
class RayEmbedder:
    """Embeds products by their pks: tasks read them from the database, actors encode them.

    Each actor holds its own model; there is one a GPU, or one a machine where there are none, which
    uses all of its cores. The vectors come back to whoever asks, who puts them into an index. Runs
    on the cluster that the environment variable `RAY_ADDRESS` names, and otherwise on this machine.
    On every machine Aisle is installed, with the extra `ray`, and `database_url` reaches the
    database. Models are exported under `data_dir` where they are not.
    """

    database_url: str
    data_dir: Path
    embedding_model: str = ""
    device: str = "auto"
    workers: int = 0
    """How many actors; 0 is one a GPU, or one a machine."""

    def __call__(self, pks: Ids) -> Iterator[Embedded]:
        """The vectors of these products, in batches and in no order; what is gone is left out.

        Raises:
            RayError: Ray is not installed, its cluster does not answer, or an actor failed.
        """
        ray = _start()
        try:
            gpus = 0 if self.device == "cpu" else int(ray.cluster_resources().get("GPU", 0))
            workers = self.workers or gpus or len(ray.nodes())
            cores = ray.cluster_resources()["CPU"]
            each = {"num_gpus": 1} if gpus else {"num_cpus": cores // workers or cores / workers}
            shards = [{"pks": part} for part in _shards(pks)]
            embedded = (
                ray.data.from_items(shards, override_num_blocks=len(shards))
                .map_batches(
                    _read,
                    batch_size=1,
                    compute=ray.data.TaskPoolStrategy(size=min(len(shards), 2 * workers)),
                    num_cpus=0,  # they wait for the database, and actors have all the cores
                    fn_kwargs={"url": self.database_url},
                )
                .map_batches(
                    _Actor,
                    batch_size=_BATCH,
                    compute=ray.data.ActorPoolStrategy(size=workers),
                    fn_constructor_args=(self.data_dir, self.embedding_model, self.device),
                    **each,
                )
            )
            for batch in embedded.iter_batches(batch_size=_SHARD):
                yield batch["pk"], batch["vector"], batch["digest"]
        except ray.exceptions.RayError as error:
            raise RayError(f"Embedding with Ray failed: {_reason(error)}") from error
        finally:
            ray.shutdown()


class _Actor:
    def __init__(self, data_dir: Path, embedding_model: str, device: str) -> None:
        prepare_retriever(data_dir, embedding_model)
        self._encoder = open_encoder(data_dir, embedding_model, device)

    def __call__(self, batch: _Batch) -> _Batch:
        vectors = self._encoder.encode(batch["text"].tolist())
        return {"pk": batch["pk"], "digest": batch["digest"], "vector": vectors}


def _read(batch: _Batch, url: str) -> _Batch:
    """The texts of a shard of products."""
    (pks,) = batch["pks"]
    engine = connect(url)
    with sessions(engine)() as session:
        products = session.scalars(
            select(Product)
            .where(Product.pk.in_(pks.tolist()))
            .options(selectinload(Product.variants))
        )
        texts = {product.pk: embedding_text(product) for product in products}
    engine.dispose()
    return {
        "pk": np.fromiter(texts, dtype=np.int64),
        "text": np.array(list(texts.values()), dtype=object),
        "digest": np.array([digest(text) for text in texts.values()], dtype=np.int64),
    }


_ATTEMPTS = 2
"""Ray gives a node half a minute to come up, which on a busy machine may not be enough."""


def _start() -> Any:
    """Ray, connected to the cluster that RAY_ADDRESS names, or started here."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would report to its makers
    # Its own 20 seconds are too few to start in on a machine that has other work.
    os.environ.setdefault("RAY_gcs_server_port_wait_time_s", "120")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise RayError(
            f"Embedding with Ray needs {error.name}. Run `pip install -e '.[ray]'`."
        ) from error
    address = os.environ.get("RAY_ADDRESS", "")
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _check(address)
            ray.init(
                include_dashboard=None if address else False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
            break
        except (OSError, ValueError) as error:
            raise RayError(
                f"Ray's cluster at RAY_ADDRESS={address} does not answer "
                f"({_reason(error)}). Start it with `ray start --head`, or unset RAY_ADDRESS."
            ) from error
        except Exception as error:  # Ray has no type for a node that comes up too slowly
            ray.shutdown()
            if attempt == _ATTEMPTS:
                raise RayError(f"Ray did not start ({_reason(error)}). Try once more.") from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray


def _check(address: str) -> None:
    """Whether anybody listens there: Ray itself tries for five minutes.

    Raises:
        OSError: nobody does.
    """
    place = urlsplit(address if "://" in address else f"//{address}")
    if place.hostname and place.port:
        socket.create_connection((place.hostname, place.port), _CONNECT_SECONDS).close()


def _shards(pks: Ids) -> Iterator[Ids]:
    for start in range(0, len(pks), _SHARD):
        yield pks[start : start + _SHARD]


def _reason(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else type(error).__name__
