"""Which collection serves an index, and how far it is: one row of a collection of records."""

from dataclasses import dataclass

from recommender.index.milvus_collection import create_collection
from recommender.index.milvus_server import WRITE_SECONDS, GoneError, MilvusServer

_COLLECTION = "aisle_indexes"
_FIELDS = ("collection", "seq", "version")


@dataclass(frozen=True, slots=True)
class Record:
    collection: str = ""
    """The name of the collection of vectors that is in service; empty while there is none."""
    seq: int = 0
    version: int = 0
    """Another at each commit that changed vectors; 0 before the first commit."""


class MilvusRecords:
    """The records, each under the name of its index. Writing one replaces it as a whole."""

    def __init__(self, server: MilvusServer) -> None:
        self._server = server

    def read(self, name: str) -> Record:
        """As it was last written by anybody; an empty one where there is none."""
        try:
            rows = self._server.call(
                "query",
                _COLLECTION,
                filter=f'name == "{name}"',
                output_fields=list(_FIELDS),
                consistency_level="Strong",
            )
        except GoneError:
            return Record()
        return Record(*(rows[0][field] for field in _FIELDS)) if rows else Record()

    def write(self, name: str, record: Record) -> None:
        values = {field: getattr(record, field) for field in _FIELDS}
        row = {"name": name, **values, "vector": [0.0, 0.0]}
        try:
            self._server.call("upsert", _COLLECTION, [row], timeout=WRITE_SECONDS)
        except GoneError:
            self._create()
            self._server.call("upsert", _COLLECTION, [row], timeout=WRITE_SECONDS)

    def remove(self, prefix: str) -> None:
        """Forgets every record whose name begins so."""
        filter = f'name like "{prefix}%"'
        self._server.call("delete", _COLLECTION, filter=filter, timeout=WRITE_SECONDS)

    def _create(self) -> None:
        from pymilvus import DataType, FieldSchema

        create_collection(
            self._server,
            _COLLECTION,
            [
                FieldSchema("name", DataType.VARCHAR, max_length=100, is_primary=True),
                FieldSchema("collection", DataType.VARCHAR, max_length=100),
                FieldSchema("seq", DataType.INT64),
                FieldSchema("version", DataType.INT64),
                # Milvus takes no collection without vectors.
                FieldSchema("vector", DataType.FLOAT_VECTOR, dim=2),
            ],
            lists=0,
        )
