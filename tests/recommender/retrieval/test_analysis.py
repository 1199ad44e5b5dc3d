import pytest

from recommender.retrieval.analysis import Analyzer


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer("english")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Running Shoes", ["run", "shoe"]),
        ("16GB 2x4", ["16", "gb", "2", "x", "4"]),
        ("1/2 in. x 3.5 in.", ["1/2", "in", "x", "3.5", "in"]),
        ("Levi’s men's", ["levi", "men"]),
        ("Décor Wüsthof", ["decor", "wusthof"]),
        ("ｔｅｎｔ", ["tent"]),
        ("红色 👟", ["红色"]),
        ("", []),
    ],
)
def test_words_are_stems(analyzer: Analyzer, text: str, words: list[str]) -> None:
    assert analyzer.words(text) == words


def test_grams_mark_where_a_word_starts_and_ends(analyzer: Analyzer) -> None:
    assert analyzer.grams(["tent", "x"]) == ["<te", "ten", "ent", "nt>", "<x>"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("sony WH-1000XM4 headphones", ["wh1000xm4"]),
        ("article 10.234-56", ["1023456"]),
        ("1000 piece puzzle", []),
        ("1000", ["1000"]),
        ("size 9, 2x4", []),
        ("headphones", []),
    ],
)
def test_codes_are_long_and_hold_a_digit(analyzer: Analyzer, text: str, codes: list[str]) -> None:
    assert analyzer.codes(text) == codes


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Sonavox WH-1000XM4, black", ["wh1000xm4"]),
        ("Puzzle of 1000 pieces, 500ml glue", []),
    ],
)
def test_model_numbers_begin_with_letters(analyzer: Analyzer, title: str, codes: list[str]) -> None:
    assert analyzer.model_numbers(title) == codes
