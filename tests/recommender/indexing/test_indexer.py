import logging
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, delete, select, text, update

from catalog.database import connect, sessions
from catalog.models import Product, Variant
from recommender.index.faiss_index import FaissIndex
from recommender.index.port import Vectors
from recommender.indexing.indexer import Indexer
from recommender.retrieval.lexical import LexicalText
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import retriever_folder
from recommender.weights.shipped import SHIPPED_RETRIEVER
from tests.recommender.conftest import product, shop
from tests.recommender.indexing.indexers import indexer_in

MakeIndexer = Callable[[Engine], Indexer]


class CountingEncoder:
    """The real encoder, which remembers what it was given."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self._encoder = encoder
        self.dimension = encoder.dimension
        self.fingerprint = encoder.fingerprint
        self.words = encoder.words
        self.texts: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.texts += texts
        return self._encoder.encode(texts)


@pytest.fixture
def counting(encoder: OnnxEncoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture
def make_indexer(counting: CountingEncoder, tmp_path: Path) -> MakeIndexer:
    return lambda engine: indexer_in(tmp_path / "index", engine, counting)


def pk_of(engine: Engine, id: str) -> int:
    with sessions(engine)() as session:
        return session.scalars(select(Product.pk).where(Product.id == id)).one()


def test_new_catalogue_is_indexed_with_progress(filled: Engine, make_indexer: MakeIndexer) -> None:
    indexer = make_indexer(filled)
    progress: list[tuple[int, int]] = []

    assert indexer.outstanding() > 0
    assert indexer.catch_up(lambda done, total: progress.append((done, total))) == 6
    assert len(indexer.index) == 6
    assert progress == [(6, 6)]
    assert indexer.outstanding() == 0


def test_second_run_embeds_nothing(
    filled: Engine, make_indexer: MakeIndexer, counting: CountingEncoder
) -> None:
    make_indexer(filled).catch_up()
    counting.texts.clear()

    again = make_indexer(filled)

    assert len(again.index) == 6
    assert again.catch_up() == 0
    assert counting.texts == []


def test_what_was_saved_is_not_outstanding(filled: Engine, make_indexer: MakeIndexer) -> None:
    make_indexer(filled).catch_up()

    assert make_indexer(filled).outstanding() == 0

    with filled.begin() as connection:
        connection.execute(update(Variant).values(stock=1))
    assert make_indexer(filled).outstanding() > 0

    make_indexer(filled).catch_up()  # embeds nothing, but knows the log now
    assert make_indexer(filled).outstanding() == 0


def test_only_changed_text_is_embedded_again(
    filled: Engine, make_indexer: MakeIndexer, counting: CountingEncoder
) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    counting.texts.clear()

    with filled.begin() as connection:  # raw SQL, as a shop's own job would write
        connection.execute(text("UPDATE products SET title = 'Velvet Sofa' WHERE id = 'mug'"))
        connection.execute(update(Variant).values(stock=1))

    assert indexer.outstanding() > 0
    assert indexer.catch_up() == 1
    assert [found.split(".")[0] for found in counting.texts] == ["Velvet Sofa"]
    assert indexer.outstanding() == 0


def test_added_and_deleted_products_are_followed(filled: Engine, make_indexer: MakeIndexer) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    gone = pk_of(filled, "drover")

    with sessions(filled).begin() as session:
        session.execute(delete(Product).where(Product.id == "drover"))
        session.add(product("sofa", "Velvet Sofa"))

    assert indexer.catch_up() == 2
    assert indexer.index.vector(gone) is None
    assert indexer.index.vector(pk_of(filled, "sofa")) is not None


def test_rebuild_embeds_everything(
    filled: Engine, make_indexer: MakeIndexer, counting: CountingEncoder
) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    counting.texts.clear()

    assert indexer.catch_up(rebuild=True) == 6
    assert len(counting.texts) == len(indexer.index) == 6


def test_nobody_sees_half_a_rebuild(
    filled: Engine, make_indexer: MakeIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    monkeypatch.setattr("recommender.indexing.indexer._PAGE", 2)
    monkeypatch.setattr("recommender.indexing.indexer._LEXICAL_PAGES", 1)
    seen: list[tuple[int, int]] = []

    indexer.catch_up(
        lambda done, total: seen.append((len(indexer.index), len(make_indexer(filled).index))),
        rebuild=True,
    )

    assert seen == [(6, 6)] * 3


def test_damaged_file_is_rebuilt_with_a_log_line(
    filled: Engine, make_indexer: MakeIndexer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_indexer(filled).catch_up()
    (rows,) = (tmp_path / "index").rglob("rows.db")
    rows.write_bytes(b"scribble")

    with caplog.at_level(logging.WARNING):
        indexer = make_indexer(filled)
    assert "rebuilt" in caplog.text
    assert indexer.catch_up() == 6
    assert len(make_indexer(filled).index) == 6


def test_index_of_another_database_is_corrected(
    filled: Engine,
    make_indexer: MakeIndexer,
    connect_to: Callable[[str], Engine],
    sqlite_template: Path,
    tmp_path: Path,
) -> None:
    make_indexer(filled).catch_up()
    (tmp_path / "other.db").write_bytes(sqlite_template.read_bytes())
    other = connect_to(f"sqlite:///{tmp_path / 'other.db'}")
    with sessions(other).begin() as session:
        session.add(product("sofa", "Velvet Sofa"))

    indexer = make_indexer(other)
    indexer.catch_up()

    assert list(indexer.index.digests()) == [pk_of(other, "sofa")]


def test_processes_take_over_what_another_indexed(
    filled: Engine, make_indexer: MakeIndexer, counting: CountingEncoder
) -> None:
    first, second = make_indexer(filled), make_indexer(filled)
    first.catch_up()
    counting.texts.clear()

    second.catch_up()

    assert len(second.index) == 6
    assert counting.texts == []


def _index_in_a_process(url: str, models: Path, folder: Path) -> None:
    engine = connect(url)
    encoder = OnnxEncoder(retriever_folder(models, SHIPPED_RETRIEVER))
    indexer_in(folder, engine, encoder).catch_up()
    engine.dispose()


def test_processes_at_once_leave_a_whole_index(
    database_url: str, engine: Engine, models: Path, make_indexer: MakeIndexer, tmp_path: Path
) -> None:
    with sessions(engine).begin() as session:
        session.add_all(shop())
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=_index_in_a_process, args=(database_url, models, tmp_path / "index"))
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0]
    assert len(make_indexer(engine).index) == 6


def test_who_does_not_wait_is_not_kept(filled: Engine, make_indexer: MakeIndexer) -> None:
    busy, other = make_indexer(filled), make_indexer(filled)
    results: list[int] = []

    busy.catch_up(lambda done, total: results.append(other.catch_up(wait=False)))

    assert results == [0]
    assert other.catch_up(wait=False) == 0, "the file has it all now"
    assert len(other.index) == 6


def test_who_compares_everything_keeps_nobody_from_following(
    filled: Engine, make_indexer: MakeIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower, newcomer = make_indexer(filled), make_indexer(filled)
    follower.catch_up()
    really_read = newcomer._texts.read

    def change_beside(pks: list[int]) -> object:
        read = really_read(pks)
        monkeypatch.undo()
        with filled.begin() as connection:
            connection.execute(update(Product).values(title="Velvet Sofa"))
        assert follower.catch_up(wait=False) == 6
        return read

    monkeypatch.setattr(newcomer._texts, "read", change_beside)

    assert newcomer.catch_up() == 0
    assert newcomer.index.digests() == follower.index.digests()
    assert newcomer.outstanding() == 0


def test_threads_of_one_process_do_not_rebuild_at_once(
    filled: Engine, make_indexer: MakeIndexer, counting: CountingEncoder
) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    counting.texts.clear()
    results: list[int] = []

    def rebuild_beside(done: int, total: int) -> None:
        thread = Thread(target=lambda: results.append(indexer.catch_up(rebuild=True, wait=False)))
        thread.start()
        thread.join(30)

    assert indexer.catch_up(rebuild_beside, rebuild=True) == 6
    assert results == [0]
    assert len(counting.texts) == 6


def test_who_does_not_wait_is_not_kept_by_maintenance(
    filled: Engine, make_indexer: MakeIndexer
) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    indexer.maintain()
    with filled.begin() as connection:
        connection.execute(update(Product).values(title="Velvet Sofa"))
    results: list[int] = []
    thread = Thread(target=lambda: results.append(indexer.catch_up(wait=False)), daemon=True)

    assert isinstance(indexer.index, FaissIndex)
    with indexer.index._changing:  # as when it puts another generation in place
        thread.start()
        thread.join(10)
        assert results == [0]

    assert indexer.catch_up(wait=False) == 6


def test_rebuild_renews_the_words_too(filled: Engine, make_indexer: MakeIndexer) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    true = indexer.lexical.digests()
    indexer.lexical.put({pk_of(filled, "mug"): LexicalText("wrong"), 999: LexicalText("never")})
    indexer.lexical.commit(indexer.lexical.seq)

    indexer.catch_up(rebuild=True)

    assert make_indexer(filled).lexical.digests() == true


def test_rebuild_of_an_empty_catalogue_forgets_what_was(
    filled: Engine, make_indexer: MakeIndexer
) -> None:
    indexer = make_indexer(filled)
    indexer.catch_up()
    with sessions(filled).begin() as session:
        session.execute(delete(Product))

    assert indexer.catch_up(rebuild=True) == 0

    assert (len(indexer.index), len(indexer.lexical)) == (0, 0)
    assert indexer.outstanding() == 0
