"""A request while it is being understood: which of its words have been used, and for what."""

from collections.abc import Collection, Iterator

from recommender.query.language import Language, Phrase
from recommender.query.words import Word, words

_NEGATION_REACH = 3
_EDGES = " \t\n,.;:!?¡¿–—-&+"


class Draft:
    """The words of a request. Those taken by a constraint leave the search text.

    Those that are settled stay in it, because they also say what the thing is, but no other
    constraint reads them.
    """

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.words: list[Word] = words(text)
        self.keys: tuple[str, ...] = tuple(word.key for word in self.words)
        self.taken: list[bool] = [False] * len(self.words)
        self.settled: list[bool] = [False] * len(self.words)
        self._language = language
        self._gone: list[tuple[int, int]] = []
        self._parted = [self._is_parted(at) for at in range(len(self.words))]

    def __len__(self) -> int:
        return len(self.words)

    def free(self, start: int, end: int) -> bool:
        """Whether the words from `start` to before `end` exist, are not taken, and stand together.

        A comma or full stop between two words parts them; a hyphen or an ampersand does not.
        """
        if end > len(self.words) or True in self.taken[start:end]:
            return False
        return True not in self._parted[start + 1 : end]

    def parted(self, at: int) -> bool:
        """Whether punctuation stands between word `at` and the one before."""
        return not 0 < at < len(self.words) or self._parted[at]

    def _is_parted(self, at: int) -> bool:
        between = self.text[self.words[at - 1].end : self.words[at].start] if at else ""
        return not at or any(sign in between for sign in ",.;:!?()[]\n")

    def joined(self, at: int) -> bool:
        """Whether a hyphen joins word `at` to the one before: "in-ear"."""
        between = self.text[self.words[at - 1].end : self.words[at].start] if at else ""
        return between == "-"

    def phrases(self, longest: int) -> Iterator[tuple[int, int]]:
        """Every free run of up to `longest` words, the longest at each place first."""
        for start in range(len(self.words)):
            for end in range(min(start + longest, len(self.words)), start, -1):
                if self.free(start, end):
                    yield start, end

    def take(self, start: int, end: int) -> None:
        """Takes words out of the search text, with whatever stands between them."""
        for at in range(start, end):
            self.taken[at] = True
        self._gone.append((self.words[start].start, self.words[end - 1].end))

    def settle(self, start: int, end: int) -> None:
        for at in range(start, end):
            self.settled[at] = True

    def settle_characters(self, start: int, end: int) -> None:
        """Settles every word that a stretch of the text touches."""
        for at, word in enumerate(self.words):
            if word.start < end and start < word.end:
                self.settled[at] = True

    def touched(self, start: int, end: int) -> bool:
        """Whether any word of this stretch of the text is taken or settled."""
        return any(
            self.taken[at] or self.settled[at]
            for at, word in enumerate(self.words)
            if word.start < end and start < word.end
        )

    def ends_noun(self, at: int) -> bool:
        """Whether no noun goes on at this word: nothing follows, or a word like "for"."""
        return (
            at >= len(self)
            or self.taken[at]
            or self.settled[at]
            or self.parted(at)
            or self.keys[at] in self._language.links
            or self.keys[at] in self._language.negation.negations
            or (self.keys[at],) in self._language.closings
        )

    def take_characters(self, start: int, end: int) -> None:
        """Takes a stretch of the text out, and every word that it touches."""
        for at, word in enumerate(self.words):
            if word.start < end and start < word.end:
                self.taken[at] = True
        self._gone.append((start, end))

    def lead(self, at: int, leads: Collection[Phrase]) -> int | None:
        """Where the longest of these phrases starts that ends right before word `at`."""
        for length in range(min(4, at), 0, -1):
            start = at - length
            if self.keys[start:at] in leads and self.free(start, at) and not self.parted(at):
                return start
        return None

    def negated(self, at: int) -> bool:
        """Whether a negation reaches word `at`: "not red", "without a red"."""
        for before in range(at - 1, max(-1, at - 1 - _NEGATION_REACH), -1):
            key = self.keys[before]
            contrast = key in self._language.negation.contrast
            if contrast or self.parted(before + 1) or self.taken[before]:
                return False
            if key in self._language.negation.negations:
                return True
        return False

    def link_values(self) -> None:
        """Takes each "or" and "and" between two taken words."""
        for at in range(1, len(self.words) - 1):
            if (
                self.keys[at] in self._language.either
                and self.taken[at - 1]
                and self.taken[at + 1]
                and not self.taken[at]
            ):
                self.take(at, at + 1)

    def rest(self) -> str:
        """The text without what was taken."""
        pieces, at = [], 0
        for start, end in sorted(self._gone):
            pieces.append(self.text[at:start] if start > at else "")
            at = max(at, end)
        pieces.append(self.text[at:])
        text = " ".join(" ".join(pieces).split()).strip(_EDGES)
        # What was taken may have left its commas behind: "shoes , size" is "shoes, size".
        return text.replace(" ,", ",").replace(",,", ",").strip(_EDGES)
