"""The vectors of one generation of an index: a collection in Milvus."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from recommender.index.milvus_server import WRITE_SECONDS, MilvusServer
from recommender.index.port import Hit, Ids, Vectors

Change = tuple[Vectors, int] | None
"""A vector and its digest; None for one that goes."""

_LISTS = 1_024
_PROBED = 64
_MOST_ROWS = 1_000  # in one message; a Milvus server takes 64 MiB at most
_MOST_IDS = 10_000  # in one filter
_MOST_HITS = 16_384  # Milvus's own limit for one search, and for one page of a query


class MilvusCollection:
    """One row a vector, `id`, `digest` and `vector`, in a collection of this name.

    milvus-lite compares with all vectors. A server sorts each of its segments, of some hundred
    thousand vectors, into lists (IVF_FLAT): a search without a filter looks into the nearest of
    them, one with a filter into all, and so is exact, which a graph would not be.

    Every method may raise `GoneError` and `IndexUnavailableError`.
    """

    def __init__(self, server: MilvusServer, name: str) -> None:
        self.name = name
        self._server = server

    def create(self, dimension: int) -> None:
        from pymilvus import DataType, FieldSchema

        create_collection(
            self._server,
            self.name,
            [
                FieldSchema("id", DataType.INT64, is_primary=True),
                FieldSchema("digest", DataType.INT64),
                FieldSchema("vector", DataType.FLOAT_VECTOR, dim=dimension),
            ],
            lists=0 if self._server.is_file else _LISTS,
        )

    def drop(self) -> None:
        self._server.call("drop_collection", self.name, timeout=WRITE_SECONDS)

    def write(self, changes: Mapping[int, Change]) -> None:
        put = [
            {"id": id, "vector": change[0], "digest": change[1]}
            for id, change in changes.items()
            if change is not None
        ]
        for start in range(0, len(put), _MOST_ROWS):
            rows = put[start : start + _MOST_ROWS]
            self._server.call("upsert", self.name, rows, timeout=WRITE_SECONDS)
        for part in _parts([id for id, change in changes.items() if change is None]):
            self._server.call("delete", self.name, filter=_one_of(part), timeout=WRITE_SECONDS)

    def flush(self) -> None:
        """Has rows indexed that were written since the last time."""
        self._server.call("flush", self.name, timeout=WRITE_SECONDS)

    def count(self) -> int:
        (row,) = self._server.call(
            "query",
            self.name,
            filter="",
            output_fields=["count(*)"],
            consistency_level="Strong",
        )
        return int(row["count(*)"])

    def digests(self, ids: Ids | None = None) -> dict[int, int]:
        if ids is not None:
            rows = [row for part in _parts(ids) for row in self._rows(part, "digest")]
            return {row["id"]: row["digest"] for row in rows}
        found: dict[int, int] = {}
        pages = self._server.call(
            "query_iterator",
            self.name,
            filter="",
            batch_size=_MOST_HITS,
            output_fields=["id", "digest"],
            consistency_level="Strong",
        )
        while page := pages.next():
            found |= {row["id"]: row["digest"] for row in page}
        pages.close()
        return found

    def vector(self, id: int) -> Vectors | None:
        rows = self._rows([id], "vector")
        return np.asarray(rows[0]["vector"], dtype=np.float32) if rows else None

    def nearest(self, query: Vectors, k: int) -> list[Hit]:
        """The nearest of all; over lists, of the nearest lists that hold so many."""
        hits = self._search(query, k, _PROBED)
        return hits if len(hits) >= k else self._search(query, k, _LISTS)

    def nearest_of(self, query: Vectors, k: int, passing: Ids) -> list[Hit]:
        """The nearest of these ids, which are sorted and each there once. Exact.

        Where they are too many for one filter, the nearest of all are taken in their order: the
        first `k` of them that pass are the nearest that pass. Where not so many do, of the most
        that Milvus gives, the ids are gone through in parts.
        """
        if len(passing) > _MOST_IDS:
            width = min(_MOST_HITS, 2 * k * max(1, self.count() // len(passing)))
            for wide in sorted({width, _MOST_HITS}):
                found = _among(self._search(query, wide, _LISTS), passing)
                if len(found) >= k:
                    return found[:k]
        hits = [
            hit for part in _parts(passing) for hit in self._search(query, k, _LISTS, _one_of(part))
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def _search(self, query: Vectors, k: int, probed: int, filter: str = "") -> list[Hit]:
        (found,) = self._server.call(
            "search",
            self.name,
            data=[query],
            anns_field="vector",
            limit=min(k, _MOST_HITS),
            filter=filter,
            output_fields=["id"],
            search_params={
                "metric_type": "IP",
                "params": {} if self._server.is_file else {"nprobe": probed},
            },
        )
        return [Hit(int(hit["id"]), float(hit["distance"])) for hit in found]

    def _rows(self, ids: Ids | Sequence[int], field: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._server.call(
            "query", self.name, filter=_one_of(ids), output_fields=["id", field]
        )
        return rows


def create_collection(server: MilvusServer, name: str, fields: list[Any], *, lists: int) -> None:
    """A collection of these fields, to be searched by `vector`, in so many lists; 0 is no lists.

    In three calls, because pymilvus's one waits half a second for the index of nothing.
    """
    from pymilvus import CollectionSchema
    from pymilvus.milvus_client import IndexParams

    indexes = IndexParams()
    indexes.add_index(
        "vector",
        index_type="IVF_FLAT" if lists else "FLAT",
        metric_type="IP",
        params={"nlist": lists} if lists else {},
    )
    # Session: this process reads what it wrote, and does not wait for what others write.
    server.call(
        "create_collection",
        name,
        schema=CollectionSchema(fields),
        consistency_level="Session",
        timeout=WRITE_SECONDS,
    )
    server.call("create_index", name, indexes, sync=False, timeout=WRITE_SECONDS)
    server.call("load_collection", name, timeout=WRITE_SECONDS)


def _parts(ids: Ids | Sequence[int]) -> Iterator[Ids | Sequence[int]]:
    for start in range(0, len(ids), _MOST_IDS):
        yield ids[start : start + _MOST_IDS]


def _one_of(ids: Ids | Sequence[int]) -> str:
    # Written out: milvus-lite knows no filter templates.
    return f"id in [{', '.join(map(str, np.asarray(ids, dtype=np.int64).tolist()))}]"


def _among(hits: list[Hit], passing: Ids) -> list[Hit]:
    """Those of the hits whose ids are among these sorted ones."""
    ids = np.array([hit.id for hit in hits], dtype=np.int64)
    places = np.minimum(np.searchsorted(passing, ids), len(passing) - 1)
    return [hit for hit, passes in zip(hits, passing[places] == ids, strict=True) if passes]
