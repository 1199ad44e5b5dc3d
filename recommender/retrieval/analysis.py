"""From a text to the terms that the lexical index holds, and that a query is looked up by."""

import re
import unicodedata
from collections.abc import Iterator

import tantivy

_WORD = r"\p{N}+(?:[./]\p{N}+)?|\p{L}+"
_APOSTROPHES = str.maketrans("", "", "'’")
_GRAM = 3
_SHORTEST_CODE = 4
_LONG_NUMBER = 6
_MODEL = re.compile(r"[^\W\d_]+\d")
_DIGIT = re.compile(r"\d")


class Analyzer:
    """Splits texts of one language. Thread-safe.

    `stemmer` is a Snowball language that tantivy knows, such as "english".
    """

    def __init__(self, stemmer: str) -> None:
        self.name = f"{stemmer}-1"
        """Changes whenever the same text may get other terms."""
        self._words = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .filter(tantivy.Filter.stemmer(stemmer))
            .build()
        )

    def words(self, text: str) -> list[str]:
        """The stems of its words: letters apart from digits, so that "16GB" finds "16 GB"."""
        return self._words.analyze(_plain(text))

    def grams(self, words: list[str]) -> list[str]:
        """Every three letters of each stem, its ends marked: they survive a mistyped letter,
        and find "rain shower" in "rainshower"."""
        return [gram for word in words for gram in _grams(f"<{word}>")]

    def model_numbers(self, title: str) -> list[str]:
        """What stands in a title like a model number: "WH-1000XM4" is "wh1000xm4". Digits alone
        or with letters behind them count and measure: "1000", "500ml"."""
        return [code for part in title.split() if _MODEL.match(code := self.code(part))]

    def codes(self, query: str) -> list[str]:
        """What in a query may be a model number or an id. Few digits are one only if alone:
        nobody who looks for a 1000 piece puzzle means the article 1000."""
        codes = [code for part in query.split() if _DIGIT.search(code := self.code(part))]
        if len(query.split()) == 1:
            return codes
        return [code for code in codes if not code.isdecimal() or len(code) >= _LONG_NUMBER]

    def code(self, id: str) -> str:
        """An id in the form in which codes are compared, without dashes, dots and case; "" where
        it is too short for one."""
        code = "".join(sign for sign in _plain(id).lower() if sign.isalnum())
        return code if len(code) >= _SHORTEST_CODE else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)


def _grams(word: str) -> Iterator[str]:
    for start in range(max(1, len(word) - _GRAM + 1)):
        yield word[start : start + _GRAM]
