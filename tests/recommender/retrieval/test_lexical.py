import logging
import multiprocessing
import threading
from pathlib import Path

import numpy as np
import pytest

from recommender.index.port import Ids
from recommender.retrieval.analysis import Analyzer
from recommender.retrieval.lexical import LexicalIndex, LexicalText

SHOP = {
    1: LexicalText("Velvet Sofa", "Furniture > Sofas blue", "Seats three. Oak legs.", ("SOFA-01",)),
    2: LexicalText("Oak Desk", "Furniture > Desks", "A desk beside any sofa.", ("DESK-02",)),
    3: LexicalText("Rainshower Head", "Bath chrome", "", ("AB/12-9",)),
    4: LexicalText("Noise Cancelling Headphones WH-1000XM4", "Electronics black"),
    5: LexicalText("Headphones Case", "Electronics"),
}


def ids(*values: int) -> Ids:
    return np.array(values, dtype=np.int64)


def open_index(folder: Path) -> LexicalIndex:
    return LexicalIndex(folder, Analyzer("english"))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = open_index(tmp_path)
    index.put(SHOP)
    index.commit(7)
    return index


def found(index: LexicalIndex, text: str, k: int = 10, allowed: Ids | None = None) -> list[int]:
    return [hit.id for hit in index.search(text, k, allowed).hits]


def test_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = open_index(tmp_path)

    assert (len(index), index.seq) == (0, 0)
    assert found(index, "sofa") == []


def test_title_counts_more_than_description(index: LexicalIndex) -> None:
    assert found(index, "sofas") == [1, 2]
    assert found(index, "oak")[0] == 2


def test_scores_are_shares_of_a_title_that_says_it_all(index: LexicalIndex) -> None:
    (whole,) = index.search("velvet sofa", 1).hits
    (part,) = index.search("velvet sofa with a purple canopy", 1).hits

    assert 0.7 < whole.score <= 1
    assert 0 < part.score < whole.score


def test_parts_of_compounds_and_mistyped_words_are_found(index: LexicalIndex) -> None:
    assert found(index, "rain shower")[0] == 3
    assert found(index, "headfones")[0] in (4, 5)


@pytest.mark.parametrize("text", ["wh1000xm4", "WH-1000XM4", "do you have the WH1000-XM4?"])
def test_model_number_is_found_exactly(index: LexicalIndex, text: str) -> None:
    hits = index.search(text, 5)

    assert hits.exact == {4}
    assert hits.hits[0].id == 4


@pytest.mark.parametrize("text", ["AB/12-9", "ab129", "desk-02 please"])
def test_sku_is_found_exactly(index: LexicalIndex, text: str) -> None:
    hits = index.search(text, 5)

    assert hits.exact == {2 if "desk" in text else 3}


def test_code_that_many_bear_leads_none(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.put({pk: LexicalText(f"Case {pk} for Alto13") for pk in range(20)})
    index.commit(1)

    assert index.search("alto13 case", 5).exact == frozenset()


def test_only_allowed_products_are_found(index: LexicalIndex) -> None:
    assert found(index, "sofa", allowed=ids(2, 3)) == [2]
    assert found(index, "sofa", allowed=ids()) == []
    assert found(index, "sofa", allowed=ids(99)) == []


def test_few_allowed_among_many_better_ones_are_all_found(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.put({pk: LexicalText("red sofa") for pk in range(1000)})
    index.put({pk: LexicalText("sofa with many words around it all") for pk in range(1000, 1100)})
    index.commit(1)
    allowed = np.arange(1000, 1100)

    assert sorted(found(index, "red sofa", 100, allowed)) == allowed.tolist()
    assert len(found(index, "red sofa", 5, allowed[:3])) == 3


def test_text_put_again_is_replaced_and_removed_is_gone(index: LexicalIndex) -> None:
    index.put({1: LexicalText("Garden Hammock")})
    index.remove([5, 77])
    index.commit(8)

    assert found(index, "velvet") == []
    assert found(index, "hammock") == [1]
    assert 5 not in found(index, "headphones case")
    assert (len(index), index.seq) == (4, 8)


def test_digests_say_which_text_is_indexed(index: LexicalIndex) -> None:
    digests = index.digests([1, 2, 77])

    assert digests == {1: SHOP[1].digest, 2: SHOP[2].digest}
    assert index.digests() == {pk: text.digest for pk, text in SHOP.items()}
    assert SHOP[1].digest != LexicalText("Velvet Sofa").digest


def test_what_is_not_committed_is_not_kept(index: LexicalIndex, tmp_path: Path) -> None:
    index.put({6: LexicalText("Garden Hammock")})
    index.rollback()

    assert found(index, "hammock") == []
    index.commit(9)
    assert found(open_index(tmp_path), "hammock") == []


def test_clearing_takes_effect_with_the_commit(index: LexicalIndex) -> None:
    index.clear()
    index.put({6: LexicalText("Garden Hammock")})
    assert found(index, "sofa") == [1, 2]

    index.commit(9)

    assert (len(index), found(index, "sofa"), found(index, "hammock")) == (1, [], [6])


def _commit_and_die(folder: Path) -> None:
    index = open_index(folder)
    index.put({6: LexicalText("Garden Hammock")})
    index.commit(8)
    index.put({7: LexicalText("Garden Swing")})
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)


def test_others_see_a_commit_and_survive_the_writer(index: LexicalIndex, tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_commit_and_die, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == -9

    assert found(index, "hammock") == []
    index.refresh()

    assert (found(index, "hammock"), found(index, "swing"), index.seq) == ([6], [], 8)
    index.put({7: LexicalText("Garden Swing")})  # the dead process holds no lock
    index.commit(9)
    assert found(index, "swing") == [7]


def test_folder_that_cannot_be_read_is_emptied(
    index: LexicalIndex, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (meta,) = tmp_path.glob("lexical-*/meta.json")
    meta.write_text("scribble")

    with caplog.at_level(logging.WARNING):
        again = open_index(tmp_path)

    assert "cannot be read" in caplog.text
    assert (len(again), again.seq) == (0, 0)
    again.put(SHOP)
    again.commit(7)
    assert found(again, "velvet") == [1]


@pytest.mark.parametrize("text", ["", "   ", "?!", "x" * 5_000, "sofa " * 2_000, "9 " * 999, "👟"])
def test_any_text_is_searched(index: LexicalIndex, text: str) -> None:
    assert all(0 <= hit.score <= 1 for hit in index.search(text, 3).hits)


def test_many_words_are_no_model_number(index: LexicalIndex) -> None:
    words = [f"{first}{second}o" for first in "bdfgklmn" for second in ("ab", "ed", "ist", "uk")]
    title = " ".join(words)
    index.put({8: LexicalText(title), **{pk: LexicalText(f"Sofa {pk}") for pk in range(100, 900)}})
    index.commit(8)

    response = index.search(title, 3)

    assert response.hits[0].id == 8
    assert response.exact == frozenset()


def test_searches_beside_commits_find_what_the_words_say(index: LexicalIndex) -> None:
    """Addresses of one commit name other products in the next."""
    index.put({pk: LexicalText(f"kind{pk % 7} thing{pk}") for pk in range(100, 400)})
    index.commit(8)
    done = threading.Event()
    wrong: list[tuple[str, int]] = []

    def search() -> None:
        while not done.is_set():
            for pk in range(100, 400, 13):
                wrong.extend(
                    (f"thing{pk}", hit.id)
                    for hit in index.search(f"thing{pk}", 1).hits
                    if hit.id != pk
                )

    searchers = [threading.Thread(target=search) for _ in range(2)]
    for searcher in searchers:
        searcher.start()
    for turn in range(15):
        index.put({pk: LexicalText(f"kind{turn} thing{pk}") for pk in range(100 + turn, 400, 5)})
        index.commit(9 + turn)
    done.set()
    for searcher in searchers:
        searcher.join()

    assert wrong == []
