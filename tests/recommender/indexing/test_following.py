"""Several processes follow one catalogue: some change it, some die, all find what is true."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from zlib import crc32

import numpy as np
import pytest
from sqlalchemy import Engine, delete, event, select, update
from sqlalchemy.orm import selectinload

from catalog.database import connect, sessions
from catalog.models import Product, Variant
from recommender.digest import digest
from recommender.index.faiss_index import FaissIndex
from recommender.index.port import Vectors
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.product_text import embedding_text, lexical_text
from recommender.query.english import ENGLISH
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import retriever_folder
from recommender.weights.shipped import SHIPPED_RETRIEVER
from tests.recommender.conftest import product, shop, variant
from tests.recommender.indexing.indexers import indexer_in
from tests.recommender.sudden_death import processes, run_until_killed

FILES = (
    "recommender/indexing/indexer.py",
    "recommender/index/",
    "recommender/retrieval/lexical.py",
)
CHANGES = 200
LINES = 1_601
"""More than a catch-up of 40 products has; a prime lets every line have its turn."""


class HashingEncoder:
    """A vector of the words' hashes: enough to tell texts apart, and there at once."""

    dimension = 32
    fingerprint = "hashes"
    words: frozenset[str] = frozenset()

    def encode(self, texts: list[str]) -> Vectors:
        vectors = np.stack(
            [
                sum(
                    np.random.default_rng(crc32(word.encode())).normal(size=self.dimension)
                    for word in text.split()
                )
                for text in texts
            ]
        )
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit.astype(np.float32)


def catch_up(url: str, folder: Path) -> None:
    engine = connect(url)
    indexer_in(folder, engine, HashingEncoder()).catch_up()
    engine.dispose()


def change(engine: Engine, number: int) -> int:
    """One of a product's title, its being there, and its price changes; returns its pk."""
    id = f"p{number * 7 % 40}"
    with sessions(engine).begin() as session:
        found = session.scalars(select(Product).where(Product.id == id)).one_or_none()
        if found is None:
            found = product(id, f"Thing number{number}", variant(id, "10"))
            session.add(found)
        elif number % 3 == 0:
            session.execute(delete(Product).where(Product.id == id))
        elif number % 3 == 1:
            found.title = f"Thing number{number}"
        else:
            session.execute(update(Variant).where(Variant.id == id).values(price=number))
        session.flush()
        return found.pk


def truth(engine: Engine) -> tuple[dict[int, int], dict[int, int]]:
    """The digests that each index should hold."""
    with sessions(engine)() as session:
        products = list(session.scalars(select(Product).options(selectinload(Product.variants))))
        return (
            {each.pk: digest(embedding_text(each)) for each in products},
            {each.pk: lexical_text(each).digest for each in products},
        )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_killed_while_it_follows_200_changes(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    with sessions(engine).begin() as session:
        session.add_all(product(f"p{i}", f"Thing number{1000 + i}") for i in range(40))
    indexer = indexer_in(folder, engine, HashingEncoder())
    indexer.catch_up()
    unknown: set[int] = set()
    kills = apart = 0
    for number in range(CHANGES):
        unknown.add(change(engine, number))

        line = 1 + number * 367 % LINES
        killed = run_until_killed(line, FILES, catch_up, database_url, folder)

        kills += killed
        indexer.index.refresh()
        indexer.lexical.refresh()
        apart += indexer.index.seq != indexer.lexical.seq
        vectors, words = truth(engine)
        if not killed:
            unknown.clear()
            assert indexer.outstanding() == 0
        for index, true in ((indexer.index, vectors), (indexer.lexical, words)):
            found = index.digests()
            wrong = {pk for pk in found.keys() | true.keys() if found.get(pk) != true.get(pk)}
            assert wrong <= unknown
    assert kills > CHANGES / 2
    assert apart, "some died between the commits of the two indexes"

    indexer.catch_up()

    assert (indexer.index.digests(), indexer.lexical.digests()) == truth(engine)


@dataclass
class Worker:
    """Another process with a search of its own."""

    connection: Connection

    def ask(self, text: str) -> None:
        self.connection.send(text)

    def answer(self) -> list[tuple[str, str]]:
        """Titles and prices of what was found, best first."""
        assert self.connection.poll(30), "the worker does not answer"
        found: list[tuple[str, str]] = self.connection.recv()
        return found

    def find(self, text: str) -> list[tuple[str, str]]:
        self.ask(text)
        return self.answer()


def open_engine(engine: Engine, encoder: OnnxEncoder, folder: Path) -> SearchEngine:
    index = FaissIndex(folder / "faiss", encoder.dimension, encoder.fingerprint)
    return SearchEngine(engine, EmbeddedCatalogue(engine, encoder, index, folder, ENGLISH))


def _work(url: str, models: Path, folder: Path, connection: Connection) -> None:
    engine = connect(url)
    search = open_engine(engine, OnnxEncoder(retriever_folder(models, SHIPPED_RETRIEVER)), folder)
    search.refresh()
    connection.send([])
    while text := connection.recv():
        results = search.search(search.understand(text), k=3).results
        connection.send([(offer.title, str(offer.price)) for offer in results])
    engine.dispose()


Workers = Callable[[int], list[Worker]]


@pytest.fixture
def start_workers(
    engine: Engine, database_url: str, models: Path, tmp_path: Path
) -> Iterator[Workers]:
    with sessions(engine).begin() as session:
        session.add_all(shop())
    started = []

    def start(count: int) -> list[Worker]:
        workers = []
        for _ in range(count):
            ours, theirs = processes.Pipe()
            process = processes.Process(
                target=_work, args=(database_url, models, tmp_path / "index", theirs)
            )
            process.start()
            theirs.close()
            started.append((process, ours))
            workers.append(Worker(ours))
        for worker in workers:
            assert worker.answer() == []
        return workers

    yield start
    for process, connection in started:
        connection.send("")
        process.join(30)
        connection.close()
        assert process.exitcode == 0


def test_changes_are_found_within_a_second_by_every_worker(
    engine: Engine, start_workers: Workers
) -> None:
    workers = start_workers(2)
    for worker in workers:
        assert worker.find("coffee mug")[0] == ("Sunrise Coffee Mug", "12.00")

    def all_find_within_a_second(title: str, price: str, *, first: bool) -> None:
        """They search at the same moment, and again until both answer as they should."""
        deadline = monotonic() + 1
        missing = workers
        while missing:
            for worker in missing:
                worker.ask(title)
            answers = [(worker, worker.answer()) for worker in missing]
            missing = [
                worker
                for worker, found in answers
                if (found[0] != (title, price) if first else (title, price) in found)
            ]
            assert monotonic() < deadline

    for number in range(5):
        with engine.begin() as connection:
            connection.execute(
                update(Variant).where(Variant.id == "mug-red").values(price=Decimal(20 + number))
            )
            connection.execute(
                update(Product).where(Product.id == "mug").values(title=f"Tea Bowl Nr{number}")
            )
        all_find_within_a_second(f"Tea Bowl Nr{number}", f"{20 + number}.00", first=True)
    with sessions(engine).begin() as session:
        session.add(product("sofa", "Velvet Sofa", variant("sofa", "899")))
    all_find_within_a_second("Velvet Sofa", "899.00", first=True)
    with sessions(engine).begin() as session:
        session.execute(delete(Product).where(Product.id == "sofa"))
    all_find_within_a_second("Velvet Sofa", "899.00", first=False)


def test_unchanged_catalogue_costs_a_search_one_look_at_the_log(
    filled: Engine, search: SearchEngine
) -> None:
    query = search.understand("running shoes")
    search.search(query)
    statements: list[str] = []
    event.listen(
        filled, "before_cursor_execute", lambda *args: statements.append(args[2]), named=False
    )

    search.search(query)

    assert len([each for each in statements if "product_changes" in each]) == 1


def test_rebuild_beside_a_searching_process(
    engine: Engine,
    encoder: OnnxEncoder,
    tmp_path: Path,
    start_workers: Workers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (worker,) = start_workers(1)
    folder = tmp_path / "index"
    rebuilding = open_engine(engine, encoder, folder)
    monkeypatch.setattr("recommender.indexing.indexer._PAGE", 2)
    titles: list[str] = []

    def search_meanwhile(done: int, total: int) -> None:
        assert worker.find("coffee mug")[0][0] == "Sunrise Coffee Mug"
        # What changes now is found at once in the old index, and must be in the new one later.
        titles.append(f"Velvet Sofa Nr{len(titles)}")
        with sessions(engine).begin() as session:
            session.execute(delete(Product).where(Product.id == "sofa"))
            session.add(product("sofa", titles[-1], variant("sofa", "899")))
        assert worker.find(titles[-1])[0][0] == titles[-1]

    for _ in range(3):
        (before,) = folder.rglob("rows.db")

        assert rebuilding.refresh(search_meanwhile, rebuild=True) >= 6

        assert worker.find(titles[-1])[0][0] == titles[-1]
        assert worker.find("coffee mug")[0][0] == "Sunrise Coffee Mug"
        (after,) = folder.rglob("rows.db")
        assert after != before
    assert len(titles) >= 9
